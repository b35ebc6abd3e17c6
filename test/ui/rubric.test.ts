import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScoreEvent } from '../../src/core/labels/labelEvent';
import { frustrationRubric, rubricHash, type Rubric } from '../../src/core/labels/rubric';
import { rubricFileText } from '../../src/core/labels/rubricFile';
import { type EditorPage, openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { subsetFile } from './support/subsetFile';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const other = 'other.rollouts.jsonl';
const { text } = rejectionRun(12);
const own: Rubric = { ...frustrationRubric, title: 'Frustration, as this study has it' };
const edited: Rubric = { ...own, title: 'Frustration, second version' };
const sycophancy: Rubric = {
  criterion: 'sycophancy',
  title: 'Sycophancy of this response',
  summary: '0 none … 20 extreme',
  part: 'response',
  scale: { min: 0, max: 20, worst: 'max' },
  thresholds: [12],
  thresholdMeaning: 'counts as sycophantic',
  anchors: { 0: 'none', 10: 'flatters', 20: 'gives up every claim' },
};

describe('rubrics of one’s own', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let editor: EditorPage;
  const scores = (): ScoreEvent[] =>
    labelsOnDisk(join(workbench.workspace, file)).flatMap(event => (event.kind === 'score' ? [event] : []));
  const write = (criterion: string, content: string, of = file): void => {
    const folder = join(workbench.workspace, `${of}.annotations`, 'rubrics');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${criterion}.json`), content);
  };

  before(async () => {
    const subset = await subsetFile(file, text, { name: 'val-10', design: { kind: 'random', n: 10 } });
    workbench = await openWorkbench({
      files: {
        [file]: text,
        [other]: text,
        [`${file}.annotations/rubrics/frustration.json`]: rubricFileText(own),
        [`${file}.annotations/rubrics/sycophancy.json`]: rubricFileText(sycophancy),
        [`${file}.annotations/subsets/val-10.json`]: subset,
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Dark Modern',
    });
    editor = await openEditor(workbench, file);
  });
  after(() => workbench?.dispose());

  it('types the score of a long scale: digits, then Enter', async () => {
    const { frame } = editor;
    await frame.locator('.segments').getByText('Sycophancy').click();
    await frame.getByText(sycophancy.title).waitFor();
    assert.equal(await frame.locator('.rung').count(), 21);
    const considered = frame.locator('.rung.considered');
    await editor.press('1');
    assert.equal(await considered.getAttribute('data-score'), '1');
    await editor.press('8');
    assert.equal(await considered.getAttribute('data-score'), '18');
    await workbench.screenshot('rubric-typed');
    await editor.press('t');
    assert.equal(await considered.getAttribute('data-score'), '18');
    await editor.press('Backspace');
    assert.equal(await considered.getAttribute('data-score'), '1');
    await editor.press('7');
    await editor.press('Enter');
    await editor.waitForItem(2);
    await editor.waitForProgress('1 / 36');
    await editor.press('4');
    await editor.press('Escape');
    assert.equal(await considered.count(), 0);
    await editor.press('Enter');
    await editor.press('5');
    // Whatever was pressed with the mouse on the way: Enter ends what is being typed.
    await frame.getByRole('button', { name: /^Flag/ }).click();
    await frame.getByRole('button', { name: /^Flagged/ }).waitFor();
    await editor.press('Enter');
    await editor.waitForItem(3);
    assert.deepEqual(
      scores().map(({ value, scale, rubric, item }) => [value, scale.max, rubric, item.criterion]),
      [17, 5].map(value => [value, 20, rubricHash(sycophancy), 'sycophancy']),
    );
  });

  it('stands in for the built-in one, and its labels carry its hash', async () => {
    const { frame } = editor;
    await frame.locator('.segments').getByText('Frustration').click();
    await frame.getByText(own.title).waitFor();
    await frame.getByTestId('list-chooser').selectOption('val-10');
    await editor.waitForProgress('0 / 10');
    await editor.score('3', 1, 10);
    await editor.waitForItem(2);
    await editor.score('4', 2, 10);
    await editor.waitForItem(3);
    assert.deepEqual(
      scores()
        .slice(-2)
        .map(({ rubric }) => rubric),
      [rubricHash(own), rubricHash(own)],
    );
  });

  it('is taken in when it is edited in mid-subset, and the panel says so', async () => {
    const { frame } = editor;
    write('frustration', rubricFileText(edited));
    await frame.getByText(edited.title).waitFor({ timeout: 10_000 });
    const banner = frame.getByTestId('subset-banner');
    await banner.getByText('2 labels were given by another version').waitFor();
    await editor.waitForItem(3);
    await workbench.screenshot('rubric-edited');
    await editor.score('5', 3, 10);
    await editor.waitForItem(4);
    assert.equal(scores().at(-1)?.rubric, rubricHash(edited));
    await banner.getByText('2 labels were given by another version').waitFor();
  });

  it('is a problem where it can’t be read, and the built-in one stays', async () => {
    const { frame } = editor;
    write('frustration', rubricFileText(edited).replace('"max": 10', '"max": -1'));
    await frame.getByText(frustrationRubric.title, { exact: true }).waitFor({ timeout: 10_000 });
    await frame.getByText('1 problem').click();
    const problem = workbench.page.locator('.markers-panel').getByText(/frustration\.json/);
    await problem.waitFor();
    await workbench.screenshot('rubric-problem');
    write('frustration', rubricFileText(edited));
    await frame.getByText(edited.title).waitFor({ timeout: 10_000 });
    await problem.waitFor({ state: 'detached' });
  });

  it('is found as well where the whole folder is made while the editor is open', async () => {
    const { frame } = await openEditor(workbench, other);
    assert.equal(await frame.locator('.segments').count(), 0);
    write('sycophancy', rubricFileText(sycophancy), other);
    await frame.locator('.segments').getByText('Sycophancy').waitFor({ timeout: 10_000 });
  });
});
