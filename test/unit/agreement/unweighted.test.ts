import assert from 'node:assert/strict';
import { agreementText } from '../../../src/cli/agreementText';
import { agreementMarkdown } from '../../../src/core/agreement/agreementMarkdown';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { close, firstPair, report, tableOf } from './tables';

const rows = (weighted: boolean) =>
  Array.from({ length: 60 }, (_, place) => ({
    ratings: [(place * 7) % 11, place % 9 === 0 ? null : (place * 7 + (place % 5)) % 11, (place * 3) % 11],
    cluster: `c${place % 20}`,
    weight: weighted ? 1 + (place % 4) : 1,
  }));
const shape = { judges: 1, scale: { min: 0, max: 10 }, names: ['judge', 'ada', 'bob'] };

describe('a weighted pair', () => {
  it('has the main measures of the same items unweighted beside it, intervals too', () => {
    const weighted = report(tableOf(rows(true), shape), [5]);
    const plain = report(tableOf(rows(false), shape), [5]);
    for (const [index, pair] of weighted.pairs.entries()) {
      assert.ok(pair.unweighted && Object.keys(pair.unweighted).length === 9);
      for (const [id, made] of Object.entries(pair.unweighted)) {
        const same = plain.pairs[index]?.measures[id];
        close(made.value, same?.value ?? NaN, 1e-12, id);
        close(made.ci?.[0], same?.ci?.[0] ?? NaN, 1e-9, id);
      }
    }
    assert.notEqual(
      firstPair(weighted).measures['meanHuman']?.value,
      firstPair(weighted).unweighted?.['meanHuman']?.value,
    );
    assert.ok(plain.pairs.every(({ unweighted }) => unweighted === undefined));
  });

  it('has both by the interval that was asked for', () => {
    const made = reportAgreement(tableOf(rows(true), shape), {
      thresholds: [],
      categories: 'scale',
      seed: 2,
      resamples: 400,
      ci: 'bootstrap',
    });
    assert.match(firstPair(made).unweighted?.['meanHuman']?.method ?? '', /bootstrap of whole clusters/);
  });

  it('shows both in the text and in the Markdown', () => {
    const made = report(tableOf(rows(true), shape));
    assert.match(agreementText(made), /\n {2}The same items, unweighted:\n {2}Cohen κ +0\.\d{3}/);
    assert.match(agreementMarkdown(made), /\n\nThe same items, unweighted:\n\n\| measure \|/);
    assert.ok(!agreementText(report(tableOf(rows(false), shape))).includes('same items, unweighted'));
  });
});
