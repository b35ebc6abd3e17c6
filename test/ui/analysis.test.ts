import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { AnalysisReport, TurnPoint } from '../../src/core/analysis/analysisReport';
import {
  frustrationJsonl,
  legibilityJsonl,
  simulatedFrustration,
  simulatedLegibility,
} from '../unit/analysis/simulatedRuns';
import { openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { openWorkbench, type Workbench } from './support/workbench';

const frustration = 'gemma.rollouts.jsonl';
const legibility = 'r1.rollouts.jsonl';
const reference = 'r1-reference.rollouts.jsonl';
const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
};

const frustrationText = frustrationJsonl(simulatedFrustration(), ({ id }) => ({
  // Half of the samples have their history rewritten.
  ...(/-[024]$/.test(id) ? { rewrite_turn: id.endsWith('-0') ? 5 : 10 } : {}),
}));
const [garbled, plain] = ['garbled', 'plain'].map(name =>
  simulatedLegibility().filter(({ provider }) => provider === name),
);

describe('the analysis page', function () {
  this.timeout(300_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      files: {
        [frustration]: `${frustrationText}\n`,
        [legibility]: `${legibilityJsonl(simulatedLegibility())}\n`,
        [reference]: `${legibilityJsonl(garbled ?? [])}\n`,
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1', 'workbench.activityBar.location': 'hidden' },
      viewport: { width: 1280, height: 900 },
      // VS Code 1.100 shows no dialog of an extension under development.
      installed: true,
    });
    await workbench.executeCommand('workbench.action.closeSidebar');
  });
  after(() => workbench?.dispose());

  /** The same numbers by the other way: the command line. */
  const counted = (file: string, criterion: string, ...more: string[]): AnalysisReport =>
    JSON.parse(
      execFileSync(
        process.execPath,
        [
          'dist/cli.js',
          'analyze',
          join(workbench.workspace, file),
          '--criterion',
          criterion,
          '--json',
          ...more,
        ],
        { encoding: 'utf8', maxBuffer: 1 << 28 },
      ),
    ) as AnalysisReport;

  const openAnalysis = async (file: string, criterion: string): Promise<FrameLocator> => {
    await openEditor(workbench, file);
    await workbench.runCommand('Rollout Annotator: Open Analysis');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Open Analysis' }).click();
    const page = workbench.editorFrame();
    await page.getByRole('heading', { name: `Analysis · ${criterion}` }).waitFor();
    await page.locator('.lead').waitFor({ timeout: 120_000 });
    return page;
  };

  /** Each theme with the whole page in sight, and a window as narrow as half a screen. */
  const looks = async (name: string, page: FrameLocator, height: number): Promise<void> => {
    for (const [look, theme] of Object.entries(themes)) {
      workbench.changeSettings({ 'workbench.colorTheme': theme });
      await workbench.page.setViewportSize({ width: 1280, height });
      await workbench.page.waitForTimeout(700);
      await workbench.screenshot(`analysis-${name}-${look}`);
    }
    workbench.changeSettings({ 'workbench.colorTheme': themes.dark });
    for (const width of [900, 600]) {
      await workbench.page.setViewportSize({ width, height: Math.round(height * 1.6) });
      await workbench.page.waitForTimeout(500);
      await workbench.screenshot(`analysis-${name}-${String(width)}`);
      const over = await page
        .locator('body')
        .evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `the page is wider than a window of ${String(width)} pixels`);
    }
    await workbench.page.setViewportSize({ width: 1280, height: 900 });
  };

  /** Texts of a figure that lie over each other. */
  const overlaps = (page: FrameLocator): Promise<string[]> =>
    page.locator('.analysis-figures').evaluate(all =>
      [...all.querySelectorAll('svg[role="group"]')].flatMap(svg => {
        const texts = [...svg.querySelectorAll('text')]
          .map(text => ({ words: text.textContent ?? '', box: text.getBoundingClientRect() }))
          .filter(({ words }) => words.trim() !== '');
        return texts.flatMap(({ words, box }, at) =>
          texts
            .slice(at + 1)
            .filter(
              ({ box: other }) =>
                Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
                Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 3,
            )
            .map(other => `“${words}” over “${other.words}”`),
        );
      }),
    );

  const percent = (value = NaN): string => `${(value * 100).toFixed(1)}%`;

  it('asks once, logs that the run was shown, and draws the trajectories that the command line counts', async () => {
    const page = await openAnalysis(frustration, 'frustration');
    const exposed = labelsOnDisk(join(workbench.workspace, frustration)).filter(
      event => event.kind === 'exposed',
    );
    assert.deepEqual(
      exposed.map(event => [event.kind === 'exposed' && event.scope, event.kind === 'exposed' && event.what]),
      [['run', 'report']],
    );
    assert.deepEqual(await page.locator('.analysis-figures h2').allInnerTexts(), [
      'How does the mean score move over the turns?',
      'How often is a turn at 5 or above?',
      'How many rollouts have deleted themselves?',
      'How far do conversations differ?',
      'What is different from baseline?',
    ]);
    const report = counted(frustration, 'frustration', '--by', 'condition,dataset');
    const first = report.trajectory?.series[0]?.points[0];
    const label = report.groups[0]?.label ?? '';
    const mark = page.locator('[data-mark="0"]').first();
    await mark.focus();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('Home');
    const tip = page.locator('.figure-tip').first();
    assert.equal(await tip.locator('strong').innerText(), `${label}, turn 1`);
    const [low, high] = first?.mean.ci ?? [];
    assert.ok(
      (await tip.innerText()).includes(
        `mean ${first?.mean.value?.toFixed(2)} (95% interval ${low?.toFixed(2)} to ${high?.toFixed(2)})`,
      ),
      await tip.innerText(),
    );
    assert.deepEqual(await overlaps(page), []);
  });

  it('goes from mark to mark by arrow keys with the numbers of each turn', async () => {
    const page = workbench.editorFrame();
    const report = counted(frustration, 'frustration', '--by', 'condition,dataset');
    const figure = page.locator('section[aria-labelledby="share-per-turn-5-title"]');
    await figure.locator('[data-mark="0"]').focus();
    const points: readonly TurnPoint[] = report.trajectory?.series[0]?.points ?? [];
    for (const point of points.slice(0, 4)) {
      const said = (await page.locator('*:focus').getAttribute('aria-label')) ?? '';
      assert.ok(
        said.includes(`turn ${String(point.turn)}, share ≥ 5: ${percent(point.shares[0]?.value ?? NaN)}`),
        said,
      );
      await workbench.page.keyboard.press('ArrowRight');
    }
    assert.equal(await figure.locator('[tabindex="0"][data-mark]').count(), 1);
  });

  it('is drawn in every theme and at half a window’s width', async () => {
    await looks('frustration', workbench.editorFrame(), 2300);
  });

  it('counts again where grouping, cuts and the rewrite are chosen, and keeps that while it is hidden', async () => {
    const page = workbench.editorFrame();
    await page.getByRole('button', { name: 'dataset', exact: true }).click();
    await page.getByText('The mean is highest in baseline,').waitFor({ timeout: 60_000 });
    await page.getByLabel(/^Cuts/).fill('3');
    await workbench.page.keyboard.press('Enter');
    await page
      .getByRole('heading', { name: 'How often is a turn at 3 or above?' })
      .waitFor({ timeout: 60_000 });
    await page.getByRole('combobox', { name: 'Align at' }).click();
    await page.getByRole('option', { name: 'rewrite_turn' }).click();
    await page
      .getByRole('heading', { name: 'How does the mean score move around rewrite_turn?' })
      .waitFor({ timeout: 60_000 });
    const report = counted(
      frustration,
      'frustration',
      '--by',
      'condition',
      '--threshold',
      '3',
      '--align',
      'rewrite_turn',
    );
    const rows = await page
      .locator('table.numbers tbody tr')
      .evaluateAll(all => all.map(row => [...row.children].map(cell => cell.firstChild?.textContent)));
    assert.deepEqual(
      rows.map(row => [row[0], row.at(-1)]),
      report.groups.map(({ label, shares }) => [label, percent(shares[0]?.value ?? NaN)]),
    );
    await page.getByText('How does the mean score move around').scrollIntoViewIfNeeded();
    await workbench.page.setViewportSize({ width: 1280, height: 1900 });
    await workbench.page.waitForTimeout(400);
    await workbench.screenshot('analysis-aligned');
    await workbench.page.setViewportSize({ width: 1280, height: 900 });
    assert.deepEqual(await overlaps(page), []);
    await openEditor(workbench, legibility);
    await workbench.executeCommand('workbench.action.openPreviousRecentlyUsedEditor');
    await workbench
      .editorFrame()
      .getByRole('heading', { name: 'How often is a turn at 3 or above?' })
      .waitFor();
  });

  it('says what is missing for human scores, and a wrong cut where it was typed, and leads back', async () => {
    const page = workbench.editorFrame();
    const scores = page.getByRole('combobox', { name: 'Scores' });
    await scores.click();
    await page.getByRole('option', { name: 'human labels' }).click();
    await page.getByText('There are no frustration labels outside subsets yet.').waitFor({ timeout: 60_000 });
    assert.equal(await page.locator('.analysis-figures').count(), 0);
    await workbench.screenshot('analysis-empty');
    await scores.click();
    await page.getByRole('option', { name: 'judge', exact: true }).click();
    await page.locator('.analysis-figures').waitFor({ timeout: 60_000 });
    await page.getByLabel(/^Cuts/).fill('11');
    await workbench.page.keyboard.press('Enter');
    await page.getByText('Cuts lie from 0 to 10.').waitFor();
    await page.getByRole('heading', { name: 'How often is a turn at 3 or above?' }).waitFor();
  });

  it('opens a conversation behind its point in the editor', async () => {
    const page = workbench.editorFrame();
    const figure = page.locator('section[aria-labelledby="conversation-means-title"]');
    const mark = figure.locator('[data-mark="0"]');
    await mark.focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.editorFrame().getByTestId('item-heading').getByText('turn 1').waitFor();
    await workbench.executeCommand('workbench.action.closeAllEditors');
  });

  it('rebuilds the table of two providers, and correctness by bins of a reference run that is chosen', async () => {
    const page = await openAnalysis(legibility, 'legibility');
    const report = counted(legibility, 'legibility', '--by', 'provider');
    const cells = (await page.locator('table.numbers').first().locator('tbody tr').allInnerTexts()).map(row =>
      row.replace(/\s+/g, ' '),
    );
    assert.ok(cells[0]?.startsWith('garbled 300 300 4.31 ± 2.14 '), cells[0]);
    assert.ok(cells[1]?.startsWith('plain 300 300 2.28 ± 0.76 '), cells[1]);
    for (const row of report.legibility?.rows ?? [])
      for (const share of [...row.shares, row.correctness.correct, row.correctness.incorrect])
        assert.ok(cells[row.group]?.includes(percent(share.value ?? NaN)), cells[row.group]);
    await page.getByText('Choose Reference Run…').click();
    const dialog = workbench.page.locator('.quick-input-widget:visible');
    await dialog.locator('.monaco-list-row', { hasText: reference }).click();
    await page
      .getByText('Reference run:')
      .or(dialog.getByRole('button', { name: 'Open' }))
      .first()
      .waitFor();
    if (await dialog.isVisible()) await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await page
      .getByRole('heading', { name: /^Are questions that were illegible/ })
      .waitFor({ timeout: 60_000 });
    const binned = counted(
      legibility,
      'legibility',
      '--by',
      'provider',
      '--reference',
      join(workbench.workspace, reference),
    );
    const figure = page.locator('section[aria-labelledby="correctness-by-bins-title"]');
    const said = await figure
      .locator('[data-mark]')
      .evaluateAll(all => all.map(one => one.getAttribute('aria-label')));
    const [series] = binned.legibility?.bins?.series ?? [];
    for (const bin of series?.bins.filter(({ correct }) => correct.value !== null) ?? [])
      assert.ok(
        said.some(words => words?.includes(`correct ${percent(bin.correct.value ?? NaN)}`)),
        `${percent(bin.correct.value ?? NaN)} is nowhere in ${said.join('; ')}`,
      );
    assert.equal(plain?.length, 300);
    await page.getByText('Copy Markdown').click();
    await page.getByText('Copied.').waitFor();
    await page.getByText('Save Figures…').click();
    await workbench.page.getByRole('button', { name: 'Save Here' }).click();
    await page.getByText('Saved 2 figures.').waitFor();
    for (const name of ['scores-by-group', 'correctness-by-bins'])
      assert.match(
        readFileSync(join(workbench.workspace, `legibility-${name}.svg`), 'utf8'),
        /^<svg .*<title>/s,
      );
    assert.deepEqual(await overlaps(page), []);
    await looks('legibility', page, 2100);
  });

  it('opens the worst item from its row', async () => {
    const page = workbench.editorFrame();
    const first = page.locator('button.opens').first();
    const name = await first.innerText();
    await first.click();
    await workbench.editorFrame().getByTestId('item-heading').waitFor();
    assert.match(name, /^garbled-\d+ · turn 1$/);
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
