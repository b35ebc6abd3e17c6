import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { openEditor } from './support/editorPage';
import { studyFiles } from './support/studyFiles';
import { openWorkbench, type Workbench } from './support/workbench';

const study = 'study.rollouts.jsonl';
const looks = [
  { name: 'light', theme: 'Default Light Modern', width: 1200 },
  { name: 'dark', theme: 'Default Dark Modern', width: 1200 },
  { name: 'high-contrast', theme: 'Default High Contrast', width: 1200 },
  { name: 'narrow', theme: 'Default Dark Modern', width: 900 },
  { name: 'narrowest', theme: 'Default Light Modern', width: 600 },
];
const figures = [
  'confusion-matrix',
  'confusion-matrix-weighted',
  'scatter',
  'bland-altman',
  'score-distributions',
  'agreement-forest',
  'threshold-curve',
  'corrected-share',
  'corrected-mean',
  'bias-by-turn',
  'bias-by-condition',
  'effects-by-condition',
  'next-labels',
  'drift',
  'coverage',
];

async function openReport(workbench: Workbench): Promise<FrameLocator> {
  const editor = await openEditor(workbench, study);
  await workbench.executeCommand('workbench.action.closeSidebar');
  await editor.frame.getByTestId('list-chooser').selectOption('val-100');
  // The subset is done, and says so.
  await editor.frame.locator('dialog[aria-label="val-100 is done"]').waitFor();
  await workbench.page.keyboard.press('Escape');
  await editor.frame.locator('dialog[open]').waitFor({ state: 'detached' });
  await editor.frame.getByText('Agreement report').click();
  const report = workbench.editorFrame();
  await report.locator('#figure-coverage').waitFor({ timeout: 60_000 });
  return report;
}

describe('the figures of a report', function () {
  this.timeout(240_000);
  for (const { name, theme, width } of looks) {
    it(`stand under their questions within the page in ${name}, with no letter under 11 pixels`, async () => {
      const workbench = await openWorkbench({
        theme,
        viewport: { width, height: 900 },
        settings: { 'rolloutAnnotator.rater': 'rater-1', 'workbench.activityBar.location': 'hidden' },
        files: await studyFiles(study),
      });
      try {
        const report = await openReport(workbench);
        const ids = await report.locator('figure h3').evaluateAll(all => all.map(each => each.id));
        assert.deepEqual(
          ids,
          figures.map(id => `figure-${id}`),
        );
        for (const [index, section] of (await report.locator('section.question').all()).entries()) {
          await section.evaluate(element => element.scrollIntoView({ block: 'start' }));
          await workbench.screenshot(`figures-${name}-${index}`);
        }
        const wide = await report
          .locator('body')
          .evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, 'the report is wider than its window');
        const smallest = await report.locator('.figure-canvas text').evaluateAll(all =>
          Math.min(
            ...all.map(each => {
              const svg = (each as SVGTextElement).ownerSVGElement;
              return parseFloat(getComputedStyle(each).fontSize) * (svg?.getScreenCTM()?.d ?? 0);
            }),
          ),
        );
        assert.ok(smallest > 10.8, `letters of ${smallest} pixels`);
        assert.deepEqual(workbench.consoleErrors, []);
      } finally {
        await workbench.dispose();
      }
    });
  }

  it('are a tab stop each, tell their numbers on hovering and by key, and open the items behind a mark', async () => {
    const workbench = await openWorkbench({
      viewport: { width: 1200, height: 900 },
      settings: {
        'rolloutAnnotator.rater': 'rater-1',
        'workbench.activityBar.location': 'hidden',
        'files.simpleDialog.enable': true,
      },
      files: await studyFiles(study),
    });
    try {
      const report = await openReport(workbench);
      const scatter = report.locator('figure[aria-labelledby="figure-scatter"]');
      assert.equal(await scatter.locator('[tabindex="0"]').count(), 1);
      const first = scatter.locator('[data-mark="0"]');
      await first.focus();
      await scatter.locator('.figure-tip').waitFor();
      const before = await scatter.locator('.figure-tip').innerText();
      assert.match(before, /^math-\d\d · turn \d+\s+rater-1 \d+\s+judge \d+$/);
      await workbench.page.keyboard.press('End');
      const after = await scatter.locator('.figure-tip').innerText();
      assert.notEqual(after, before);
      const matrix = report.locator('figure[aria-labelledby="figure-confusion-matrix"]');
      await matrix.locator('.opens').first().hover();
      assert.match(await matrix.locator('.figure-tip').innerText(), /^judge \d+, rater-1 \d+\s+\d+ items?$/);
      await workbench.screenshot('figures-tip');

      await report.getByText('Save Markdown…').click();
      await workbench.page.locator('.quick-input-widget input').first().waitFor();
      await workbench.page.keyboard.press('Enter');
      await report.getByText('Saved as agreement-frustration.md.').waitFor();
      const folder = join(workbench.workspace, 'agreement-frustration.figures');
      const markdown = readFileSync(join(workbench.workspace, 'agreement-frustration.md'), 'utf8');
      const own = readdirSync(folder).filter(file => !/-\d\.svg$/.test(file));
      assert.deepEqual(own.sort(), figures.map(id => `${id}.svg`).sort());
      for (const id of figures)
        assert.ok(markdown.includes(`(<agreement-frustration.figures/${id}.svg>)`), id);
      assert.match(readFileSync(join(folder, 'scatter.svg'), 'utf8'), /^<svg xmlns=/);
      assert.ok(!existsSync(join(workbench.workspace, 'agreement-frustration.json')));

      await scatter.locator('[data-mark="0"]').focus();
      await workbench.page.keyboard.press('Enter');
      const editor = workbench.editorFrame();
      await editor.locator('.editor').waitFor();
      assert.deepEqual(workbench.consoleErrors, []);
    } finally {
      await workbench.dispose();
    }
  });
});
