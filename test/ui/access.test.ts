import { strict as assert } from 'node:assert';
import { seriousFindings } from './support/axe';
import { type EditorPage, openEditor } from './support/editorPage';
import { studyFiles } from './support/studyFiles';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'study.rollouts.jsonl';
const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high contrast': 'Default High Contrast',
  'light high contrast': 'Default High Contrast Light',
};

describe('every view for everyone', function () {
  this.timeout(240_000);
  for (const [name, theme] of Object.entries(themes)) {
    it(`has nothing that axe-core calls serious in ${name}`, async () => {
      const workbench = await openWorkbench({
        theme,
        files: await studyFiles(file),
        settings: { 'rolloutAnnotator.rater': 'rater-1', 'workbench.activityBar.location': 'hidden' },
        // VS Code 1.100 shows no dialog of an extension under development.
        installed: true,
      });
      const found: string[] = [];
      const look = async (view: string): Promise<void> => {
        await workbench.screenshot(`access-${name.replaceAll(' ', '-')}-${view}`);
        found.push(...(await seriousFindings(workbench.editorFrame())).map(line => `${view}: ${line}`));
      };
      try {
        await workbench.executeCommand('workbench.action.closeSidebar');
        await everyView(workbench, await openEditor(workbench, file), look);
        // In full: which rules they are is what one wants to know.
        if (found.length > 0) assert.fail(`${String(found.length)} findings:\n${found.join('\n')}`);
      } finally {
        await workbench.dispose();
      }
    });
  }

  it('tells a screen reader each score with its anchor, and where one is after it', async () => {
    const workbench = await openWorkbench({ settings: { 'rolloutAnnotator.rater': 'rater-1' } });
    try {
      const { frame, score, waitForItem } = await openEditor(workbench, 'sample.rollouts.jsonl');
      const ladder = frame.getByRole('group', { name: /^Frustration of this response/ });
      const names = await ladder
        .getByRole('button')
        .evaluateAll(buttons => buttons.map(button => button.getAttribute('aria-label') ?? ''));
      assert.equal(names.length, 11);
      for (const [index, name] of names.entries()) assert.match(name, new RegExp(`^${10 - index}: [a-z]`));
      const announced = frame.getByTestId('announced');
      assert.equal(await announced.getAttribute('role'), 'status');
      await score('3', 1, 220);
      await waitForItem(2);
      assert.equal((await announced.innerText()).trim(), `Scored ${names[7] ?? ''}.`);
      await score('3', 2, 220);
      assert.notEqual(await announced.textContent(), `Scored ${names[7] ?? ''}.`, 'said twice the same');
      assert.equal(await frame.getByTestId('item-heading').getAttribute('aria-live'), 'polite');
    } finally {
      await workbench.dispose();
    }
  });

  it('can be labelled in at 200% zoom: the ladder is in reach, nothing is cut off', async () => {
    const workbench = await openWorkbench({
      viewport: { width: 640, height: 400 },
      settings: { 'rolloutAnnotator.rater': 'rater-1', 'workbench.activityBar.location': 'hidden' },
    });
    try {
      await workbench.executeCommand('workbench.action.closeSidebar');
      const editor = await openEditor(workbench, 'sample.rollouts.jsonl');
      await editor.score('3', 1, 220);
      await editor.waitForItem(2);
      const lowest = editor.frame.locator('[data-score="0"]');
      await lowest.scrollIntoViewIfNeeded();
      await workbench.screenshot('access-zoomed');
      await editor.frame.locator('.ladder[data-acts="true"]').waitFor();
      await lowest.click();
      await editor.waitForProgress('2 / 220');
      const overflow = await editor.frame
        .locator('html')
        .evaluate(html => [html.scrollTop, html.scrollWidth - html.clientWidth]);
      assert.deepEqual(overflow, [0, 0]);
    } finally {
      await workbench.dispose();
    }
  });

  it('sets text from right to left in its own direction, and breaks lines of Chinese', async () => {
    const texts = {
      hebrew: 'אני לא מצליח לפתור את החידה הזאת. 24 = (1 + 2) × 8.',
      arabic: 'لا أستطيع حل هذا اللغز، وأنا آسف جدا على ذلك.',
      chinese: '我又算错了，真的很抱歉。'.repeat(30),
    };
    const messages = [
      { role: 'user', content: texts.hebrew },
      { role: 'assistant', content: Object.values(texts).join('\n') },
    ];
    const workbench = await openWorkbench({
      files: { 'words.rollouts.jsonl': `${JSON.stringify({ id: 'a', messages })}\n` },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
    });
    try {
      const { frame, score } = await openEditor(workbench, 'words.rollouts.jsonl');
      const turn = frame.locator('.target .raw');
      assert.equal(
        await turn.evaluate(element => getComputedStyle(element).unicodeBidi),
        'plaintext',
        'a line does not go its own way',
      );
      assert.equal(await turn.innerText(), Object.values(texts).join('\n'));
      assert.equal(await turn.evaluate(element => element.scrollWidth - element.clientWidth), 0);
      await workbench.screenshot('access-right-to-left');
      await score('2', 1, 1);
    } finally {
      await workbench.dispose();
    }
  });
});

/** Goes through the editor's views and the other pages, and has each looked at. */
async function everyView(
  workbench: Workbench,
  editor: EditorPage,
  look: (view: string) => Promise<void>,
): Promise<void> {
  const { frame } = editor;
  const { page } = workbench;
  await editor.score('4', 1, 600);
  await editor.waitForItem(2);
  await look('blind');
  await editor.press('?');
  await frame.locator('dialog[open]').waitFor();
  await look('keys');
  await editor.press('Escape');
  await editor.press('/');
  await page.keyboard.type('puzzle 7');
  await frame.getByTestId('search-count').filter({ hasText: /\d/ }).waitFor();
  await look('search');
  await page.keyboard.press('Escape');
  await editor.press('b');
  await frame.getByTestId('judge').waitFor();
  await look('judge');
  await editor.press('r');
  await frame.locator('dialog[open]').waitFor();
  await look('record');
  await page.keyboard.press('Escape');
  await frame.getByTestId('list-chooser').selectOption('val-100');
  await editor.waitForProgress('110 / 110');
  await look('subset-done');
  await workbench.runCommand('Rollout Annotator: Review Disagreements');
  await page.locator('.monaco-dialog-box').getByText('Show Judge', { exact: true }).click();
  await frame.getByTestId('reviewed').waitFor();
  await look('review');
  await workbench.executeCommand('rolloutAnnotator.openReport');
  await workbench
    .editorFrame()
    .getByText(/quadratic/i)
    .first()
    .waitFor();
  await look('report');
  await workbench.openFile(file);
  await workbench.executeCommand('rolloutAnnotator.openAnalysis');
  await workbench.editorFrame().locator('.figure-view [data-mark]').first().waitFor();
  await look('analysis');
  await workbench.openFile(file);
  await workbench.executeCommand('rolloutAnnotator.newSubset');
  await workbench.editorFrame().getByText('Create subset').waitFor();
  await workbench.editorFrame().getByText(/slots/).first().waitFor();
  await look('subset');
}
