import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { ScoreEvent } from '../../src/core/labels/labelEvent';
import type { Manifest } from '../../src/core/subset/manifest';
import { type EditorPage, openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { subsetFile } from './support/subsetFile';
import { everythingVisible, keepMessages } from './support/visible';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const judged = (rollout: number, turn: number): number => (rollout * 3 + turn * 2) % 11;
const explained = (rollout: number, turn: number): string => `reason-${String(rollout)}-${String(turn)}`;

/** Ten rollouts of three turns; the judge explains each turn in a word of its own. */
const text = Array.from({ length: 10 }, (_, rollout) =>
  JSON.stringify({
    id: `rollout-${String(rollout)}`,
    condition: `condition-${String(rollout)}`,
    messages: [1, 2, 3].flatMap(turn => [
      { role: 'user', content: `Attempt ${String(turn)}, please.` },
      { role: 'assistant', content: `I arrive at ${String(rollout * 10 + turn)} and I am not sure.` },
    ]),
    scores: [1, 2, 3].map(turn => ({
      turn,
      rating: judged(rollout, turn),
      evidence: 'I am not sure',
      reasoning: explained(rollout, turn),
    })),
  }),
)
  .map(line => `${line}\n`)
  .join('');
const itemsOf = (manifest: Manifest): { rollout: number; turn: number }[] =>
  manifest.items.map(({ item }) => ({
    rollout: Number(item.rollout.slice('rollout-'.length)),
    turn: item.turn,
  }));
const allExplained = Array.from({ length: 10 }, (_, rollout) =>
  [1, 2, 3].map(turn => explained(rollout, turn)),
).flat();

describe('a practice subset', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let editor: EditorPage;
  let items: { rollout: number; turn: number }[];
  const scores = (): ScoreEvent[] =>
    labelsOnDisk(join(workbench.workspace, file)).flatMap(event => (event.kind === 'score' ? [event] : []));

  /** Presses a key that labels the item on the screen, and waits until its judge is shown beside it. */
  const label = async (key: string): Promise<void> => {
    await editor.press(key);
    await editor.frame.getByTestId('judge').waitFor();
    await editor.frame.getByText('any score key goes on').waitFor();
  };

  before(async () => {
    const practice = await subsetFile(file, text, {
      name: 'warm-up',
      role: 'practice',
      design: { kind: 'random', n: 10 },
    });
    const afterItem = await subsetFile(file, text, {
      name: 'one-by-one',
      design: { kind: 'random', n: 6 },
      reveal: 'after-item',
      seed: 7,
    });
    items = itemsOf(JSON.parse(practice) as Manifest);
    workbench = await openWorkbench({
      files: {
        [file]: text,
        [`${file}.annotations/subsets/warm-up.json`]: practice,
        [`${file}.annotations/subsets/one-by-one.json`]: afterItem,
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Dark Modern',
    });
    await keepMessages(workbench);
    editor = await openEditor(workbench, file);
    await editor.frame.getByTestId('list-chooser').selectOption('warm-up');
    await editor.waitForProgress('0 / 10');
    await editor.waitForItem(1);
  });
  after(() => workbench?.dispose());

  it('shows judge, difference and explanation once the item is labelled, and stays there', async () => {
    const { frame } = editor;
    const { rollout, turn } = items[0]!;
    assert.equal(await frame.getByTestId('judge').count(), 0);
    await workbench.screenshot('practice-blind');
    await label('3');
    assert.match(await editor.heading(), /^Item 1 /);
    const difference = judged(rollout, turn) - 3;
    const shown = await frame.getByTestId('judge').innerText();
    assert.ok(shown.includes(`judge ${String(judged(rollout, turn))}`), shown);
    assert.ok(
      shown.includes(`Δ ${difference > 0 ? '+' : difference < 0 ? '−' : ''}${String(Math.abs(difference))}`),
      shown,
    );
    assert.ok(shown.includes(explained(rollout, turn)), shown);
    await workbench.screenshot('practice-revealed');
  });

  it('has sent the judge of this item only, not of the other turns of its rollout', async () => {
    const { rollout, turn } = items[0]!;
    const seen = await everythingVisible(workbench);
    assert.deepEqual(
      allExplained.filter(word => seen.includes(word)),
      [explained(rollout, turn)],
    );
  });

  it('goes on with Enter or a score key, which scores nothing', async () => {
    await editor.press('Enter');
    await editor.waitForItem(2);
    assert.equal(scores().length, 1);
    assert.equal(await editor.frame.getByTestId('judge').count(), 0);
    await label('0');
    await editor.press('7');
    await editor.waitForItem(3);
    await editor.waitForProgress('2 / 10');
    assert.equal(scores().length, 2);
    await label('t');
    await editor.press('c');
    await editor.waitForItem(4);
    assert.equal(
      labelsOnDisk(join(workbench.workspace, file)).filter(({ kind }) => kind === 'cannot-assess').length,
      0,
    );
  });

  it('goes on with Enter after a click on the ladder, which scores nothing either', async () => {
    await editor.press('Shift');
    await editor.frame.locator('[data-score="6"]').click();
    await editor.frame.getByTestId('judge').waitFor();
    await editor.press('Enter');
    await editor.waitForItem(5);
    assert.deepEqual(
      scores().map(({ value }) => value),
      [3, 0, 10, 6],
    );
  });

  it('makes the next score a revision after an undo, because the judge was seen', async () => {
    await label('2');
    await editor.press('u');
    await editor.frame.getByText('Undone: score 2').waitFor();
    assert.equal(await editor.frame.getByTestId('judge').count(), 0);
    await workbench.screenshot('practice-undone');
    await label('9');
    const [revision] = scores().slice(-1);
    assert.deepEqual([revision?.phase, revision?.judgeVisible, revision?.value], ['revision', true, 9]);
    assert.match(await editor.frame.getByTestId('first-label').innerText(), /First label: 2/);
    await editor.press('Enter');
    await editor.waitForItem(6);
  });

  it('ends in the progress dialog, which offers no report', async () => {
    for (let item = 6; item <= 10; item++) {
      await editor.waitForItem(item);
      await label('4');
      await editor.press('Enter');
    }
    const dialog = editor.frame.locator('dialog[open]');
    await dialog.getByText('warm-up is done').waitFor();
    await workbench.screenshot('practice-done');
    const text = await dialog.innerText();
    assert.ok(!text.includes('report'), text);
    await workbench.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await editor.frame.getByText('Agreement report').count(), 0);
  });

  it('has stored ten first labels with the judge hidden, each before the exposure of its item', () => {
    const events = labelsOnDisk(join(workbench.workspace, file));
    const firsts = scores().filter(({ phase }) => phase === 'first');
    assert.deepEqual(
      firsts.map(({ item, judgeVisible, subset }) => [item.rollout, item.turn, judgeVisible, subset?.name]),
      items.map(({ rollout, turn }) => [`rollout-${String(rollout)}`, turn, false, 'warm-up']),
    );
    for (const first of firsts) {
      const exposed = events.filter(
        event =>
          event.kind === 'exposed' &&
          event.what === 'judge' &&
          event.item?.rollout === first.item.rollout &&
          event.item.turn === first.item.turn,
      );
      assert.equal(exposed.length, 1, `${first.item.rollout} ${String(first.item.turn)}`);
      assert.ok(exposed[0]!.id > first.id);
    }
  });

  it('is like a validation subset that shows the judge after each item, but for the report', async () => {
    const { frame } = editor;
    await frame.getByTestId('list-chooser').selectOption('one-by-one');
    await editor.waitForProgress('0 / 6');
    assert.equal(await frame.getByTestId('blindness').innerText(), 'judge after each item');
    for (let item = 1; item <= 6; item++) {
      await editor.waitForItem(item);
      assert.equal(await frame.getByTestId('judge').count(), 0);
      await label('5');
      await editor.press('Enter');
    }
    const dialog = frame.locator('dialog[open]');
    await dialog.getByText('one-by-one is done').waitFor();
    await dialog.getByText('Open agreement report').waitFor();
    await workbench.screenshot('practice-after-item-done');
  });
});
