import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LabelEvent } from '../../src/core/labels/labelEvent';
import { encodeEvent } from '../../src/core/labels/labelLog';
import { frustrationRubric, rubricHash } from '../../src/core/labels/rubric';
import { decodeManifest, type Subset } from '../../src/core/subset/manifest';
import { type EditorPage, openEditor } from './support/editorPage';
import { rejectionRun } from './support/rejectionRun';
import { subsetFile } from './support/subsetFile';
import { everythingVisible, keepMessages } from './support/visible';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const { text } = rejectionRun(12);
const noteOf = (slot: number): string => `second-opinion-${String(slot)}-word`;

/** What rater-2 has said of the first slots of a subset, on another machine: a score and a note each. */
function labelsOfSecond({ manifest, sha256 }: Subset, slots: number): LabelEvent[] {
  return manifest.items.slice(0, slots).flatMap(({ item, slot }): LabelEvent[] => {
    const common = {
      v: 1 as const,
      at: '2026-11-22T09:00:00.000Z',
      rater: 'rater-2',
      item: { ...item },
      subset: { name: manifest.name, sha256, slot },
    };
    const id = (part: number): string =>
      `01900000-0000-7000-8000-0000000${String(slot * 2 + part).padStart(5, '0')}`;
    return [
      {
        ...common,
        kind: 'score',
        id: id(0),
        value: 9,
        scale: { ...frustrationRubric.scale },
        rubric: rubricHash(frustrationRubric),
        phase: 'first',
        judgeVisible: false,
      },
      { ...common, kind: 'note', id: id(1), text: noteOf(slot) },
    ];
  });
}

describe('several raters of one subset', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let editor: EditorPage;
  let shared: Subset;
  let split: Subset;
  const labelledBySecond = (slots: number): void => {
    const path = join(workbench.workspace, `${file}.annotations`, 'labels', 'rater-2', 'abcdefgh.jsonl');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, labelsOfSecond(shared, slots).map(encodeEvent).join(''));
  };
  const slotsOf = (rater: string): number =>
    split.manifest.items.filter(({ raters }) => raters?.includes(rater)).length;
  const tableRows = async (): Promise<string[]> =>
    (await editor.frame.locator('dialog[open] .raters tbody tr').allInnerTexts()).map(row =>
      row.replace(/\s+/g, ' ').trim(),
    );
  const compare = (): Promise<string> => editor.frame.getByTestId('compare').innerText();

  before(async () => {
    const draw = async (options: Parameters<typeof subsetFile>[2]): Promise<[string, Subset]> => {
      const made = await subsetFile(file, text, options);
      const read = decodeManifest(new TextEncoder().encode(made));
      if ('reason' in read) throw new Error(read.reason);
      return [made, read];
    };
    const [sharedText, sharedSubset] = await draw({ name: 'shared-6', design: { kind: 'random', n: 6 } });
    const [splitText, splitSubset] = await draw({
      name: 'split-9',
      design: { kind: 'random', n: 9 },
      raters: ['rater-1', 'rater-2', 'rater-3'],
      overlap: 2,
      seed: 5,
    });
    shared = sharedSubset;
    split = splitSubset;
    workbench = await openWorkbench({
      files: {
        [file]: text,
        [`${file}.annotations/subsets/shared-6.json`]: sharedText,
        [`${file}.annotations/subsets/split-9.json`]: splitText,
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Light Modern',
    });
    labelledBySecond(4);
    await keepMessages(workbench);
    editor = await openEditor(workbench, file);
    await editor.frame.getByTestId('list-chooser').selectOption('shared-6');
    await editor.waitForProgress('0 / 6');
  });
  after(() => workbench?.dispose());

  it('tells how far each is', async () => {
    await editor.score('3', 1, 6);
    await editor.waitForItem(2);
    await editor.frame.getByText('Progress', { exact: true }).click();
    await editor.frame.locator('dialog[open]').waitFor();
    assert.deepEqual(await tableRows(), ['rater-1 (you) 1 / 6', 'rater-2 4 / 6']);
    await workbench.screenshot('raters-progress');
    await workbench.page.keyboard.press('Escape');
    await editor.frame.locator('dialog[open]').waitFor({ state: 'detached' });
  });

  it('shows nothing of what another has said while one is blind', async () => {
    for (let done = 2; done <= 6; done++) {
      await editor.waitForItem(done);
      await editor.score('3', done, 6);
    }
    await editor.frame.getByText('shared-6 is done').waitFor();
    const seen = await everythingVisible(workbench);
    assert.ok(seen.includes('rater-2'), 'the check does not see the progress');
    assert.ok(!seen.includes('second-opinion'));
  });

  it('shows the others’ labels of an item after the reveal, once all of them are in', async () => {
    const { frame } = editor;
    await frame.getByTestId('reveal').click();
    await frame.getByTestId('judge').waitFor();
    await frame.locator('.row').filter({ hasText: 'Item 2' }).click();
    await editor.waitForItem(2);
    await frame.getByText(noteOf(1)).waitFor();
    assert.match(await compare(), /9\s+rater-2/);
    await workbench.screenshot('raters-compared');
    await frame.locator('.row').filter({ hasText: 'Item 6' }).click();
    await editor.waitForItem(6);
    assert.match(await compare(), /One rater has not labelled this item yet/);
    await workbench.screenshot('raters-waiting');

    labelledBySecond(6);
    await frame.getByText(noteOf(5)).waitFor({ timeout: 15_000 });
    assert.match(await compare(), /9\s+rater-2/);
  });

  it('gives each rater the slots that are that rater’s, and keeps the judge from the next one', async () => {
    const { frame } = editor;
    await frame.getByTestId('list-chooser').selectOption('split-9');
    await editor.waitForProgress(`0 / ${String(slotsOf('rater-1'))}`);
    await editor.waitForItem(1);
    await editor.score('2', 1, slotsOf('rater-1'));
    await frame.getByText('Progress', { exact: true }).click();
    await frame.locator('dialog[open]').waitFor();
    assert.deepEqual(await tableRows(), [
      `rater-1 (you) 1 / ${String(slotsOf('rater-1'))}`,
      `rater-2 0 / ${String(slotsOf('rater-2'))}`,
      `rater-3 0 / ${String(slotsOf('rater-3'))}`,
    ]);
    await workbench.page.keyboard.press('Escape');

    workbench.changeSettings({ 'rolloutAnnotator.rater': 'rater-3' });
    await editor.waitForProgress(`0 / ${String(slotsOf('rater-3'))}`);
    await editor.waitForItem(1);
    await frame.getByTestId('list-chooser').selectOption('shared-6');
    await editor.waitForProgress('0 / 6');
    assert.equal(await frame.getByTestId('judge').count(), 0);
    assert.equal(await frame.getByTestId('compare').count(), 0);
    await workbench.screenshot('raters-third');
  });
});
