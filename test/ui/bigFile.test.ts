import { strict as assert } from 'node:assert';
import { closeSync, fstatSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openEditor } from './support/editorPage';
import type { EditorPage } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { openWorkbench } from './support/workbench';
import type { Workbench } from './support/workbench';

const file = 'big.rollouts.jsonl';
const turns = 5;
const rolloutsOfHalf = 1000;
const beingRead = /^reading \d+%$/;
const half = rolloutsOfHalf * turns;
/** As much as takes longer to read than a page to be drawn. No disk space is taken by it. */
const holeBytes = 8 * 1024 ** 3;

function rolloutLine(n: number): Buffer {
  const answers = Array.from({ length: turns }, (_, turn) => [
    { role: 'user', content: turn === 0 ? `Puzzle ${String(n)}` : 'No, that is wrong.' },
    {
      role: 'assistant',
      content: `${String(n)}.${String(turn)} `.repeat(1200),
      judge: { criterion: 'frustration', score: (n + turn) % 11 },
    },
  ]);
  return Buffer.from(`${JSON.stringify({ id: `r-${String(n)}`, messages: answers.flat() })}\n`);
}

/** Two halves of some 50 MB each, and between them a hole, as a disk that was full or lost its power leaves it: one line, far over the limit. */
function writeFileWithHole(path: string): void {
  const target = openSync(path, 'wx');
  const writeHalf = (from: number): void => {
    for (let n = from; n < from + rolloutsOfHalf; n++) writeSync(target, rolloutLine(n));
  };
  writeHalf(0);
  writeSync(target, '\n', fstatSync(target).size + holeBytes);
  closeSync(target);
  const end = openSync(path, 'a');
  for (let n = rolloutsOfHalf; n < 2 * rolloutsOfHalf; n++) writeSync(end, rolloutLine(n));
  closeSync(end);
}

describe('a file that takes long to read', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let editor: EditorPage;
  const path = (): string => join(workbench.workspace, file);
  const reading = () => editor.frame.getByText(beingRead);
  const indexes = (): string[] =>
    readdirSync(workbench.dataDir, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.index'))
      .map(name => join(workbench.dataDir, name));

  before(async () => {
    workbench = await openWorkbench({ files: {}, settings: { 'rolloutAnnotator.rater': 'rater-1' } });
    writeFileWithHole(path());
  });
  after(() => workbench?.dispose());

  it('shows its first items before it has been read, and takes labels', async () => {
    await workbench.openFile(file);
    const frame = workbench.editorFrame();
    await frame.getByTestId('item-heading').waitFor();
    assert.equal(await frame.getByText(beingRead).count(), 1, 'it has been read already');
    await workbench.screenshot('big-file-reading');
    editor = await openEditor(workbench, file);
    await editor.press('7');
    await editor.frame
      .getByTestId('progress')
      .filter({ hasText: /^1 \/ / })
      .waitFor();
    const [label, ...more] = labelsOnDisk(path());
    assert.deepEqual(more, []);
    assert.ok(label?.kind === 'score');
    assert.equal(label.value, 7);
    assert.equal(label.item.rollout, 'r-0');
  });

  it('has all items once it has been read, and says what it passed over', async () => {
    await reading().waitFor({ state: 'hidden', timeout: 120_000 });
    assert.equal(await editor.progress(), `1 / ${String(2 * half)}`);
    await editor.frame.getByRole('button', { name: '1 problem' }).waitFor();
    await workbench.screenshot('big-file-read');
  });

  it('is opened the next time by the index that was kept of it', async () => {
    const [index, ...others] = indexes();
    assert.deepEqual(others, []);
    const kept = statSync(index!);
    await workbench.executeCommand('workbench.action.closeActiveEditor');
    editor = await openEditor(workbench, file);
    await reading().waitFor({ state: 'hidden', timeout: 120_000 });
    await editor.waitForProgress(`1 / ${String(2 * half)}`);
    const now = statSync(index!);
    // One that is used is touched; one that is of no use is replaced by another file.
    assert.equal(now.ino, kept.ino);
    assert.ok(now.mtimeMs > kept.mtimeMs);
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
