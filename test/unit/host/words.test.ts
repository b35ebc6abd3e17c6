import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ImportPreview, PreviewedScore } from '../../../src/core/labels/importScores';
import { importCounts, importRows } from '../../../src/host/importWords';
import { earlierOwner, offerText } from '../../../src/host/renamedFolder';
import { viewTypes } from '../../../src/host/ids';
import { viewTypeOf } from '../../../src/host/viewTypeOf';
import { item } from '../labels/events';

const scored = (row: number, state: PreviewedScore['state'], standing?: PreviewedScore['standing']) => ({
  row,
  key: item({ turn: row }),
  value: 4,
  note: '',
  state,
  ...(standing === undefined ? {} : { standing }),
});

const preview: ImportPreview = {
  rows: 6,
  matched: [scored(1, 'new'), scored(2, 'new'), scored(3, 'there', 4), scored(4, 'other', 'cannot')],
  unmatched: [{ row: 5, reason: 'no rollout “r9”' }],
  missing: [6],
  notes: ['A note.'],
};

describe('what the host says', () => {
  it('counts what an import would bring, without what there is none of', () => {
    assert.deepEqual(importCounts(preview).split('\n'), [
      '6 rows',
      '2 new labels',
      '1 already there',
      '1 of items that this rater has labelled otherwise; those labels stay',
      '1 that can’t be used: no such item, off the scale, or repeated',
      '1 without a score',
      'A note.',
    ]);
    assert.equal(
      importCounts({ ...preview, matched: [], missing: [], notes: [] }),
      '6 rows\n1 that can’t be used: no such item, off the scale, or repeated',
    );
  });

  it('lists every row of an import with what becomes of it', () => {
    const text = importRows(preview);
    for (const row of [1, 2, 3, 4, 5, 6]) assert.match(text, new RegExp(`^  row ${String(row)}\\b`, 'm'));
    assert.match(text, /^Can’t be used \(1\)\n {2}row 5: no rollout “r9”$/m);
    assert.match(text, /^ {2}row 4: r1, turn 4: 4, the label there is “cannot assess”$/m);
  });

  it('offers labels of an earlier name with how many there are', () => {
    const found = { path: '', name: 'old.jsonl', matched: 1, sampled: 1, events: 61, raters: ['ada', 'ben'] };
    assert.equal(
      offerText(found),
      'The labels of “old.jsonl” (61 events by 2 raters) were made for this file under its earlier name.',
    );
    assert.equal(
      offerText({ ...found, events: 0, raters: [] }),
      'The subsets and rubrics of “old.jsonl” were made for this file under its earlier name.',
    );
  });

  it('finds whose an annotations folder was, beside the file or where the setting puts it', () => {
    const file = join('/runs', 'new.jsonl');
    const beside = earlierOwner(file, join('/runs', 'new.jsonl.annotations'));
    assert.equal(beside('old.jsonl.annotations'), join('/runs', 'old.jsonl'));
    assert.equal(beside('old.jsonl.annotations-0123456789ab'), null);
    assert.equal(beside('.annotations'), null);
    const elsewhere = earlierOwner(file, join('/labels', 'new.jsonl.annotations-0123456789ab'));
    assert.equal(elsewhere('old.jsonl.annotations-0123456789ab'), join('/runs', 'old.jsonl'));
    assert.equal(elsewhere('old.jsonl.annotations-ba9876543210'), null);
  });

  it('opens a file in the editor that its name belongs to', () => {
    assert.equal(viewTypeOf('/a/run.rollouts.jsonl'), viewTypes.editor);
    assert.equal(viewTypeOf('/a/run.Rollout.JSONL'), viewTypes.editor);
    assert.equal(viewTypeOf('/a/run.jsonl'), viewTypes.option);
    assert.equal(viewTypeOf('/a/run.rollouts.jsonl/other.json'), viewTypes.option);
  });
});
