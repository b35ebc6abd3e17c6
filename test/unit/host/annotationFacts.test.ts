import assert from 'node:assert/strict';
import { newLabelIndex } from '../../../src/core/labels/labelIndex';
import { annotationFacts } from '../../../src/host/tree/annotationFacts';
import { cannotAssess, flag, idOf, retract, score, skip } from '../labels/events';
import { inSlot, indexOf, item, subsetOf } from './annotations';

const ben = { rater: 'ben' };

describe('what the view counts of annotations', () => {
  it('counts labelled and skipped slots of each rater, this machine’s first', () => {
    const labels = indexOf(
      score(1, 3, inSlot('val-3', 0)),
      skip(2, inSlot('val-3', 1)),
      score(3, 8, { ...inSlot('val-3', 0), rater: 'ada' }),
      cannotAssess(4, { ...inSlot('val-3', 1), rater: 'ada' }),
      score(5, 8, { ...inSlot('val-3', 2), rater: 'ada' }),
    );
    const [subset] = annotationFacts({ subsets: [subsetOf('val-3', 3)], labels, rater: 'ann' }).subsets;
    assert.deepEqual(subset?.raters, [
      { rater: 'ann', done: 2, skipped: 1, slots: 3 },
      { rater: 'ada', done: 3, skipped: 0, slots: 3 },
    ]);
    assert.deepEqual(subset.own, { rater: 'ann', done: 2, skipped: 1, slots: 3 });
    assert.equal(subset.complete, false);
  });

  it('takes labels in one subset for no progress in another of the same items', () => {
    const labels = indexOf(score(1, 3, inSlot('val-2', 0)), score(2, 3));
    const facts = annotationFacts({
      subsets: [subsetOf('val-2', 2), subsetOf('val-2-2', 2)],
      labels,
      rater: 'ann',
    });
    assert.deepEqual(
      facts.subsets.map(({ own }) => own?.done),
      [1, 0],
    );
  });

  it('asks a rater only for the slots that the manifest gives to that rater', () => {
    const subset = subsetOf('val-3', 3, {}, [['ann'], ['ada'], undefined]);
    const labels = indexOf(score(1, 3, inSlot('val-3', 0)), score(2, 3, inSlot('val-3', 2)));
    const [facts] = annotationFacts({ subsets: [subset], labels, rater: 'ann' }).subsets;
    assert.deepEqual(facts?.own, { rater: 'ann', done: 2, skipped: 0, slots: 2 });
    assert.equal(facts.complete, true);
    assert.deepEqual(
      facts.raters.map(({ rater, slots }) => [rater, slots]),
      [
        ['ann', 2],
        ['ada', 2],
      ],
    );
  });

  it('calls a subset complete without the slots that the file does not hold any more', () => {
    const annotations = {
      subsets: [subsetOf('val-2', 2)],
      labels: indexOf(score(1, 3, inSlot('val-2', 0))),
      rater: 'ann',
    };
    assert.equal(annotationFacts(annotations).subsets[0]?.complete, false);
    const holds = ({ rollout }: { rollout: string }): boolean => rollout === 'r1';
    assert.equal(annotationFacts({ ...annotations, holds }).subsets[0]?.complete, true);
  });

  it('counts standing labels: neither what was undone nor the consensus', () => {
    const labels = indexOf(
      score(1, 3),
      score(2, 4, { item: item({ turn: 2 }) }),
      retract(3, 2),
      score(4, 5, ben),
      score(5, 5, { rater: 'consensus', from: [idOf(1), idOf(4)] }),
    );
    assert.deepEqual(annotationFacts({ subsets: [], labels, rater: 'ben' }).raters, [
      { rater: 'ben', labels: 1 },
      { rater: 'ann', labels: 1 },
    ]);
  });

  it('counts this rater’s flags alone, and labels whose item is gone only where the file was scanned', () => {
    const labels = indexOf(
      score(1, 3),
      flag(2),
      flag(3, 'flagged', { ...ben, item: item({ turn: 2 }) }),
      score(4, 3, { item: item({ rollout: 'r9' }) }),
      score(5, 3, { ...ben, item: item({ rollout: 'r9' }) }),
    );
    const annotations = { subsets: [], labels, rater: 'ann' };
    assert.equal(annotationFacts(annotations).flagged, 1);
    assert.equal(annotationFacts(annotations).gone, null);
    assert.equal(annotationFacts({ ...annotations, holds: ({ rollout }) => rollout === 'r1' }).gone, 1);
  });

  it('names the criteria that have labels outside subsets', () => {
    const labels = indexOf(
      score(1, 3, inSlot('val-2', 0)),
      score(2, 3, { item: item({ criterion: 'legibility', part: 'reasoning' }) }),
    );
    assert.deepEqual(annotationFacts({ subsets: [], labels, rater: null }).outside, ['legibility']);
  });

  it('knows nobody’s progress before anyone has said who labels', () => {
    const { subsets, flagged } = annotationFacts({
      subsets: [subsetOf('val-2', 2)],
      labels: newLabelIndex(),
      rater: null,
    });
    assert.deepEqual(
      [subsets[0]?.own, subsets[0]?.complete, subsets[0]?.raters, flagged],
      [null, false, [], 0],
    );
  });
});
