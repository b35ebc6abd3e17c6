import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { Manifest } from '../../src/core/subset/manifest';
import { type EditorPage, openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { subsetFile } from './support/subsetFile';
import { everythingVisible, keepMessages } from './support/visible';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const rollouts = 10;

/** Every message has a word of its own, so that it can be told which of them are anywhere on the page. */
const word = (what: string, rollout: number, turn: number): string =>
  `${what}-${String(rollout)}-${String(turn)}-word`;
const text = Array.from({ length: rollouts }, (_, rollout) =>
  JSON.stringify({
    id: `rollout-${String(rollout)}-word`,
    condition: `condition-${String(rollout)}-word`,
    provider: `provider-${String(rollout)}-word`,
    messages: [
      { role: 'system', content: word('system', rollout, 0) },
      ...[1, 2, 3].flatMap(turn => [
        { role: 'user', content: word('ask', rollout, turn) },
        { role: 'assistant', content: word('say', rollout, turn), reasoning: word('think', rollout, turn) },
      ]),
    ],
    scores: [1, 2, 3].map(turn => ({ turn, rating: turn, reasoning: word('judge', rollout, turn) })),
  }),
)
  .map(line => `${line}\n`)
  .join('');
const allWords = [...new Set(text.match(/[a-z]+-\d+(?:-\d+)?-word/g))];

describe('the way through a subset', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let editor: EditorPage;
  const manifests = new Map<string, Manifest>();
  const target = (name: string): { rollout: number; turn: number } => {
    const { item } = manifests.get(name)!.items[0]!;
    return { rollout: Number(item.rollout.split('-')[1]), turn: item.turn };
  };
  const status = (): Promise<string> =>
    workbench.page.locator('.statusbar-item').filter({ hasText: 'rater-1' }).innerText();

  before(async () => {
    const draw = async (name: string, n: number, options: object = {}): Promise<[string, string]> => {
      const made = await subsetFile(file, text, { name, design: { kind: 'random', n }, ...options });
      manifests.set(name, JSON.parse(made) as Manifest);
      return [`${file}.annotations/subsets/${name}.json`, made];
    };
    workbench = await openWorkbench({
      files: {
        [file]: text,
        ...Object.fromEntries([
          await draw('val-10', 10),
          await draw('alone', 8, { context: 'response-only', seed: 5 }),
          await draw('two-before', 8, { context: 'previous-2', seed: 5 }),
          await draw('arm', 8, { show: ['condition'], seed: 5 }),
        ]),
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Light Modern',
    });
    await keepMessages(workbench);
    editor = await openEditor(workbench, file);
  });
  after(() => workbench?.dispose());

  /** Opens a subset and forgets all that the window has seen before; gives the words that it knows then. */
  const wordsOf = async (name: string): Promise<string[]> => {
    await editor.frame.getByTestId('list-chooser').selectOption(name);
    // The subsets here look alike: the list's own name says that it has changed.
    await editor.frame.locator('.listhead', { hasText: name }).waitFor();
    await editor.waitForItem(1);
    // VS Code stores what a page keeps of itself a little later.
    await workbench.page.waitForTimeout(1000);
    await workbench.reloadWindow();
    editor = await openEditor(workbench, file);
    await editor.waitForProgress('0 / 8');
    assert.equal(await editor.frame.getByTestId('list-chooser').inputValue(), name);
    await workbench.screenshot(`walk-${name}`);
    const seen = await everythingVisible(workbench);
    return allWords.filter(each => seen.includes(each)).sort();
  };

  it('shows the response alone where raters see nothing before it', async () => {
    const { rollout, turn } = target('alone');
    assert.deepEqual(await wordsOf('alone'), [word('say', rollout, turn)]);
    const shown = editor.frame.locator('.message[data-target]');
    assert.match(await shown.innerText(), new RegExp(`T${String(turn)}`));
  });

  it('shows two messages before it where raters see as many, and marks the turn in question', async () => {
    const { rollout, turn } = target('two-before');
    assert.ok(turn > 1, 'the seed gives a turn with more than two messages before it');
    const words = await wordsOf('two-before');
    assert.deepEqual(
      words,
      [word('say', rollout, turn - 1), word('ask', rollout, turn), word('say', rollout, turn)].sort(),
    );
    assert.equal(await editor.frame.locator('[data-target]').count(), 1);
    assert.match(
      await editor.frame.locator('[data-target]').innerText(),
      new RegExp(word('say', rollout, turn)),
    );
  });

  it('shows the fields that the subset opts in, and nothing else of the record', async () => {
    const { rollout } = target('arm');
    const words = await wordsOf('arm');
    assert.ok(words.includes(`condition-${String(rollout)}-word`));
    assert.deepEqual(
      words.filter(each => /^(rollout|provider|judge)|^condition/.test(each)),
      [`condition-${String(rollout)}-word`],
    );
    assert.deepEqual(await editor.frame.locator('.tags li').allInnerTexts(), [
      `condition-${String(rollout)}-word`,
    ]);
  });

  const rows = async (): Promise<string[]> =>
    (await editor.frame.locator('.row .name').allInnerTexts()).map(name => name.trim());
  const waitForRows = async (wanted: readonly string[]): Promise<void> => {
    for (let attempt = 0; attempt < 40; attempt++) {
      if (JSON.stringify(await rows()) === JSON.stringify(wanted)) return;
      await workbench.page.waitForTimeout(50);
    }
    assert.deepEqual(await rows(), wanted);
  };

  it('lists what is skipped, flagged and unlabelled, and goes through such a list', async () => {
    const { frame } = editor;
    await frame.getByTestId('list-chooser').selectOption('val-10');
    await editor.waitForProgress('0 / 10');
    await editor.score('3', 1, 10);
    await editor.waitForItem(2);
    await editor.press('s');
    await editor.waitForItem(3);
    await editor.press('g');
    await editor.score('4', 2, 10);
    await editor.waitForItem(4);
    await editor.press('s');
    await editor.waitForItem(5);
    await editor.score('1', 3, 10);
    await editor.waitForItem(6);

    await frame.getByTestId('filter').selectOption('skipped');
    await waitForRows(['Item 2', 'Item 4']);
    await workbench.screenshot('walk-skipped');
    await editor.press('k');
    await editor.waitForItem(4);
    await editor.press('k');
    await editor.waitForItem(2);
    await editor.press('k');
    await frame.getByText('This is the first one.').waitFor();
    await editor.press('j');
    await editor.waitForItem(4);

    await frame.getByTestId('filter').selectOption('flagged');
    await waitForRows(['Item 3']);
    await frame.getByTestId('filter').selectOption('open');
    await waitForRows(['Item 6', 'Item 7', 'Item 8', 'Item 9', 'Item 10']);
    await editor.press('j');
    await editor.waitForItem(6);
    await editor.score('2', 4, 10);
    await editor.waitForItem(7);
    await waitForRows(['Item 7', 'Item 8', 'Item 9', 'Item 10']);
  });

  it('draws a row as it was after an undo', async () => {
    const { frame } = editor;
    await frame.getByTestId('filter').selectOption('all');
    const row = frame.locator('.row').filter({ hasText: 'Item 7' });
    await editor.score('9', 5, 10);
    await row.filter({ hasText: '9' }).waitFor();
    await editor.press('u');
    await editor.waitForItem(7);
    await editor.waitForProgress('4 / 10');
    await row.locator('.dot.open').waitFor();
    assert.equal(await row.locator('.own').innerText(), '');
  });

  it('comes back to the subset and its first open slot after the tab was closed', async () => {
    await editor.press('k');
    await editor.waitForItem(6);
    await workbench.executeCommand('workbench.action.closeActiveEditor');
    editor = await openEditor(workbench, file);
    await editor.waitForProgress('4 / 10');
    assert.equal(await editor.frame.getByTestId('list-chooser').inputValue(), 'val-10');
    await editor.waitForItem(7);
    assert.match(await status(), /val-10 · 4\/10 · rater-1/);
  });

  it('asks skipped slots once more at the end, then is done and lists them', async () => {
    const { frame } = editor;
    for (let item = 7; item <= 10; item++) {
      await editor.waitForItem(item);
      await editor.score('5', item - 2, 10);
    }
    await editor.waitForItem(2);
    await workbench.screenshot('walk-again');
    await editor.press('s');
    await editor.waitForItem(4);
    await editor.score('6', 9, 10);
    const dialog = frame.locator('dialog[open]');
    await dialog.getByText('val-10 is done').waitFor();
    await workbench.screenshot('walk-done');
    await dialog.getByText('List the skipped').click();
    await waitForRows(['Item 2']);
    await frame.locator('.row').filter({ hasText: 'Item 2' }).click();
    await editor.waitForItem(2);
    await editor.score('7', 10, 10);
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot('walk-last-skipped');
    assert.match(await status(), /val-10 · 10\/10 · rater-1/);
    const scores = labelsOnDisk(join(workbench.workspace, file)).filter(({ kind }) => kind === 'score');
    // One of them was undone and given anew.
    assert.equal(scores.length, 11);
  });
});
