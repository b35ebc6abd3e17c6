import assert from 'node:assert/strict';
import { newLabelIndex } from '../../../src/core/labels/labelIndex';
import { annotationFacts } from '../../../src/host/tree/annotationFacts';
import type { Annotations } from '../../../src/host/tree/annotationFacts';
import { fileChildren, fileDescription } from '../../../src/host/tree/treeModel';
import type { TreeNode } from '../../../src/host/tree/treeModel';
import { flag, score } from '../labels/events';
import { inSlot, indexOf, item, subsetOf } from './annotations';

const annotationsOf = (changes: Partial<Annotations> = {}): Annotations => ({
  subsets: [],
  labels: newLabelIndex(),
  rater: 'ann',
  ...changes,
});
const rowsOf = (changes: Partial<Annotations> = {}): TreeNode[] =>
  fileChildren(annotationFacts(annotationsOf(changes)));
/** A row and those under it as "label | description". */
const outline = (nodes: readonly TreeNode[], indent = ''): string[] =>
  nodes.flatMap(({ label, description, children }) => [
    `${indent}${label} | ${description}`,
    ...outline(children, `${indent}  `),
  ]);

describe('the rows of the view', () => {
  it('has no rows for a file without annotations', () => {
    assert.deepEqual(rowsOf(), []);
    assert.equal(fileDescription(annotationFacts(annotationsOf())), '');
  });

  it('lists subsets with progress, then counts, raters and reports', () => {
    const labels = indexOf(
      score(1, 3, inSlot('val-3', 0)),
      score(2, 7, { ...inSlot('val-3', 0), rater: 'ada' }),
      score(3, 7, { item: item({ turn: 4 }) }),
      flag(4, 'flagged', { item: item({ turn: 4 }) }),
    );
    const subsets = [subsetOf('practice-2', 2, { role: 'practice' }), subsetOf('val-3', 3)];
    assert.deepEqual(outline(rowsOf({ subsets, labels })), [
      'practice-2 | 0/2 · frustration',
      'val-3 | 1/3 · frustration',
      'Flagged | 1',
      'Raters | 2',
      '  ann | 2 labels · you',
      '  ada | 1 label',
      'Reports | 2',
      '  val-3 | frustration',
      '  Outside subsets | frustration',
    ]);
    const facts = annotationFacts(annotationsOf({ subsets, labels }));
    assert.equal(fileDescription(facts), '2 subsets · 3 labels');
  });

  it('shows by its icon how far a subset is', () => {
    const icon = (slots: number, rater: string | null, role: 'validation' | 'practice' = 'validation') =>
      rowsOf({
        subsets: [subsetOf('val', slots, { role })],
        labels: indexOf(score(1, 3, inSlot('val', 0))),
        rater,
      })[0]?.icon;
    assert.equal(icon(2, 'ben'), 'circle-outline');
    assert.equal(icon(2, null), 'circle-outline');
    assert.equal(icon(2, 'ann'), 'circle-filled');
    assert.equal(icon(1, 'ann'), 'pass');
    assert.equal(icon(1, 'ann', 'practice'), 'beaker');
  });

  it('says slots where nobody has said who labels, and whose they are where they are not this rater’s', () => {
    const subset = subsetOf('val-2', 2, {}, [['ada'], ['ada']]);
    assert.equal(rowsOf({ subsets: [subset], rater: null })[0]?.description, '2 slots · frustration');
    assert.equal(rowsOf({ subsets: [subset] })[0]?.description, 'for other raters · frustration');
  });

  it('tells role, reveal, the raters’ progress and a changed file in words', () => {
    const changed = 'The file has been rewritten since the subset was drawn.';
    const [row] = rowsOf({
      subsets: [subsetOf('val-2', 2, { reveal: 'never' })],
      labels: indexOf(score(1, 3, { ...inSlot('val-2', 1), rater: 'ada' })),
      changes: new Map([['val-2', changed]]),
    });
    assert.deepEqual(row?.tooltip.split('\n'), [
      'Validation subset of frustration with 2 slots.',
      'The judge is never shown.',
      'ann: 0 of 2 done',
      'ada: 1 of 2 done',
      changed,
    ]);
    const [practice] = rowsOf({ subsets: [subsetOf('p', 1, { role: 'practice', reveal: 'never' })] });
    assert.match(practice?.tooltip ?? '', /^Practice subset .*\nThe judge of each item is shown once/);
  });

  it('opens subsets in the editor and reports of validation subsets alone', () => {
    const rows = rowsOf({ subsets: [subsetOf('p', 1, { role: 'practice' }), subsetOf('val-1', 1)] });
    assert.deepEqual(rows[0]?.opens, { kind: 'list', criterion: 'frustration', subset: 'p' });
    assert.deepEqual(
      rows.at(-1)?.children.map(({ opens }) => opens),
      [{ kind: 'report', criterion: 'frustration', subset: 'val-1' }],
    );
  });

  it('gives every row of a file an id of its own', () => {
    const labels = indexOf(score(1, 3, inSlot('ann', 0)), score(2, 3), flag(3));
    const ids = (nodes: readonly TreeNode[]): string[] =>
      nodes.flatMap(node => [node.id, ...ids(node.children)]);
    const all = ids(rowsOf({ subsets: [subsetOf('ann', 2), subsetOf('raters', 1)], labels }));
    assert.equal(new Set(all).size, all.length);
  });

  it('tells a blind rater neither strata nor what anyone scored', () => {
    const rows = (value: number): string =>
      JSON.stringify(
        rowsOf({
          subsets: [subsetOf('val-2', 2)],
          labels: indexOf(
            score(1, value, inSlot('val-2', 0)),
            score(2, value, { ...inSlot('val-2', 0), rater: 'ada' }),
          ),
        }),
      );
    assert.equal(rows(0), rows(10));
    assert.doesNotMatch(rows(0), /secret/);
  });
});
