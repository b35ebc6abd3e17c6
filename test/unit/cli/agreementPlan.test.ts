import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgreementReport } from '../../../src/core/agreement/agreementReport';
import { encodeEvent } from '../../../src/core/labels/labelLog';
import { readLabelFolder } from '../../../src/disk/labelFolder';
import { writeSubset } from '../../../src/disk/subsetFolder';
import { openAt, placeOf, rolloutLine, textOf, type Place } from '../session/harness';

const cli = join(__dirname, '../../../cli.js');

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'agreement', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A judge score and a human one near it. */
const judge = (place: number): number => (place * 7) % 11;
const human = (place: number): number => Math.min(10, Math.max(0, judge(place) + (place % 5 === 0 ? -3 : 0)));

const lines = (count: number, from = 0, model?: string): string =>
  textOf(
    ...Array.from({ length: count }, (_, place) => {
      const line = rolloutLine(`r${String(from + place).padStart(2, '0')}`, {
        turns: 1,
        judge: [judge(from + place)],
      });
      return model === undefined ? line : line.replaceAll('"model":"m"', `"model":"${model}"`);
    }),
  );

/** Forty rollouts of one turn, all labelled by ada in a subset that takes all of them, beside another file. */
async function study(): Promise<Place & { other: string }> {
  const place = placeOf(lines(40));
  const ada = await openAt(place);
  for (let ordinal = 0; ordinal < 40; ordinal++)
    await ada.ask('label', { ordinal, value: human(ordinal), elapsedMs: 1 });
  const { events } = await readLabelFolder(place.annotations);
  const scores = events.flatMap(event => (event.kind === 'score' ? [event] : []));
  const { manifest, sha256 } = await writeSubset(place.annotations, {
    v: 1,
    name: 'val',
    criterion: 'frustration',
    role: 'validation',
    createdAt: '2026-01-01T00:00:00.000Z',
    seed: 1,
    algorithm: 'test',
    source: { name: 'run.rollouts.jsonl', bytes: 1, sha256: 'f'.repeat(64) },
    design: { kind: 'random', n: 40 },
    reveal: 'after-subset',
    context: 'full',
    show: [],
    strata: [{ id: 'all', where: {}, population: 40, drawn: 40 }],
    items: scores.map(({ item }, slot) => ({ item, stratum: 'all', pi: 1, weight: 1, slot })),
  });
  mkdirSync(join(place.annotations, 'labels', 'eve'), { recursive: true });
  writeFileSync(
    join(place.annotations, 'labels', 'eve', 'abcdefgh.jsonl'),
    scores
      .map((event, slot) =>
        encodeEvent({
          ...event,
          id: `${event.id}-eve`,
          rater: 'eve',
          subset: { name: manifest.name, sha256, slot },
        }),
      )
      .join(''),
  );
  const other = join(place.folder, 'other.jsonl');
  writeFileSync(other, lines(30, 3));
  return { ...place, other };
}

describe('agreement --plan and --carry-to', function () {
  this.timeout(60_000);
  let place: Place & { other: string };
  const ask = (...args: string[]) => run(place.file, '--criterion', 'frustration', ...args);
  const questions = (stdout: string) => (JSON.parse(stdout) as AgreementReport).questions;
  beforeEach(async () => {
    place = await study();
  });

  it('plans for the share at the first cut, by 500 studies of the seed, and prints nothing but the report', () => {
    const args = ['--subset', 'val', '--plan', '0.2', '--json'];
    const first = ask(...args);
    assert.deepEqual([first.status, first.stderr], [0, '']);
    const planned = questions(first.stdout)?.enough.answer?.planned;
    assert.deepEqual(
      [planned?.of, planned?.wantedHalfWidth, planned?.studies],
      ['corrected share at or above 5', 0.2, 500],
    );
    const n = planned?.fromAssumptions.n ?? 0;
    assert.ok(n >= 20 && n <= 40, String(n));
    assert.match(planned?.fromData.refused ?? '', /40 labels in 40 clusters: .* needs 50 in 20/);
    assert.equal(ask(...args).stdout, first.stdout);
    for (const format of ['text', 'markdown']) {
      const { stdout } = ask('--subset', 'val', '--plan', '0.2', '--format', format);
      assert.match(
        stdout.replaceAll(/\s+/g, ' '),
        new RegExp(
          `For ±0\\.200 of the corrected share at or above 5 in 80% of 500 .* and ${String(n)} labels if`,
        ),
        format,
      );
    }
  });

  it('plans for what it is told to, at the cuts it is told', () => {
    const of = (...args: string[]) =>
      questions(ask('--plan', '0.9', '--json', ...args).stdout)?.enough.answer?.planned?.of;
    assert.equal(of('--threshold', '7'), 'corrected share at or above 7');
    assert.equal(of('--plan-for', 'mean'), 'corrected mean score');
    assert.equal(of('--plan-for', 'kappa'), 'κ with quadratic weights');
    assert.equal(questions(ask('--json').stdout)?.enough.answer?.planned, undefined);
  });

  it('takes a positive half-width, under 1 where it is a share’s, and a rollout file', () => {
    for (const [args, sentence] of [
      [['--plan', '0'], /--plan <half-width>.*It is a number above 0/],
      [['--plan', 'wide'], /It is a number above 0/],
      [
        ['--plan', '1'],
        /--plan 1: the half-width of a share is under 1; --plan-for mean plans in scale points/,
      ],
      [['--plan', '0.1', '--plan-for', 'alpha'], /Allowed choices are kappa, mean, share/],
      [['--plan-for', 'mean'], /--plan-for goes with --plan/],
    ] as const) {
      const { status, stdout, stderr } = ask(...args);
      assert.deepEqual([status, stdout], [2, ''], args.join(' '));
      assert.match(stderr, sentence);
    }
    for (const option of [
      ['--plan', '0.1'],
      ['--carry-to', 'y.jsonl'],
    ]) {
      const { status, stderr } = run('--table', 'x.csv', '--human', 'a,b', ...option);
      assert.deepEqual(
        [status, stderr],
        [2, `error: ${option[0] ?? ''} goes with a rollout file, not with --table\n`],
      );
    }
  });

  it('carries the judge’s errors to another file that it scored', () => {
    const { status, stdout, stderr } = ask('--subset', 'val', '--carry-to', place.other, '--json');
    assert.deepEqual([status, stderr], [0, '']);
    const carried = questions(stdout)?.corrected.answer?.carried;
    assert.deepEqual([carried?.file, carried?.items, carried?.clusters], ['other.jsonl', 30, 30]);
    const scores = Array.from({ length: 40 }, (_, index) => [judge(index) >= 5, human(index) >= 5] as const);
    const share = (of: readonly (readonly [boolean, boolean])[], at: boolean): number =>
      of.filter(([f]) => f === at).length / of.length;
    const se = share(
      scores.filter(([, y]) => y),
      true,
    );
    const sp = share(
      scores.filter(([, y]) => !y),
      false,
    );
    const q =
      Array.from({ length: 30 }, (_, index) => judge(3 + index)).filter(each => each >= 5).length / 30;
    const value = carried?.cuts[0]?.corrected?.share.value ?? NaN;
    assert.ok(Math.abs(value - (q + sp - 1) / (se + sp - 1)) < 1e-11, String(value));
    assert.match(
      ask('--subset', 'val', '--carry-to', place.other).stdout.replaceAll(/\s+/g, ' '),
      /other\.jsonl: the share at or above 5 is 0\.\d+ .* if the judge errs there as it does here/,
    );
  });

  it('carries nothing without a subset, and says so', () => {
    const { status, stdout } = ask('--carry-to', place.other);
    assert.equal(status, 0);
    assert.match(
      stdout.replaceAll(/\s+/g, ' '),
      /no probability sample of the run: .* Nothing is carried to other\.jsonl either\./,
    );
  });

  it('refuses a file without scores of that judge run, the file itself, and one that can’t be read', () => {
    const foreign = join(place.folder, 'foreign.jsonl');
    writeFileSync(foreign, lines(12, 0, 'n'));
    const refusal = (...args: string[]) => {
      const { status, stdout, stderr } = ask('--subset', 'val', ...args);
      assert.equal(stdout, '');
      return [status, stderr];
    };
    assert.deepEqual(refusal('--carry-to', foreign), [
      1,
      `error: ${foreign}: no frustration scores by the judge run "m r1", whose errors the labels tell: there are n r1\n`,
    ]);
    assert.deepEqual(refusal('--carry-to', place.file), [
      2,
      'error: --carry-to names another file than the one that the labels are of\n',
    ]);
    const [status, stderr] = refusal('--carry-to', join(place.folder, 'gone.jsonl'));
    assert.equal(status, 1);
    assert.match(String(stderr), /gone\.jsonl: The file can’t be read/);
  });
});
