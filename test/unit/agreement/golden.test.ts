import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgreementReport, MeasureValue } from '../../../src/core/agreement/agreementReport';
import type { Rating } from '../../../src/core/agreement/ratingTable';
import { parseCsv } from '../../../src/core/csv/parseCsv';
import { close, firstPair, report, tableOf } from './tables';

interface Check {
  readonly measure: string;
  /** End of the analytic interval, in place of the value. */
  readonly end?: 0 | 1;
  /** Made of the value or of the analytic interval. */
  readonly of?: 'standardError' | 'square';
  readonly value: number;
  readonly tolerance: number;
  readonly published?: string;
}

interface NotSupported {
  readonly metric: string;
  readonly value: number;
  readonly published?: string;
  readonly reason: string;
}

/** A small table, as facts. */
interface Published {
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly ratings: readonly Rating[]; readonly times: number }[];
  readonly scale?: readonly [number, number];
  readonly categories?: 'observed';
  readonly checks: readonly (Check & { readonly where: 'pair' | 'overall' })[];
  readonly notSupported?: readonly NotSupported[];
}

/** Data that are not ours to copy: the checks run where the file is. */
interface FromFile {
  readonly id: string;
  readonly file: string;
  readonly attributes: readonly {
    readonly attribute: string;
    readonly items: number;
    readonly checks: readonly (Check & { readonly unit: 'items' | 'sources' })[];
  }[];
  readonly notSupported: readonly NotSupported[];
}

const read = <Kind>(name: string): Kind =>
  JSON.parse(readFileSync(`test/fixtures/agreement/${name}.json`, 'utf8')) as Kind;
const sets = read<Published[]>('published');
const fileSets = read<FromFile[]>('fromFiles');
const folder = process.env['AGREEMENT_DATA'] ?? '../shared/data';

function titleOf(id: string, { measure, end, of, value, published }: Check): string {
  const part = end === undefined ? '' : end === 0 ? ', lower analytic end' : ', upper analytic end';
  const made = of === undefined ? '' : of === 'square' ? ', squared' : ', standard error';
  return `${id}: ${measure}${part}${made} is ${published ?? value}`;
}

function holds(found: MeasureValue | undefined, { measure, end, of, value, tolerance }: Check): void {
  assert.ok(found, `${measure} is not in the report`);
  const [low = NaN, high = NaN] = found.analyticCi ?? [];
  const actual = end === undefined ? (found.value ?? NaN) : end === 0 ? low : high;
  if (of === 'standardError') close((high - low) / (2 * 1.959963984540054), value, tolerance);
  else close(of === 'square' ? actual * actual : actual, value, tolerance);
}

/** Listed among the skipped, by name and reason. */
function listed(id: string, checks: readonly NotSupported[] = []): void {
  for (const { metric, value, reason } of checks)
    it.skip(`${id}: ${metric} ${value} is not supported (${reason})`);
}

describe('published worked examples', () => {
  for (const set of sets) {
    const rows = set.rows.flatMap(({ ratings, times }) => Array.from({ length: times }, () => ({ ratings })));
    const scale = set.scale ? { min: set.scale[0], max: set.scale[1] } : null;
    const made = once(() => report(tableOf(rows, { names: set.columns, scale }), [], set.categories));
    for (const check of set.checks)
      it(titleOf(set.id, check), () =>
        holds((check.where === 'pair' ? firstPair(made()) : made().overall)?.measures[check.measure], check),
      );
    listed(set.id, set.notSupported);
  }
});

describe('published results on files of others', () => {
  for (const { id, file, attributes, notSupported } of fileSets) {
    const path = join(folder, file);
    for (const { attribute, items, checks } of attributes) {
      const reports = {
        items: once(() => itemReport(path, attribute)),
        sources: once(() => sourceReport(path, attribute)),
      };
      runIf(existsSync(path), file, `${id}, ${attribute}: ${items} items have both ratings`, () =>
        assert.equal(firstPair(reports.items()).n, items),
      );
      for (const check of checks)
        runIf(existsSync(path), file, titleOf(`${id}, ${attribute}, ${check.unit}`, check), () =>
          holds(firstPair(reports[check.unit]()).measures[check.measure], check),
        );
    }
    listed(id, notSupported);
  }
});

describe('the shared list of checks', () => {
  const name = 'agreement-fixtures.json';
  const path = join(folder, name);
  const own = new Map<string, readonly { readonly value: number }[]>([
    ...sets.map(({ id, checks, notSupported = [] }) => [id, [...checks, ...notSupported]] as const),
    ...fileSets.map(
      ({ id, attributes, notSupported }) =>
        [id, [...attributes.flatMap(({ checks }) => checks), ...notSupported]] as const,
    ),
  ]);
  const shared = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as {
        fixtures: readonly {
          readonly id: string;
          readonly checks: readonly { readonly expected: number }[];
        }[];
      })
    : null;
  if (!shared) it.skip(`is run (needs ${name}, looked for in ${folder})`);
  const ascending = (values: readonly number[]) => values.toSorted((left, right) => left - right);
  for (const { id, checks } of shared?.fixtures ?? []) {
    const held = own.get(id);
    if (!held) it.skip(`${id}: its ${checks.length} checks are not held here`);
    else
      it(`${id}: each of its ${checks.length} checks is run or listed with a reason`, () =>
        assert.deepEqual(
          ascending(held.map(({ value }) => value)),
          ascending(checks.map(({ expected }) => expected)),
        ));
  }
});

/** Where the file is not there the test is listed among the skipped. */
function runIf(there: boolean, file: string, title: string, test: () => void): void {
  if (there) it(title, test).timeout(60_000);
  else it.skip(`${title} (needs ${file}, looked for in ${folder})`);
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

interface SourceRow {
  readonly source: string;
  readonly judge: number;
  readonly human: number;
}

/** Rows of one attribute with both ratings, without the answers of the judge's own family. */
function rowsOf(path: string, attribute: string): SourceRow[] {
  const csv = parseCsv(readFileSync(path, 'utf8'));
  if ('reason' in csv) throw new Error(csv.reason);
  const place = (name: string) => csv.header.indexOf(name);
  const [source, of, human, judge] = ['response_by', 'attribute', 'human', 'claude'].map(place);
  return csv.rows
    .map(({ cells }) => cells)
    .filter(cells => cells[of!] === attribute && cells[source!] !== 'claude')
    .filter(cells => cells[human!] !== '' && cells[judge!] !== '')
    .map(cells => ({ source: cells[source!]!, judge: Number(cells[judge!]), human: Number(cells[human!]) }));
}

function itemReport(path: string, attribute: string): AgreementReport {
  return report(
    tableOf(
      rowsOf(path, attribute).map(({ judge, human }) => ({ ratings: [judge, human] })),
      { judges: 1 },
    ),
  );
}

function sourceReport(path: string, attribute: string): AgreementReport {
  const rows = rowsOf(path, attribute);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = [...new Set(rows.map(({ source }) => source))].map(id => {
    const own = rows.filter(({ source }) => source === id);
    return { id, ratings: [mean(own.map(({ judge }) => judge)), mean(own.map(({ human }) => human))] };
  });
  return report(tableOf(means, { judges: 1, averaged: true }));
}
