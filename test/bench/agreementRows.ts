import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IntervalKind } from '../../src/core/agreement/bootstrap';
import type { Measure } from '../../src/core/agreement/measure';
import { cohenKappa } from '../../src/core/agreement/measures/cohenKappa';
import { cohenKappaQuadratic } from '../../src/core/agreement/measures/cohenKappaQuadratic';
import { exactAgreement } from '../../src/core/agreement/measures/exactAgreement';
import { iccA1 } from '../../src/core/agreement/measures/iccA1';
import { krippendorffAlphaInterval } from '../../src/core/agreement/measures/krippendorffAlphaInterval';
import { pearsonR } from '../../src/core/agreement/measures/pearsonR';
import { sampleOf } from '../../src/core/agreement/pairReport';
import type { RatingTable } from '../../src/core/agreement/ratingTable';
import { reportAgreement } from '../../src/core/agreement/reportAgreement';
import { resamplingOf } from '../../src/core/agreement/bootstrap';
import type { Sample } from '../../src/core/agreement/sample';
import { compare, milliseconds, type Row } from './ratios';

const six: readonly Measure[] = [
  exactAgreement,
  cohenKappa,
  cohenKappaQuadratic,
  krippendorffAlphaInterval,
  pearsonR,
  iccA1,
];
const resamples = 10_000;
const scale = { min: 0, max: 10 };
/** The scripts stand beside the source: the bench is run from the project's folder. */
const scripts = join('test', 'bench');

/** Scores of a judge that follows a human, off by an amount that a rollout of `each` turns shares. */
function ratingsOf(n: number, each: number): { a: number[]; b: number[]; cluster: number[] } {
  let state = 2463534242;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
  const [a, b, cluster]: [number[], number[], number[]] = [[], [], []];
  let slant = 0;
  for (let item = 0; item < n; item++) {
    if (item % each === 0) slant = Math.floor(random() * 3) - 1;
    const human = Math.floor(random() * 11);
    b.push(human);
    a.push(Math.max(0, Math.min(10, human + slant + Math.floor(random() * 5) - 2)));
    cluster.push(Math.floor(item / each));
  }
  return { a, b, cluster };
}

function tableOf(n: number, each: number): RatingTable {
  const { a, b, cluster } = ratingsOf(n, each);
  return {
    units: cluster.map((of, item) => ({
      id: String(item).padStart(7, '0'),
      cluster: `c${String(of)}`,
      weight: 1,
    })),
    clusterBy: 'rollout',
    columns: [
      { name: 'judge', role: 'judge', values: a },
      { name: 'human', role: 'human', values: b },
    ],
    scale,
    source: {},
    notes: [],
  };
}

function plainSample(n: number, each: number): Sample {
  const table = tableOf(n, each);
  const used = table.units.map((_, unit) => unit);
  const options = {
    mode: 'scale',
    scale,
    averaged: false,
    declared: scale,
    thresholds: [],
    text: false,
    seed: 1,
  } as const;
  return sampleOf(table, table.columns, used, options);
}

/** Draws anew, and makes the six intervals. */
function bootstrapped(sample: Sample, kind: Exclude<IntervalKind, 'jackknife'>, count = resamples): void {
  const resampling = resamplingOf(sample, kind, count);
  for (const measure of six)
    if (!measure.of({ ...sample, resampling }).ci) throw new Error(`${measure.id} has no interval`);
}

/** Milliseconds that a script of another language printed; `null` where that, or a package, is not installed. */
function printed(command: string, args: readonly string[]): number | null {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  });
  const value = Number(stdout);
  return status === 0 && Number.isFinite(value) && value > 0 ? value : null;
}

/** Intervals of agreement against numpy's and R's, and against themselves at other sizes. */
export async function agreementRows(folder: string): Promise<{ rows: Row[]; skipped: string[] }> {
  const clustered = plainSample(2000, 20);
  const ratings = ratingsOf(2000, 20);
  const [json, csv] = [join(folder, 'ratings.json'), join(folder, 'ratings.csv')];
  writeFileSync(json, JSON.stringify(ratings));
  writeFileSync(
    csv,
    [
      'a,b,cluster',
      ...ratings.a.map((a, item) => [a, ratings.b[item], (ratings.cluster[item] ?? 0) + 1].join(',')),
    ].join('\n'),
  );
  const peers = [
    {
      name: 'numpy',
      goal: 0.8,
      pairs: 7,
      time: () => printed('python3', [join(scripts, 'clusterBootstrap.py'), json, String(resamples)]),
    },
    {
      name: 'R boot',
      goal: 1 / 50,
      pairs: 3,
      time: () => printed('Rscript', [join(scripts, 'clusterBootstrap.R'), csv, String(resamples)]),
    },
  ];
  const what = 'six measures, 10,000 cluster resamples of 2,000 items in 100 clusters';
  const rows: Row[] = [];
  const skipped: string[] = [];
  // The peers' scripts resample once before they take the time; code that is compiled as it runs takes longer to warm up.
  for (let round = 0; round < 8; round++) bootstrapped(clustered, 'bootstrap');
  for (const { name, goal, pairs, time } of peers) {
    if (time() === null) {
      skipped.push(`${what} / ${name}: skipped, ${name} is not installed`);
      continue;
    }
    const own = (): Promise<number> => milliseconds(() => bootstrapped(clustered, 'bootstrap'));
    rows.push(await compare(`${what} / ${name}`, goal, pairs, own, () => Promise.resolve(time() ?? NaN)));
  }
  rows.push(await itemRow(), await jackknifeRow(), await reportRow());
  return { rows, skipped };
}

/** What more resamples cost: point estimates, which go by n, are taken off. */
async function itemRow(): Promise<Row> {
  const [large, small] = [plainSample(100_000, 1), plainSample(2000, 1)];
  const more = async (sample: Sample): Promise<number> => {
    const few = await milliseconds(() => bootstrapped(sample, 'item-bootstrap', 200));
    return (await milliseconds(() => bootstrapped(sample, 'item-bootstrap'))) - few;
  };
  return compare(
    'six measures, 9,800 item resamples more, 100,000 items / 2,000',
    1.5,
    7,
    () => more(large),
    () => more(small),
  );
}

async function jackknifeRow(): Promise<Row> {
  const [large, small] = [tableOf(100_000, 1), tableOf(10_000, 1)];
  const report = (table: RatingTable): Promise<number> =>
    milliseconds(
      () => void reportAgreement(table, { thresholds: [5], categories: 'scale', seed: 1, resamples: 1 }),
    );
  return compare(
    'whole report by the jackknife, every item a cluster, 100,000 items / 10,000',
    12,
    5,
    () => report(large),
    () => report(small),
  );
}

async function reportRow(): Promise<Row> {
  const table = tableOf(2000, 20);
  const second = 1000;
  const time = (): Promise<number> => {
    const start = process.cpuUsage();
    reportAgreement(table, { thresholds: [5], categories: 'scale', seed: 1, resamples: 1 });
    const { user, system } = process.cpuUsage(start);
    return Promise.resolve((user + system) / 1000);
  };
  return compare('whole report of 2,000 items in 100 clusters / a second of CPU', 1, 7, time, () =>
    Promise.resolve(second),
  );
}
