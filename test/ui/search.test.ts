import { strict as assert } from 'node:assert';
import type { Manifest } from '../../src/core/subset/manifest';
import { type EditorPage, openEditor } from './support/editorPage';
import { subsetFile } from './support/subsetFile';
import { everythingVisible, keepMessages } from './support/visible';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';

interface Turn {
  readonly says: string;
  readonly thinks?: string;
}

const rollout = (id: string, condition: string, turns: readonly Turn[]): string =>
  JSON.stringify({
    id,
    condition,
    messages: turns.flatMap(({ says, thinks }, index) => [
      {
        role: 'user',
        content: index === 0 ? 'Make 24 from 1, 3, 4 and 6.' : 'That is not right, try again.',
      },
      {
        role: 'assistant',
        content: says,
        ...(thinks === undefined ? {} : { reasoning: thinks }),
        judge: {
          criterion: 'frustration',
          score: index,
          explanation: 'CANARY-why: it gives up',
          model: 'judge-1',
        },
      },
    ]),
  });

const tries = Array.from({ length: 6 }, (_, index) => ({
  says: `Attempt ${String(index + 1)}: 6 / (1 - 3/4).`,
}));
const text = [
  rollout('CANARY-puzzle-01', 'CANARY-treated', [
    ...tries,
    {
      says: 'I give up. Then again:\n\nthis is **hopeless**, I give up!',
      thinks: `${'So. '.repeat(200)}Perhaps I should give up.`,
    },
  ]),
  rollout('CANARY-puzzle-02', 'CANARY-baseline', [
    { says: 'No idea.', thinks: 'The user wants 24. Giving up is no option.' },
    { says: 'Still none; but I never give up.' },
    { says: 'LATER turn: now I give up.' },
  ]),
  rollout('CANARY-puzzle-03', 'CANARY-baseline', [{ says: 'Give me a moment.' }]),
]
  .map(line => `${line}\n`)
  .join('');

describe('searching the text of a file', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let editor: EditorPage;

  const field = () => editor.frame.getByTestId('search');
  const count = (wanted: string) =>
    editor.frame
      .getByTestId('search-count')
      .filter({ hasText: new RegExp(`^${wanted}$`) })
      .waitFor();
  const results = (): Promise<string[]> => editor.frame.locator('.searchrow .searchline').allInnerTexts();
  const groups = (): Promise<string[]> => editor.frame.locator('.searchgroup .clip').allInnerTexts();
  const here = () => editor.frame.locator('.transcript [data-mark~="found-here"]');
  /** Whether what was gone to can be seen in its pane, with nothing over it. */
  const isInSight = (): Promise<boolean> =>
    here()
      .first()
      .evaluate(mark => {
        const box = mark.getBoundingClientRect();
        const pane = mark.closest('.transcript')!.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return box.top >= pane.top && box.bottom <= pane.bottom && mark.contains(top);
      });
  const look = async (wanted: string, found: string): Promise<void> => {
    await field().fill(wanted);
    await count(found);
  };

  describe('blind', () => {
    before(async () => {
      workbench = await openWorkbench({
        files: { [file]: text },
        settings: { 'rolloutAnnotator.rater': 'rater-1' },
        theme: 'Default Dark Modern',
      });
      await keepMessages(workbench);
      editor = await openEditor(workbench, file);
    });
    after(() => workbench?.dispose());

    it('opens by its key and lists matches under their items, without ids', async () => {
      await editor.press('/');
      await look('give up', '5 results in 2 rollouts');
      assert.deepEqual(await groups(), ['Item 7 · turn 7', 'Item 9 · turn 2', 'Item 10 · turn 3']);
      assert.ok((await results()).some(line => line.includes('I should give up.')));
      await workbench.screenshot('search-dark');
    });

    it('goes to a result with Enter: in its folded-away reasoning, highlighted and in sight', async () => {
      await field().press('Enter');
      await editor.waitForItem(7);
      await here().waitFor();
      assert.equal(await here().innerText(), 'give up');
      assert.match(
        await here().evaluate(mark => mark.closest('.reasoning')?.textContent ?? ''),
        /Perhaps I should/,
      );
      assert.equal(await isInSight(), true);
      await workbench.screenshot('search-reasoning-dark');
    });

    it('goes on with F3, back with Shift+F3, and by the arrow keys', async () => {
      const { page } = workbench;
      await page.keyboard.press('F3');
      await here().filter({ hasText: 'give up' }).waitFor();
      await editor.frame
        .locator('.transcript [data-target] .raw [data-mark~="found-here"]')
        .first()
        .waitFor();
      await page.keyboard.press('F3');
      await page.keyboard.press('F3');
      await editor.waitForItem(9);
      await page.keyboard.press('Shift+F3');
      await editor.waitForItem(7);
      await field().press('ArrowDown');
      await editor.waitForItem(9);
      await page.keyboard.press('ArrowDown');
      await editor.waitForItem(10);
      assert.equal(await editor.frame.locator('.searchrow[aria-current="true"]').count(), 1);
    });

    it('is drawn in Markdown as well', async () => {
      await field().fill('hopeless');
      await count('1 result in 1 rollout');
      await field().press('Enter');
      await editor.waitForItem(7);
      await editor.frame.getByRole('button', { name: /^raw/ }).click();
      await editor.frame.locator('.markdown strong [data-mark~="found-here"]').waitFor();
      await editor.frame.getByRole('button', { name: /^Markdown/ }).click();
      await here().waitFor();
    });

    it('heeds case, whole words, expressions, role and part, and says what is wrong with an expression', async () => {
      const { frame } = editor;
      await look('give', '6 results in 3 rollouts');
      await frame.getByRole('button', { name: 'Match case' }).click();
      await count('5 results in 2 rollouts');
      await frame.getByRole('button', { name: 'Match case' }).click();
      await frame.getByRole('button', { name: 'Regular expression' }).click();
      await look('giv(e|ing) up', '6 results in 2 rollouts');
      await frame.getByLabel('Part').selectOption('reasoning');
      await count('2 results in 2 rollouts');
      await frame.getByLabel('Role').selectOption('user');
      await count('No results.');
      await field().fill('giv(');
      await frame.getByText('This is no regular expression: unterminated group.').waitFor();
      await workbench.screenshot('search-error-dark');
      await frame.getByLabel('Part').selectOption('any');
      await frame.getByLabel('Role').selectOption('any');
      await frame.getByRole('button', { name: 'Regular expression' }).click();
    });

    it('shows and sends nothing of judges, ids and conditions', async () => {
      for (const word of ['CANARY', 'it gives up', 'judge-1', 'treated']) await look(word, 'No results.');
      await look('up', '6 results in 2 rollouts');
      assert.ok(!(await everythingVisible(workbench)).replaceAll('"text":"CANARY"', '').includes('CANARY-'));
    });

    it('closes with Escape, back in the transcript with the list there; score keys act again', async () => {
      await field().press('Escape');
      await editor.frame.locator('.row').first().waitFor();
      assert.equal(await here().count(), 0);
      await editor.press('j');
      await editor.score('3', 1, 11);
      assert.deepEqual(workbench.consoleErrors, []);
    });

    it('names rollouts once the judge is shown', async () => {
      await editor.press('/');
      await look('give up', '5 results in 2 rollouts');
      await field().press('Tab');
      await editor.frame.locator('.transcript').focus();
      await editor.press('b');
      await editor.frame.getByTestId('judge').waitFor();
      await count('5 results in 2 rollouts');
      assert.deepEqual(await groups(), ['CANARY-puzzle-01', 'CANARY-puzzle-02']);
      await workbench.screenshot('search-shown-dark');
    });
  });

  describe('in a blind subset', () => {
    before(async () => {
      // All turns but the last one of the second rollout.
      const drawn = JSON.parse(
        await subsetFile(file, text, { name: 'val', design: { kind: 'random', n: 11 } }),
      ) as Manifest;
      const items = drawn.items
        .filter(({ item }) => !(item.rollout === 'CANARY-puzzle-02' && item.turn === 3))
        .map((item, slot) => ({ ...item, slot }));
      workbench = await openWorkbench({
        files: {
          [file]: text,
          [`${file}.annotations/subsets/val.json`]: JSON.stringify({ ...drawn, items }),
        },
        settings: { 'rolloutAnnotator.rater': 'rater-1' },
        theme: 'Default Light Modern',
      });
      editor = await openEditor(workbench, file);
      await editor.frame.getByTestId('list-chooser').selectOption('val');
      await editor.waitForProgress('0 / 10');
    });
    after(() => workbench?.dispose());

    it('finds what its slots show, and no turn that stays hidden', async () => {
      await editor.press('/');
      await look('give up', '4 results in 2 rollouts');
      assert.ok((await groups()).every(name => /^Item \d+ · turn \d$/.test(name)));
      await field().press('Enter');
      await here().waitFor();
      await workbench.screenshot('search-subset-light');
      await look('LATER turn', 'No results.');
    });
  });

  describe('in other looks', () => {
    it('is readable in high contrast and at 600 pixels', async () => {
      for (const [name, width] of [
        ['wide', 1280],
        ['narrow', 600],
      ] as const) {
        workbench = await openWorkbench({
          files: { [file]: text },
          settings: { 'rolloutAnnotator.rater': 'rater-1', 'workbench.activityBar.location': 'hidden' },
          theme: 'Default High Contrast',
          viewport: { width, height: 720 },
        });
        try {
          if (width === 600) await workbench.executeCommand('workbench.action.closeSidebar');
          editor = await openEditor(workbench, file);
          await editor.press('/');
          await look('give up', '5 results in 2 rollouts');
          await field().press('Enter');
          await here().waitFor();
          await workbench.screenshot(`search-contrast-${name}`);
          assert.equal(await isInSight(), true);
          assert.deepEqual(workbench.consoleErrors, []);
        } finally {
          await workbench.dispose();
        }
      }
    });
  });
});
