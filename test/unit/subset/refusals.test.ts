import assert from 'node:assert/strict';
import { frustrationRubric, legibilityRubric } from '../../../src/core/labels/rubric';
import type { RolloutSummary } from '../../../src/core/rollout/runScan';
import { refusalOf, rolloutOf, unevenRollouts } from './study';
import type { Wish } from './study';

const uneven = unevenRollouts();
const unjudged = uneven.map(rollout => ({ ...rollout, judge: [] }));
const once = uneven.map(rollout => ({
  ...rollout,
  judge: rollout.judge.filter(({ run }) => run === 'r1'),
}));
const twoLong = ['a', 'b'].map(id =>
  rolloutOf(
    id,
    Array.from({ length: 20 }, () => 1),
  ),
);

const cases: readonly (readonly [string, readonly RolloutSummary[], Wish, string])[] = [
  ['no item at all', uneven, { design: { n: 0 } }, 'A subset needs at least one item.'],
  [
    'a field to stratify by that no rollout has: it names those there are',
    uneven,
    { design: { kind: 'stratified', by: ['model'] } },
    'No rollout has a field “model”: there are condition, prompt, provider.',
  ],
  [
    'a field to show that no rollout has',
    uneven,
    { show: ['prompt', 'model'] },
    'No rollout has a field “model”: there are condition, prompt, provider.',
  ],
  [
    'a cluster that no rollout has',
    uneven,
    { design: { kind: 'two-stage', cluster: 'model' } },
    'No rollout has a field “model”: there are condition, prompt, provider.',
  ],
  [
    'strata of nothing',
    uneven,
    { design: { kind: 'stratified' } },
    'A stratified design needs the fields that make its strata.',
  ],
  [
    'an empty bin that was asked for',
    once.map(rollout => ({ ...rollout, judge: rollout.judge.filter(({ value }) => (value ?? 0) < 7) })),
    { design: { kind: 'balanced', bins: [0, 3, 9] } },
    'No item has a judge score in the bin 9–10: leave that bin out.',
  ],
  [
    'a bin off the scale',
    uneven,
    { design: { kind: 'balanced', bins: [0, 11] } },
    'A judge-score bin can’t begin at 11: the scale is 0 to 10.',
  ],
  [
    'bins that don’t ascend',
    uneven,
    { design: { kind: 'balanced', bins: [0, 5, 5] } },
    'Judge-score bins are given by their lower ends, each above the one before.',
  ],
  ...(['balanced', 'uncertainty', 'negative-audit'] as const).map(
    kind =>
      [
        `a ${kind} design without judge scores`,
        unjudged,
        { design: { kind } },
        'The design goes by judge scores, and no item has a frustration score of a judge on the scale.',
      ] as const,
  ),
  [
    'strata of judge scores that are not there',
    unjudged,
    { design: { kind: 'stratified', by: ['judge'] } },
    'The design goes by judge scores, and no item has a frustration score of a judge on the scale.',
  ],
  [
    'a judge run that is not there: it names those that are',
    uneven,
    { design: { judge: 'm r3' } },
    'There is no judge run “m r3”: there are “m r1”, “m r2”.',
  ],
  [
    'disagreement of one run',
    once,
    { design: { kind: 'disagreement' } },
    'A disagreement-first design compares judge runs, and the file has only one, “m r1”.',
  ],
  [
    'disagreement of runs that have no item in common',
    [rolloutOf('a', [1, null], { again: [null, 2] })],
    { design: { kind: 'disagreement' } },
    'No item has scores of two judge runs.',
  ],
  [
    'an audit of negatives where there are none',
    uneven,
    { design: { kind: 'negative-audit', threshold: 0 } },
    'No item has a judge score under 0: there is nothing to audit.',
  ],
  [
    'fewer items than strata',
    uneven,
    { design: { kind: 'stratified', by: ['condition'], allocation: 'equal', n: 2 } },
    '3 strata need at least 3 items, one each: 2 can’t be shared among them.',
  ],
  [
    'a balanced design in proportion',
    uneven,
    { design: { kind: 'balanced', allocation: 'proportional' } },
    'A balanced design is allocated half or equal; stratify by “judge” for a proportional one.',
  ],
  [
    'repeats with too few items between',
    uneven,
    { design: { n: 19 }, repeats: 1 },
    'One repeat doesn’t fit among 19 items: each has to come 20 slots or more after its first, and the turns of a rollout in order.',
  ],
  [
    'repeats that the turns’ order leaves no room for',
    twoLong,
    { design: { n: 40 }, repeats: 18 },
    '18 repeats don’t fit among 40 items: each has to come 20 slots or more after its first, and the turns of a rollout in order.',
  ],
  [
    'more repeats than items',
    uneven,
    { design: { n: 30 }, repeats: 31 },
    '31 repeats don’t fit: an item is repeated at most once.',
  ],
  [
    'repeats with the judge shown after each item',
    uneven,
    { repeats: 2, reveal: 'after-item' },
    'Repeats don’t go with showing the judge after each item: both of a pair have to be given blind.',
  ],
  [
    'repeats in a practice subset',
    uneven,
    { repeats: 2, role: 'practice' },
    'A practice subset has no repeats: it shows the judge after each item, before a repeat would come.',
  ],
  [
    'more raters an item than there are',
    uneven,
    { raters: ['ada', 'bob'], overlap: 3 },
    'Each item can’t have 3 raters: 2 are named.',
  ],
  ['an overlap of nobody', uneven, { overlap: 1 }, 'The number of raters an item needs the raters’ names.'],
  [
    'a rater’s name that is reserved',
    uneven,
    { raters: ['judge'] },
    '“judge” can’t be a rater: "judge" is reserved.',
  ],
  ['a rater twice', uneven, { raters: ['ada', 'ada'] }, 'A rater is named twice.'],
  [
    'a name that is no file name',
    uneven,
    { name: '../x' },
    'A subset’s name is 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit.',
  ],
  [
    'a context that is none',
    uneven,
    { context: 'previous-0' },
    'The context is “full”, “response-only” or “previous-k” with a number for k.',
  ],
  ['a seed that is no whole number', uneven, { seed: 0.5 }, 'The seed is not a whole number.'],
];

describe('a plan is refused, with one sentence, for', () => {
  for (const [name, rollouts, wish, sentence] of cases) {
    it(name, () => assert.equal(refusalOf(rollouts, wish), sentence));
  }

  it('a criterion without items', () => {
    assert.equal(
      refusalOf(uneven, {}, legibilityRubric),
      'There are no legibility items: no turn of the file has raw reasoning.',
    );
  });

  it('a cut that neither rubric nor design names', () => {
    assert.equal(
      refusalOf(uneven, { design: { kind: 'uncertainty' } }, { ...frustrationRubric, thresholds: [] }),
      'The criterion has no threshold of its own: name the one that is meant.',
    );
  });
});
