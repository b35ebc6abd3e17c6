import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyPauseMs, openEditor, type EditorPage } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';

describe('keys', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let editor: EditorPage;
  const onDisk = () => labelsOnDisk(join(workbench.workspace, file));
  const press = (key: string) => editor.press(key);
  before(async () => {
    workbench = await openWorkbench({
      files: { [file]: rejectionRun(10).text },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
    });
    editor = await openEditor(workbench, file);
  });
  after(() => workbench?.dispose());

  it('act once each: a score, an undo, a redo, a skip, a flag', async () => {
    await press('4');
    await editor.waitForItem(2);
    assert.equal(onDisk().length, 1);
    await press('u');
    await editor.waitForItem(1);
    assert.deepEqual(
      onDisk().map(event => event.kind),
      ['score', 'retract'],
    );
    await press('U');
    await editor.waitForProgress('1 / 30');
    assert.deepEqual(
      onDisk().map(event => event.kind),
      ['score', 'retract', 'retract'],
    );
    await press('j');
    await editor.waitForItem(2);
    await press('g');
    await press('s');
    await editor.waitForItem(3);
    assert.deepEqual(
      onDisk()
        .slice(3)
        .map(event => event.kind),
      ['flag', 'skip'],
    );
  });

  it('undo by Ctrl+Z and redo by Ctrl+Y, once each', async () => {
    const before = onDisk().length;
    await press('6');
    await editor.waitForItem(4);
    await press('Control+z');
    await editor.waitForItem(3);
    await press('Control+y');
    await editor.waitForProgress('2 / 30');
    assert.deepEqual(
      onDisk()
        .slice(before)
        .map(event => event.kind),
      ['score', 'retract', 'retract'],
    );
  });

  it('in the note are the note’s own, Ctrl+Z too', async () => {
    const before = onDisk().length;
    await press('n');
    await workbench.page.keyboard.type('5 is too much ');
    await workbench.page.keyboard.type('b');
    await press('Control+z');
    const note = editor.frame.getByTestId('note').locator('textarea');
    assert.notEqual(await note.inputValue(), '5 is too much b', 'Ctrl+Z did nothing in the note');
    assert.equal(onDisk().length, before, 'a key in the note labelled or undid something');
    assert.equal(await editor.progress(), '2 / 30');
    await note.fill('written with care');
    await press('Escape');
    await editor.frame.getByTestId('notice').filter({ hasText: 'Note saved' }).waitFor();
    assert.deepEqual(
      onDisk()
        .slice(before)
        .map(event => event.kind === 'note' && event.text),
      ['written with care'],
    );
  });

  it('held down label one item', async () => {
    const before = onDisk().length;
    const { keyboard } = workbench.page;
    await press('j');
    const heading = await editor.heading();
    await workbench.page.waitForTimeout(keyPauseMs);
    await keyboard.down('7');
    for (let repeat = 0; repeat < 30; repeat++) {
      await keyboard.down('7');
      await workbench.page.waitForTimeout(40);
    }
    await keyboard.up('7');
    assert.notEqual(await editor.heading(), heading);
    assert.deepEqual(
      onDisk()
        .slice(before)
        .map(event => event.kind === 'score' && event.value),
      [7],
    );
  });

  it('pressed before the next item was read do nothing', async () => {
    const before = onDisk().length;
    await workbench.page.waitForTimeout(keyPauseMs);
    for (const key of ['1', '2', '3']) await workbench.page.keyboard.press(key);
    await workbench.page.waitForTimeout(keyPauseMs * 2);
    assert.equal(onDisk().length, before + 1);
  });

  it('off the scale say so', async () => {
    await press('x');
    const before = onDisk().length;
    await press('t');
    const notice = (await editor.frame.getByTestId('notice').innerText()).trim();
    assert.ok(
      notice.includes('off the scale') || (await editor.frame.locator('.nothing').count()) > 0,
      notice,
    );
    assert.equal(onDisk().length, before);
    await press('x');
  });

  it('are all on the sheet, which ? opens and Escape closes', async () => {
    await press('?');
    const sheet = editor.frame.locator('dialog[open]');
    await sheet.waitFor();
    const text = await sheet.innerText();
    for (const words of ['undo', 'next item', 'show or hide the judge', 'cannot assess'])
      assert.ok(text.includes(words), words);
    await workbench.screenshot('keys');
    const before = onDisk().length;
    await press('5');
    assert.equal(onDisk().length, before, 'a key behind the sheet scored');
    await press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  it('undo after the judge was shown does not launder the first label', async () => {
    const before = onDisk().length;
    await press('j');
    await press('2');
    await press('b');
    await editor.frame.getByTestId('judge').waitFor();
    await press('u');
    await press('9');
    const kinds = onDisk()
      .slice(before)
      .map(event =>
        event.kind === 'score'
          ? `${event.phase} ${String(event.value)} ${String(event.judgeVisible)}`
          : event.kind,
      );
    assert.deepEqual(kinds, ['first 2 false', 'exposed', 'retract', 'revision 9 true']);
    await press('b');
  });
});

describe('the keys setting', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      files: { [file]: rejectionRun(3).text, '.vscode/settings.json': '{}' },
      settings: { 'rolloutAnnotator.rater': 'rater-1', 'rolloutAnnotator.keys': { skip: '', flag: 'f' } },
    });
  });
  after(() => workbench?.dispose());

  it('gives actions other keys or none, and its change is felt at once', async () => {
    const editor = await openEditor(workbench, file);
    const kinds = () => labelsOnDisk(join(workbench.workspace, file)).map(event => event.kind);
    for (const key of ['s', 'g', 'f']) await editor.press(key);
    assert.deepEqual(kinds(), ['flag']);
    const settings = join(workbench.workspace, '.vscode', 'settings.json');
    writeFileSync(settings, JSON.stringify({ 'rolloutAnnotator.keys': { skip: 'y' } }));
    await editor.frame.locator('.action', { hasText: 'Skip' }).locator('kbd', { hasText: 'y' }).waitFor();
    await editor.press('y');
    assert.deepEqual(kinds(), ['flag', 'skip']);
  });
});
