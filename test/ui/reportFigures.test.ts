import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { AgreementReport } from '../../src/core/agreement/agreementReport';
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

  it('say the same as the command line and the saved files: key numbers, measures and the methods', async () => {
    const workbench = await openWorkbench({
      viewport: { width: 1200, height: 900 },
      settings: {
        'rolloutAnnotator.rater': 'rater-1',
        'workbench.activityBar.location': 'hidden',
        'files.simpleDialog.enable': true,
      },
      files: await studyFiles(study),
    });
    const commandLine = (...more: string[]): string =>
      execFileSync(
        process.execPath,
        [
          'dist/cli.js',
          'agreement',
          join(workbench.workspace, study),
          '--criterion',
          'frustration',
          '--subset',
          'val-100',
          ...more,
        ],
        { encoding: 'utf8', maxBuffer: 1 << 28 },
      );
    try {
      const report = await openReport(workbench);
      const made = JSON.parse(commandLine('--json')) as AgreementReport;
      const pair = made.pairs[0]!;
      const shown = (value: number): string => {
        const text = value >= 0.995 && value < 1 ? '>0.99' : Math.abs(value).toFixed(2);
        return value < 0 && Number(text) !== 0 ? `−${text}` : text;
      };

      const keys = await report.locator('.key-numbers dd.figure').allInnerTexts();
      assert.equal(keys[0], shown(pair.measures['cohenKappaQuadratic']!.value!));
      assert.equal(
        keys[2],
        ['exactAgreement', 'withinOneAgreement'].map(id => shown(pair.measures[id]!.value!)).join(' · '),
      );

      const named = [
        ['Cohen’s κ, quadratic', 'cohenKappaQuadratic', /^\| Cohen κ, quadratic weights \| ([^|]+) \|/m],
        ['Exact agreement', 'exactAgreement', /^\| Exact agreement \| ([^|]+) \|/m],
        ['Spearman’s ρ', 'spearmanRho', /^\| Spearman ρ \| ([^|]+) \|/m],
      ] as const;
      await report.getByText('Save Markdown…').click();
      await workbench.page.locator('.quick-input-widget input').first().waitFor();
      await workbench.page.keyboard.press('Enter');
      await report.getByText('Saved as agreement-frustration.md.').waitFor();
      const markdown = readFileSync(join(workbench.workspace, 'agreement-frustration.md'), 'utf8');
      const table = report.locator('section[aria-labelledby="measures-heading"] table');
      for (const [name, id, row] of named) {
        const { value, ci } = pair.measures[id]!;
        const cells = await table
          .locator('tbody tr:not(.group)')
          .filter({ has: report.getByRole('rowheader', { name, exact: true }) })
          .locator('td')
          .allInnerTexts();
        assert.equal(cells[0], shown(value!), name);
        assert.equal(cells[1], `${shown(ci![0])} to ${shown(ci![1])}`, name);
        assert.equal(row.exec(markdown)?.[1], value!.toFixed(3), name);
      }

      await report.getByText('Save JSON…').click();
      await workbench.page.locator('.quick-input-widget input').first().waitFor();
      await workbench.page.keyboard.press('Enter');
      await report.getByText('Saved as agreement-frustration.json.').waitFor();
      const saved = JSON.parse(
        readFileSync(join(workbench.workspace, 'agreement-frustration.json'), 'utf8'),
      ) as AgreementReport;
      assert.deepEqual(saved.pairs, made.pairs);
      assert.deepEqual(saved.questions, made.questions);

      await report.getByText('Copy Methods').click();
      await report.getByText('Copied.').waitFor();
      await workbench.page.keyboard.press('F1');
      const palette = workbench.page.locator('.quick-input-widget input[type="text"]');
      await palette.waitFor();
      await workbench.page.keyboard.press('ControlOrMeta+A');
      await workbench.page.keyboard.press('ControlOrMeta+V');
      const copied = await palette.inputValue();
      await workbench.page.keyboard.press('Escape');
      const unwrapped = commandLine().replace(/\s+/g, ' ');
      assert.ok(copied.length > 100 && unwrapped.includes(copied.replace(/\s+/g, ' ').trim()), copied);

      const asked = report.locator('section[aria-labelledby="headline-heading"]');
      const sentences = [
        await asked.locator('p.answer').innerText(),
        ...(await asked.locator('.further li').allInnerTexts()),
      ];
      assert.equal(sentences.join(' '), made.questions!.headline.sentence);
      assert.ok(sentences.length > 1);
      assert.deepEqual(workbench.consoleErrors, []);
    } finally {
      await workbench.dispose();
    }
  });
});
