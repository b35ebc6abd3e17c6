import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Rating } from '../../../src/core/agreement/ratingTable';
import { close, firstPair, report, tableOf } from './tables';

interface Published {
  readonly id: string;
  readonly source: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly ratings: readonly Rating[]; readonly times: number }[];
  readonly scale?: readonly [number, number];
  readonly categories?: 'observed';
  readonly checks: readonly {
    readonly measure: string;
    readonly where: 'pair' | 'overall';
    /** End of the analytic interval, in place of the value. */
    readonly end?: 0 | 1;
    readonly value: number;
    readonly tolerance: number;
    readonly published?: string;
  }[];
}

const sets = JSON.parse(readFileSync('test/fixtures/agreement/published.json', 'utf8')) as Published[];

describe('published worked examples', () => {
  for (const set of sets) {
    const table = tableOf(
      set.rows.flatMap(({ ratings, times }) => Array.from({ length: times }, () => ({ ratings }))),
      { names: set.columns, scale: set.scale ? { min: set.scale[0], max: set.scale[1] } : null },
    );
    const made = report(table, [], set.categories);
    for (const { measure, where, end, value, tolerance, published } of set.checks) {
      const what = end === undefined ? measure : `${measure}, ${end === 0 ? 'lower' : 'upper'} analytic end`;
      it(`${set.id}: ${what} is ${published ?? value}`, () => {
        const found = (where === 'pair' ? firstPair(made) : made.overall)?.measures[measure];
        assert.ok(found, `${measure} is not in the report`);
        close(end === undefined ? found.value : found.analyticCi?.[end], value, tolerance);
      });
    }
  }
});
