import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frustrationRubric } from '../../../src/core/labels/rubric';
import { designKinds } from '../../../src/core/subset/manifest';
import { refuseOptions } from '../../../src/core/subset/refuseOptions';
import type { SubsetFormState } from '../../../src/protocol/subsetProtocol';
import { clusterFields, designChoices, strataFields } from '../../../webview/subset/designChoices';
import { optionsOf } from '../../../webview/subset/optionsOf';
import { proposeName } from '../../../webview/subset/proposeName';
import { formOf } from '../../../webview/subset/subsetForm';
import type { SubsetForm, Touched } from '../../../webview/subset/subsetForm';

const state: SubsetFormState = {
  file: 'run.jsonl',
  rubric: frustrationRubric,
  criteria: [{ criterion: 'frustration', items: 212 }],
  items: 212,
  rollouts: 29,
  fields: [
    { name: 'condition', values: 3 },
    { name: 'id', values: 29 },
    { name: 'model', values: 1 },
    { name: 'prompt_id', values: 20 },
    { name: 'sample', values: 21 },
  ],
  judgeRuns: [
    { name: 'm r1', items: 212 },
    { name: 'm r2', items: 100 },
  ],
  taken: ['val-100', 'other'],
  scanning: false,
  refused: null,
};
const unjudged: SubsetFormState = { ...state, judgeRuns: [] };

const formWith = (touched: Touched, on = state): SubsetForm => formOf(touched, on, '7');

function optionsWith(touched: Touched) {
  const read = optionsOf(formWith(touched));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.options;
}

function problemsWith(touched: Touched): string[] {
  const read = optionsOf(formWith(touched));
  return 'problems' in read ? Object.keys(read.problems) : [];
}

describe('the form of a new subset', () => {
  it('begins balanced where a judge has scored and random where none has', () => {
    assert.equal(formWith({}).kind, 'balanced');
    assert.equal(formWith({}, unjudged).kind, 'random');
    assert.equal(formWith({}).seed, '7');
  });

  it('asks for 100 items, for all where the file has fewer, and for 100 as long as more may come', () => {
    assert.equal(formWith({}).n, '100');
    assert.equal(formWith({}, { ...state, items: 40 }).n, '40');
    assert.equal(formWith({}, { ...state, items: 40, scanning: true }).n, '100');
    assert.equal(formWith({ n: '5' }, { ...state, items: 40 }).n, '5');
  });

  it('proposes a free name by role and number until another is typed', () => {
    assert.equal(formWith({}).name, 'val-100-2');
    assert.equal(formWith({ n: '20' }).name, 'val-20');
    assert.equal(formWith({ n: '20', role: 'practice' }).name, 'practice-20');
    assert.equal(formWith({ n: 'ten' }).name, 'val-100-2');
    assert.equal(formWith({ n: '20', name: '' }).name, '');
    assert.equal(proposeName('validation', 5, ['val-5', 'val-5-2']), 'val-5-3');
  });

  it('makes strata of fields with 2 to 20 values, and clusters of what rollouts share', () => {
    assert.deepEqual(strataFields(state), ['judge', 'condition', 'prompt_id']);
    assert.deepEqual(strataFields(unjudged), ['condition', 'prompt_id']);
    assert.deepEqual(clusterFields(state), ['rollout', 'condition', 'prompt_id', 'sample']);
    assert.deepEqual(formWith({}).by, ['condition']);
  });

  it('says of each design why it is not to be had', () => {
    const closed = (on: SubsetFormState): string[] =>
      designChoices(on)
        .filter(({ unavailable }) => unavailable !== null)
        .map(({ kind }) => kind)
        .sort();
    assert.deepEqual(closed(state), []);
    assert.deepEqual(closed(unjudged), ['balanced', 'disagreement', 'negative-audit', 'uncertainty']);
    assert.deepEqual(closed({ ...state, judgeRuns: state.judgeRuns.slice(0, 1) }), ['disagreement']);
    assert.deepEqual(closed({ ...unjudged, fields: [] }).includes('stratified'), true);
    assert.deepEqual(
      designChoices(state)
        .map(({ kind }) => kind)
        .sort(),
      [...designKinds].sort(),
    );
  });
});

describe('what the form asks for', () => {
  it('holds of each design what it uses, and nothing else', () => {
    const typed = { n: '30', perRollout: '4', perCluster: '3', threshold: '6.5', judge: 'm r2' } as const;
    const designs = designKinds.map(kind => optionsWith({ ...typed, kind }).design);
    assert.deepEqual(designs, [
      { kind: 'random', n: 30, maxPerRollout: 4 },
      { kind: 'stratified', n: 30, by: ['condition'], allocation: 'proportional', maxPerRollout: 4 },
      { kind: 'balanced', n: 30, allocation: 'half', maxPerRollout: 4, judge: 'm r2' },
      { kind: 'two-stage', n: 30, cluster: 'rollout', maxPerRollout: 3 },
      { kind: 'disagreement', n: 30, maxPerRollout: 4 },
      { kind: 'uncertainty', n: 30, maxPerRollout: 4, threshold: 6.5, judge: 'm r2' },
      { kind: 'negative-audit', n: 30, maxPerRollout: 4, threshold: 6.5, judge: 'm r2' },
    ]);
    assert.equal(optionsWith({ kind: 'stratified', by: ['judge'], judge: 'm r2' }).design.judge, 'm r2');
    assert.equal('maxPerRollout' in optionsWith({ kind: 'random' }).design, false);
  });

  it('leaves repeats out where both of a pair could not be blind', () => {
    assert.equal(optionsWith({ repeats: '10' }).repeats, 10);
    assert.equal(optionsWith({ repeats: '10', reveal: 'never' }).repeats, 10);
    assert.equal(optionsWith({ repeats: '10', reveal: 'after-item' }).repeats, 0);
    const practice = optionsWith({ repeats: 'many', role: 'practice', reveal: 'never' });
    assert.deepEqual([practice.repeats, practice.reveal], [0, 'after-item']);
  });

  it('reads raters with commas, and how many of them an item gets', () => {
    assert.deepEqual(optionsWith({}).raters, []);
    const three = optionsWith({ raters: ' ann, bob ,,cem,', overlap: '2' });
    assert.deepEqual([three.raters, three.overlap], [['ann', 'bob', 'cem'], 2]);
    assert.equal(optionsWith({ raters: 'ann, bob, cem' }).overlap, null);
    assert.equal(optionsWith({ raters: 'ann, bob', overlap: '2' }).overlap, null);
    assert.equal(optionsWith({ overlap: '2' }).overlap, null);
  });

  it('writes the context as the manifest has it', () => {
    assert.equal(optionsWith({}).context, 'full');
    assert.equal(optionsWith({ context: 'response-only' }).context, 'response-only');
    assert.equal(optionsWith({ context: 'previous', previous: ' 07 ' }).context, 'previous-7');
  });

  it('names the fields whose text is no value, and only those that are in use', () => {
    assert.deepEqual(problemsWith({ n: '0' }), ['n']);
    assert.deepEqual(problemsWith({ n: '1e3', name: ' ', seed: '1.5' }).sort(), ['n', 'name', 'seed']);
    assert.deepEqual(problemsWith({ seed: '-12' }), []);
    assert.deepEqual(problemsWith({ seed: '99999999999999999999' }), ['seed']);
    assert.deepEqual(problemsWith({ kind: 'random', threshold: 'x', perCluster: 'x', by: [] }), []);
    assert.deepEqual(problemsWith({ kind: 'uncertainty', threshold: '' }), ['threshold']);
    assert.deepEqual(problemsWith({ kind: 'two-stage', perRollout: 'x', perCluster: '0' }), ['perCluster']);
    assert.deepEqual(problemsWith({ kind: 'random', perRollout: '-1' }), ['perRollout']);
    assert.deepEqual(problemsWith({ kind: 'stratified', by: [] }), ['by']);
    assert.deepEqual(problemsWith({ previous: '0' }), []);
    assert.deepEqual(problemsWith({ context: 'previous', previous: '10000' }), ['previous']);
    assert.deepEqual(problemsWith({ repeats: '' }), ['repeats']);
  });

  it('never asks for a number that the planner refuses, whatever is typed', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.integer({ min: -5, max: 20_000 }).map(String),
      fc.double().map(String),
      fc.constantFrom('', ' 3 ', '٣', '0x10', '1_000', '1,5', 'NaN'),
    );
    const touched = fc.record({
      n: text,
      kind: fc.constantFrom(...designKinds),
      perRollout: text,
      perCluster: text,
      threshold: text,
      previous: text,
      context: fc.constantFrom('full', 'previous', 'response-only'),
      seed: text,
      overlap: fc.constantFrom('', '1', '2', '3', '9'),
      raters: fc.constantFrom('', 'ann', 'ann, bob', 'ann,bob,cem'),
    });
    fc.assert(
      fc.property(touched, given => {
        const read = optionsOf(formWith({ ...given, name: 'val-1' }));
        if ('options' in read) assert.equal(refuseOptions(read.options), null);
      }),
    );
  });
});
