import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { type EditorPage, openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const response =
  'I arrive at 24 and I am **really** not sure.\n\n- First I *multiply* the 3 by the 8\n- then I give up 😞 entirely';
const text = `${JSON.stringify({
  id: 'one',
  messages: [
    { role: 'user', content: 'Make 24, I arrive at 23.' },
    { role: 'assistant', content: response },
    { role: 'user', content: 'No.' },
    { role: 'assistant', content: 'Then I do not know.' },
  ],
})}\n`;

describe('evidence', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let editor: EditorPage;
  before(async () => {
    workbench = await openWorkbench({
      files: { [file]: text },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Dark Modern',
    });
    editor = await openEditor(workbench, file);
  });
  after(() => workbench?.dispose());

  /** Selects a word of the turn in question as a person does, by a double click on it. */
  const doubleClick = async (word: string): Promise<void> => {
    const target = editor.frame.locator('[data-target]');
    const position = await target.evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const box = range.getBoundingClientRect();
        const outer = element.getBoundingClientRect();
        return { x: box.x + box.width / 2 - outer.x, y: box.y + box.height / 2 - outer.y };
      }
      throw new Error(`There is no ${wanted} on the screen.`);
    }, word);
    await target.dblclick({ position });
  };
  const drawn = async (): Promise<string[]> =>
    (await editor.frame.locator('[data-target] [data-mark]').allInnerTexts()).map(mark => mark.trim());
  const listed = async (): Promise<string[]> =>
    (await editor.frame.locator('.evidence .quote').allInnerTexts()).map(quote => quote.trim());
  const waitForListed = async (wanted: readonly string[]): Promise<void> => {
    for (let attempt = 0; attempt < 60; attempt++) {
      if (JSON.stringify(await listed()) === JSON.stringify(wanted)) return;
      await workbench.page.waitForTimeout(50);
    }
    assert.deepEqual(await listed(), wanted);
  };

  it('says that there is nothing to mark where nothing is selected', async () => {
    await editor.press('h');
    await editor.frame.getByText('Select text of the turn in question first.').waitFor();
    assert.equal(labelsOnDisk(join(workbench.workspace, file)).length, 0);
  });

  it('is a double click and a key: marked in the text, listed, and stored with its offsets', async () => {
    await doubleClick('arrive');
    await editor.press('h');
    await waitForListed(['arrive']);
    assert.deepEqual(await drawn(), ['arrive']);
    await doubleClick('really');
    await editor.press('h');
    await waitForListed(['arrive', 'really']);
    assert.deepEqual(await drawn(), ['arrive', 'really']);
    const last = labelsOnDisk(join(workbench.workspace, file)).at(-1);
    assert.ok(last?.kind === 'evidence');
    assert.deepEqual(
      last.spans.map(({ start, end, quote }) => [quote, response.slice(start, end)]),
      [
        ['arrive', 'arrive'],
        ['really', 'really'],
      ],
    );
    await workbench.screenshot('evidence-raw');
  });

  it('is drawn in Markdown as well, and can be marked there', async () => {
    await editor.press('m');
    await editor.frame.locator('[data-target] strong').waitFor();
    assert.deepEqual(await drawn(), ['arrive', 'really']);
    await doubleClick('multiply');
    await editor.press('h');
    await waitForListed(['arrive', 'really', 'multiply']);
    assert.deepEqual(await drawn(), ['arrive', 'really', 'multiply']);
    await doubleClick('entirely');
    await editor.press('h');
    await waitForListed(['arrive', 'really', 'multiply', 'entirely']);
    const last = labelsOnDisk(join(workbench.workspace, file)).at(-1);
    assert.ok(last?.kind === 'evidence');
    assert.ok(last.spans.every(({ start, end, quote }) => response.slice(start, end) === quote));
    await workbench.screenshot('evidence-markdown');
  });

  it('is removed by its cross, and comes back by undo', async () => {
    await editor.frame.getByRole('button', { name: 'Remove evidence: multiply' }).click();
    await waitForListed(['arrive', 'really', 'entirely']);
    assert.deepEqual(await drawn(), ['arrive', 'really', 'entirely']);
    await editor.press('u');
    await waitForListed(['arrive', 'really', 'multiply', 'entirely']);
    assert.deepEqual(await drawn(), ['arrive', 'really', 'multiply', 'entirely']);
  });

  it('leaves the score keys where they are', async () => {
    await editor.frame.getByRole('button', { name: 'arrive', exact: true }).click();
    await editor.score('4', 1, 2);
    await editor.waitForItem(2);
    assert.deepEqual(await listed(), []);
  });

  it('is there again after the window was loaded anew', async () => {
    await editor.press('k');
    await editor.waitForItem(1);
    await workbench.reloadWindow();
    editor = await openEditor(workbench, file);
    await editor.waitForItem(1);
    await waitForListed(['arrive', 'really', 'multiply', 'entirely']);
    assert.deepEqual(await drawn(), ['arrive', 'really', 'multiply', 'entirely']);
    await workbench.screenshot('evidence-reloaded');
  });
});
