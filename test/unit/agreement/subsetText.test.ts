import assert from 'node:assert/strict';
import { agreementMarkdown } from '../../../src/core/agreement/agreementMarkdown';
import { designText, stratumRows, subsetSentences } from '../../../src/core/agreement/subsetText';
import type { SubsetFacts } from '../../../src/core/agreement/agreementReport';
import { designKinds } from '../../../src/core/subset/manifest';
import { agreementText } from '../../../src/cli/agreementText';
import { scoreIn, subsetOf, subsetTable } from './subsets';
import { report } from './tables';

const facts: SubsetFacts = {
  name: 'val-100',
  sha256: 'a'.repeat(64),
  seed: 42,
  design: { kind: 'balanced', n: 100, allocation: 'half', bins: [0, 2, 5, 7, 9] },
  unfit: false,
  reveal: 'after-subset',
  context: 'previous-3',
  show: ['condition', 'model'],
  population: 1868,
  drawn: 100,
  strata: [{ id: 'all', population: 1868, drawn: 100, usable: { ada: 97 } }],
  raters: [{ rater: 'ada', slots: 100, labelled: 97, skipped: 2, cannotAssess: 1, openedAfter: 37 }],
};

describe('what is said of a subset', () => {
  it('is its design, size, manifest, what raters saw and how far they came', () => {
    assert.deepEqual(subsetSentences(facts), [
      `Subset “val-100”: a random sample balanced over judge scores (from 0, 2, 5, 7, 9), half in proportion, half in equal numbers; 100 of 1,868 items drawn, seed 42. SHA-256 of its manifest: ${'a'.repeat(64)}.`,
      'Items are weighted by 1/inclusion probability; what a stratum lost is made up by the rest of it.',
      'Raters saw the turn and at most 3 messages before it, and of its record condition, model. The judge stayed hidden until a rater had done the whole subset.',
      'ada: 97 of 100 labelled, 2 skipped, 1 could not be assessed; the judge, or the report, was opened after 37 of 100.',
    ]);
  });

  it('is a different sentence for each context, reveal and design', () => {
    const shown = ['full', 'response-only', 'previous-1'].map(
      context => subsetSentences({ ...facts, context, show: [] })[2],
    );
    assert.equal(new Set(shown).size, 3);
    assert.match(shown[2] ?? '', /at most 1 message before it, and no field of its record/);
    const reveals = (['after-subset', 'after-item', 'never'] as const).map(
      reveal => subsetSentences({ ...facts, reveal })[2],
    );
    assert.equal(new Set(reveals).size, 3);
    const designs = designKinds.map(kind => designText({ kind, n: 5, by: ['condition', 'judge'] }));
    assert.equal(new Set(designs).size, designKinds.length);
  });

  it('warns of designs that nothing of the run can be estimated from', () => {
    const unfit = subsetSentences({
      ...facts,
      unfit: true,
      design: { kind: 'uncertainty', n: 5, threshold: 5 },
    });
    assert.match(unfit[0] ?? '', /the items with judge scores nearest 5;/);
    assert.match(unfit[1] ?? '', /^The subset is unfit for estimation/);
    const audit = subsetSentences({ ...facts, design: { kind: 'negative-audit', n: 5, threshold: 5 } });
    assert.match(audit[2] ?? '', /no number here is of the whole run/);
  });

  it('says the most items of a rollout once', () => {
    assert.match(designText({ kind: 'random', n: 5, maxPerRollout: 3 }), /, at most 3 a rollout$/);
    assert.equal(
      designText({ kind: 'two-stage', n: 5, maxPerRollout: 3, cluster: 'prompt_id' }),
      'a two-stage random sample: first by prompt_id, then up to 3 items of each',
    );
  });

  it('has a table of strata where there are several', () => {
    assert.equal(stratumRows(facts), null);
    const [all] = facts.strata;
    assert.ok(all);
    const lost = {
      ada: { missing: 2, offScale: 0, judgeVisible: 0, cannotAssess: 1 },
      bob: { missing: 3, offScale: 0, judgeVisible: 0 },
    };
    assert.deepEqual(
      stratumRows({
        ...facts,
        strata: [
          { ...all, lost },
          { ...all, id: 'none', usable: {} },
        ],
      }),
      {
        head: ['stratum', 'items', 'drawn', 'usable, ada', 'left out'],
        rows: [
          ['all', '1,868', '100', '97', 'ada: 2 missing, 1 cannot assess; bob: 3 missing'],
          ['none', '1,868', '100', '0', ''],
        ],
      },
    );
  });

  it('stands in the text and in the Markdown, the name in the methods sentence, no markup of it in the page', () => {
    const drawn = [0, 1, 2, 3].map(judge => ({
      judge,
      weight: 2,
      stratum: judge < 2 ? 'condition=a|b' : 'condition=<c>',
    }));
    const subset = subsetOf(drawn);
    const made = report(
      subsetTable(
        subset,
        drawn,
        drawn.map((_, slot) => scoreIn(subset, slot, 'ada', slot)),
      ),
    );
    const text = agreementText(made);
    const markdown = agreementMarkdown(made);
    for (const sentence of subsetSentences(made.subset ?? facts))
      assert.ok(text.includes(sentence), sentence);
    assert.match(
      text,
      /Strata\n {2}stratum +items +drawn +usable, ada +left out\n {2}condition=a\|b +4 +2 +2\n/,
    );
    assert.ok(
      markdown.includes('| condition=a\\|b | 4 | 2 | 2 |  |\n| condition=\\<c\\> | 4 | 2 | 2 |  |'),
      markdown,
    );
    assert.match(
      markdown,
      /Methods: .* in the subset “val” \(a simple random sample; 4 of 8 items; manifest SHA-256 [0-9a-f]{12}\), weighted by/,
    );
    assert.ok(!markdown.includes('not a probability sample'));
  });
});
