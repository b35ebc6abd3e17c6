import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { type EditorPage, openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { subsetFile } from './support/subsetFile';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const { text } = rejectionRun(12);

describe('the editor by keyboard alone', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let editor: EditorPage;
  before(async () => {
    const draw = (name: string, seed: number): Promise<string> =>
      subsetFile(file, text, { name, seed, design: { kind: 'random', n: 10 } });
    workbench = await openWorkbench({
      files: {
        [file]: text,
        [`${file}.annotations/subsets/val-a.json`]: await draw('val-a', 1),
        [`${file}.annotations/subsets/val-b.json`]: await draw('val-b', 2),
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Dark Modern',
    });
    editor = await openEditor(workbench, file);
  });
  after(() => workbench?.dispose());

  /** What has the focus, in a word or two; '' where it is nothing of the editor's. */
  const focused = (): Promise<string> =>
    editor.frame.locator('body').evaluate(() => {
      const element = document.activeElement;
      if (!document.hasFocus() || element === null || element === document.body) return '';
      if (element.matches('main')) return 'transcript';
      return element.getAttribute('aria-label') ?? element.textContent.trim().replace(/\s+/g, ' ');
    });
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await workbench.page.keyboard.press(key);
  };
  const waitForFocus = async (wanted: string): Promise<void> => {
    for (let attempt = 0; attempt < 40 && (await focused()) !== wanted; attempt++)
      await workbench.page.waitForTimeout(50);
    assert.equal(await focused(), wanted);
  };
  /** Goes back by Shift+Tab until something has the focus. */
  const tabBackTo = async (wanted: string): Promise<void> => {
    for (let step = 0; step < 12 && (await focused()) !== wanted; step++) await press('Shift+Tab');
    assert.equal(await focused(), wanted);
  };
  const open = (): Promise<string> => editor.frame.getByTestId('list-chooser').inputValue();

  it('chooses a subset from the dropdown, and the next digit scores its first item', async () => {
    await tabBackTo('List');
    // Passing by the first subset does not open it.
    await press('ArrowDown', 'ArrowDown');
    assert.equal(await editor.progress(), '0 / 36');
    await press('Enter');
    await editor.waitForProgress('0 / 10');
    assert.equal(await open(), 'val-b');
    await waitForFocus('transcript');
    await editor.score('4', 1, 10);
    await editor.waitForItem(2);
  });

  it('chooses one from the list that Space opens as well', async () => {
    await tabBackTo('List');
    await press('Space');
    await workbench.page.waitForTimeout(300);
    await press('ArrowUp', 'Enter');
    await editor.waitForProgress('0 / 10');
    assert.equal(await open(), 'val-a');
    await waitForFocus('transcript');
    await editor.score('5', 1, 10);
    await editor.waitForItem(2);
  });

  it('leaves the list as it is where Escape or Tab ends the passing', async () => {
    await tabBackTo('List');
    await press('ArrowDown', 'ArrowDown', 'Escape');
    assert.equal(await open(), 'val-a');
    await press('ArrowUp', 'Tab', 'Shift+Tab');
    assert.equal(await open(), 'val-a');
    // A digit is a score on a dropdown, too.
    await editor.score('6', 2, 10);
    await editor.waitForItem(3);
    await waitForFocus('transcript');
  });

  it('filters the list, and goes on scoring', async () => {
    await tabBackTo('Show in the list');
    await press('ArrowDown', 'Enter');
    assert.equal(await editor.frame.getByTestId('filter').inputValue(), 'open');
    await waitForFocus('transcript');
    await editor.score('7', 3, 10);
    await tabBackTo('Show in the list');
    await press('Home', 'Enter');
    assert.equal(await editor.frame.getByTestId('filter').inputValue(), 'all');
    await editor.waitForItem(4);
  });

  it('has one way by Tab: transcript, panel, and back over list and header', async () => {
    await waitForFocus('transcript');
    const forth: string[] = [];
    for (let step = 0; step < 24; step++) {
      await press('Tab');
      const now = await focused();
      if (now === '') break;
      forth.push(now);
    }
    assert.deepEqual(
      forth.map(name => name.replace(/^(\d+).*/, '$1')),
      [
        'Copy y',
        'Link',
        'raw m',
        'Width of the label panel',
        'How to score',
        ...['10', '9', '8', '7', '6', '5', '4', '3', '2', '1', '0'],
        'Cannot assess c',
        'Skip s',
        'Evidence h',
        'Flag g',
        'Note',
        '? all keys',
      ],
    );
    editor = await openEditor(workbench, file);
    await editor.frame.locator('main.transcript').focus();
    const back: string[] = [];
    for (let step = 0; step < 12; step++) {
      await press('Shift+Tab');
      const now = await focused();
      if (now === '') break;
      back.push(now);
    }
    assert.deepEqual(back, [
      'Width of the list',
      'Item 4turn ' + /turn (\d)/.exec(await editor.heading())![1]!,
      'Sort by',
      'Narrow the list',
      'Show in the list',
      'Progress',
      'rater-1',
      'List',
    ]);
  });

  it('closes dialogs by Escape, and scores at once', async () => {
    editor = await openEditor(workbench, file);
    const dialog = editor.frame.locator('dialog[open]');
    await editor.frame.locator('main.transcript').focus();
    await press('?');
    await dialog.waitFor();
    await workbench.screenshot('keyboard-keys');
    await press('8');
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await waitForFocus('transcript');
    await editor.waitForProgress('3 / 10');
    await editor.score('8', 4, 10);

    await tabBackTo('Progress');
    await press('Enter');
    await dialog.waitFor();
    await waitForFocus('Go on labelling');
    await press('Tab', 'Tab', 'Tab');
    assert.ok(await dialog.evaluate(element => element.contains(document.activeElement)));
    await workbench.screenshot('keyboard-progress');
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await editor.score('9', 5, 10);
  });

  it('writes a note and goes back to scoring', async () => {
    await press('n');
    await waitForFocus('Note');
    await workbench.page.keyboard.type('3 times “sorry”');
    await press('Escape');
    await editor.frame.getByText('Note saved.').waitFor();
    await editor.waitForProgress('5 / 10');
    await editor.score('0', 6, 10);
  });

  it('stores both where a score is clicked while a note is being written', async () => {
    await editor.press('n');
    await waitForFocus('Note');
    await workbench.page.keyboard.type('and a click');
    await editor.frame.locator('[data-score="2"]').click();
    await editor.waitForProgress('7 / 10');
    const stored = labelsOnDisk(join(workbench.workspace, file)).slice(-2);
    assert.deepEqual(
      stored.map(event => (event.kind === 'note' ? event.text : event.kind === 'score' ? event.value : '')),
      ['and a click', 2],
    );
    assert.equal(stored[0]?.kind === 'note' && stored[0].subset?.slot, 6);
  });
});
