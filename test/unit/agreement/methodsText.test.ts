import assert from 'node:assert/strict';
import { measureSource } from '../../../src/core/agreement/measureSources';
import * as lists from '../../../src/core/agreement/measureLists';
import { methodsText } from '../../../src/core/agreement/methodsText';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { tableOf } from './tables';

const rows = Array.from({ length: 40 }, (_, index) => ({
  ratings: [(index * 7) % 11, index === 3 ? null : (index * 7 + (index % 3)) % 11],
  cluster: `c${index % 13}`,
}));
const textOf = (over: Partial<Parameters<typeof reportAgreement>[1]>, weighted = false): string =>
  methodsText(
    reportAgreement(
      {
        ...tableOf(
          rows.map((row, index) => ({ ...row, weight: weighted ? 1 + (index % 2) : 1 })),
          { judges: 1, scale: { min: 0, max: 10 }, names: ['gemini', 'ada'] },
        ),
        clusterBy: 'prompt_id',
        ...(weighted ? { source: { weight: 'w' } } : {}),
      },
      { thresholds: [5], categories: 'scale', seed: 8, resamples: 500, ...over },
    ),
  );

describe('the methods paragraph', () => {
  it('says scale, program, n, clusters and what was left out', () => {
    const text = textOf({ version: '1.2.3' });
    assert.match(
      text,
      /^Methods: agreement was computed on the scale 0 to 10 by Rollout Annotator 1\.2\.3 on items rated by both sides\. /,
    );
    assert.match(
      text,
      / a = gemini, b = ada: n = 39 in 13 clusters \(prompt_id; 3 items each on average\); left out: 1 missing\. /,
    );
  });

  it('says how intervals were made, with resamples and seed', () => {
    assert.match(textOf({}), /delete-one-cluster jackknife, Student t .* Seed 8\./);
    assert.match(textOf({ ci: 'bootstrap' }), /bootstrap of whole clusters .* 500 resamples, seed 8\./);
    assert.match(textOf({ ci: 'bca' }), /BCa bootstrap of whole clusters .*Efron 1987/);
    assert.match(textOf({ ci: 'item-bootstrap' }), /single items, as if all were independent: too narrow/);
  });

  it('names weights where items have them', () => {
    assert.doesNotMatch(textOf({}), /weighted/);
    assert.match(textOf({}, true), /Items are weighted by the column w\./);
  });

  it('defines the measures, those at the cuts apart', () => {
    assert.match(
      textOf({}),
      /Measures: .*Cohen’s κ with quadratic weights \(Cohen 1968\).* With scores cut at ≥ 5, b the reference: sensitivity; /,
    );
  });

  it('has a definition of every measure that a report may hold', () => {
    const measures = Object.values(lists).flatMap(list => (typeof list === 'function' ? [] : list));
    assert.ok(measures.length > 30);
    assert.deepEqual(
      measures.map(({ id }) => id).filter(id => measureSource(id) === null),
      [],
    );
  });
});
