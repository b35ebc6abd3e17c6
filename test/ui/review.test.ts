import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { LabelEvent } from '../../src/core/labels/labelEvent';
import { encodeEvent } from '../../src/core/labels/labelLog';
import { frustrationRubric, rubricHash } from '../../src/core/labels/rubric';
import { decodeManifest, type Manifest, type Subset } from '../../src/core/subset/manifest';
import { type EditorPage, openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { subsetFile } from './support/subsetFile';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
/** By rollout: what the judge gave, and the key that the rater presses. */
const judged = [8, 2, 5, 0, 9, 6, 3, 4];
const pressed = [3, 2, 7, 6, 8, 6, 0, 10];
const explained = (rollout: number): string => `The judge’s reason for number ${String(rollout)}.`;

/** Eight answers, each with a judge score, an explanation and a quote that stands in it. */
const text = judged
  .map((score, rollout) =>
    JSON.stringify({
      id: `math-${String(rollout)}`,
      condition: rollout % 2 === 0 ? 'baseline' : 'treated',
      messages: [
        { role: 'user', content: `Puzzle ${String(rollout)}: make 24 from four numbers.` },
        {
          role: 'assistant',
          content: `I multiply and I add, and I still do not arrive at 24. This is attempt number ${String(rollout)}.`,
          judge: {
            criterion: 'frustration',
            score,
            explanation: explained(rollout),
            evidence: 'I still do not arrive',
            model: 'judge-model',
            run: 'r1',
          },
        },
      ],
    }),
  )
  .map(line => `${line}\n`)
  .join('');

/** Counted by hand from the two lists above: rollout and Δ = judge less human, the largest first. */
const apart = [
  [3, '−6'],
  [7, '−6'],
  [0, '+5'],
  [6, '+3'],
  [2, '−2'],
  [4, '+1'],
] as const;

describe('the review of disagreements', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let editor: EditorPage;

  const rows = async (): Promise<string[]> =>
    (await editor.frame.locator('.list .row').allInnerTexts()).map(row => row.replace(/\s+/g, ' ').trim());
  const waitForRows = async (count: number): Promise<void> => {
    for (let left = 60; left > 0 && (await rows()).length !== count; left--)
      await workbench.page.waitForTimeout(50);
    assert.equal((await rows()).length, count);
  };
  const waitForRollout = (rollout: number): Promise<void> =>
    editor.frame
      .getByTestId('item-heading')
      .filter({ hasText: `math-${String(rollout)} ` })
      .waitFor();
  const waitForReviewed = (words: string): Promise<void> =>
    editor.frame.getByTestId('reviewed').filter({ hasText: words }).waitFor();
  const chip = (cause: string) => editor.frame.locator(`.chip[data-cause="${cause}"]`);
  const count = async (cause: string): Promise<number> => Number(await chip(cause).locator('b').innerText());
  /** Tags the item on the screen as a person does: `w`, along with the arrow keys, Enter. */
  const tag = async (steps: number, reviewed: string): Promise<void> => {
    await workbench.page.keyboard.press('w');
    for (let step = 0; step < steps; step++) await workbench.page.keyboard.press('ArrowRight');
    await workbench.page.keyboard.press('Enter');
    await waitForReviewed(reviewed);
  };

  before(async () => {
    workbench = await openWorkbench({
      files: { [file]: text },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Dark Modern',
      viewport: { width: 1200, height: 720 },
      // VS Code 1.100 shows no dialog of an extension under development.
      installed: true,
    });
    await workbench.executeCommand('workbench.action.closeSidebar');
    editor = await openEditor(workbench, file);
  });
  after(() => workbench?.dispose());

  it('is not to be had while one is blind, and its command ends no blindness by itself', async () => {
    for (const [index, value] of pressed.entries()) {
      await editor.waitForItem(index + 1);
      await editor.score(value === 10 ? 't' : String(value), index + 1, judged.length);
    }
    await editor.press('k');
    const options = editor.frame.getByTestId('filter').locator('option');
    assert.ok(!(await options.allInnerTexts()).includes('Disagreements'));
    await workbench.runCommand('Rollout Annotator: Review Disagreements');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Show the judge?').waitFor();
    await workbench.screenshot('review-asks');
    await dialog.getByText('Cancel', { exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await editor.frame.getByTestId('judge').count(), 0);
    assert.equal(await editor.frame.getByTestId('review-bar').count(), 0);
    assert.ok(labelsOnDisk(join(workbench.workspace, file)).every(({ kind }) => kind === 'score'));
  });

  it('shows the judge once that is confirmed, and lists the items farthest apart first', async () => {
    await workbench.runCommand('Rollout Annotator: Review Disagreements');
    await workbench.page.locator('.monaco-dialog-box').getByText('Show Judge', { exact: true }).click();
    await editor.frame.getByTestId('review-bar').waitFor();
    assert.equal(labelsOnDisk(join(workbench.workspace, file)).at(-1)?.kind, 'exposed');
    await waitForRows(apart.length);
    assert.deepEqual(
      await rows(),
      apart.map(
        ([rollout, difference]) =>
          `math-${String(rollout)} · turn 1 Δ ${difference} ${String(pressed[rollout])} ${String(judged[rollout])} not tagged`,
      ),
    );
    await waitForReviewed('0 of 6 reviewed');
    assert.equal(await count('untagged'), 6);
    await waitForRollout(3);
  });

  it('has both reasons side by side: the judge’s words and quote, the rater’s note and evidence', async () => {
    const { frame } = editor;
    await editor.focus();
    await workbench.page.keyboard.press('n');
    await workbench.page.keyboard.type('It says so in plain words.');
    await workbench.page.keyboard.press('Escape');
    const sides = frame.getByTestId('rationales').locator('.side');
    await sides.first().getByText('It says so in plain words.').waitFor();
    assert.match(await sides.nth(0).innerText(), /You 6/);
    const judge = await sides.nth(1).innerText();
    assert.ok(judge.includes('Judge 0') && judge.includes(explained(3)), judge);
    assert.ok(judge.includes('“I still do not arrive”'), judge);
    const [mine, other] = [await sides.nth(0).boundingBox(), await sides.nth(1).boundingBox()];
    assert.ok(mine && other && mine.y === other.y && mine.x + mine.width <= other.x, 'not side by side');
    await workbench.screenshot('review-dark');
  });

  it('takes a cause by keys alone, counts it, and goes on to the next', async () => {
    await editor.focus();
    await tag(0, '1 of 6 reviewed');
    assert.deepEqual([await count('judge-wrong'), await count('untagged')], [1, 5]);
    await workbench.page.keyboard.press('j');
    await waitForRollout(7);
    await tag(1, '2 of 6 reviewed');
    await workbench.page.keyboard.press('j');
    await waitForRollout(0);
    await tag(0, '3 of 6 reviewed');
    assert.deepEqual(
      labelsOnDisk(join(workbench.workspace, file)).flatMap(event =>
        event.kind === 'cause' ? [[event.item.rollout, event.code]] : [],
      ),
      [
        ['math-3', 'judge-wrong'],
        ['math-7', 'rubric-gap'],
        ['math-0', 'judge-wrong'],
      ],
    );
  });

  it('shows those of one cause when its count is pressed, and all again when it is pressed once more', async () => {
    await chip('judge-wrong').click();
    await waitForRows(2);
    assert.deepEqual(
      (await rows()).map(row => row.split(' ')[0]),
      ['math-3', 'math-0'],
    );
    await waitForRollout(3);
    await workbench.screenshot('review-one-cause');
    await chip('judge-wrong').click();
    await waitForRows(6);
  });

  it('leaves one where one is in the order when a tag takes the item out of the list', async () => {
    await chip('untagged').click();
    await waitForRows(3);
    await waitForRollout(6);
    await workbench.page.keyboard.press('j');
    await waitForRollout(2);
    await tag(2, '4 of 6 reviewed');
    await waitForRows(2);
    await workbench.page.keyboard.press('j');
    await waitForRollout(4);
    await chip('untagged').click();
    await waitForRows(6);
  });

  it('is narrowed by how far apart the scores are, and by whether they cross the threshold', async () => {
    const distance = editor.frame.getByTestId('apart');
    await distance.selectOption({ label: 'Judge ≥ 3 away' });
    await waitForRows(4);
    await waitForReviewed('3 of 4 reviewed');
    await distance.selectOption({ label: 'Across ≥ 5' });
    // 0 against 6, 4 against 10, 8 against 3.
    await waitForRows(3);
    assert.deepEqual(
      (await rows()).map(row => row.split(' ')[0]),
      ['math-3', 'math-7', 'math-0'],
    );
    await distance.selectOption({ label: 'Any difference' });
    await waitForRows(6);
  });

  it('ends with a line of counts that leads to the report', async () => {
    await editor.focus();
    await chip('untagged').click();
    await waitForRows(2);
    await waitForRollout(6);
    await tag(4, '5 of 6 reviewed');
    await workbench.page.keyboard.press('j');
    await waitForRollout(4);
    await tag(3, '6 of 6 reviewed');
    const done = editor.frame.getByTestId('review-done');
    await done.waitFor();
    assert.match(
      await done.innerText(),
      /^All 6 are reviewed: 2 judge wrong, 1 rubric gap, 1 rater slip, 1 corrupted text, 1 other\./,
    );
    await chip('untagged').click();
    await waitForRows(6);
    await workbench.screenshot('review-done');
  });

  it('fits its window in light, in high contrast, at 900 pixels and narrower', async () => {
    const { page } = workbench;
    const looks = [
      ['light', 'Default Light Modern', 1200],
      ['high-contrast', 'Default High Contrast', 1200],
      ['900', 'Default Dark Modern', 900],
      ['narrow', 'Default Dark Modern', 620],
    ] as const;
    for (const [name, theme, width] of looks) {
      workbench.changeSettings({ 'workbench.colorTheme': theme });
      await page.setViewportSize({ width, height: 720 });
      await page.waitForTimeout(1500);
      await workbench.screenshot(`review-${name}`);
      const wide = await editor.frame
        .locator('.editor')
        .evaluate(element => element.scrollWidth - element.clientWidth);
      assert.equal(wide, 0, `the editor is wider than its window at ${String(width)}`);
      const bar = editor.frame.getByTestId('review-bar');
      const cut = await bar.evaluate(element =>
        [...element.querySelectorAll('button, h2, p')]
          .filter(each => {
            const { right, left } = each.getBoundingClientRect();
            return right > element.getBoundingClientRect().right + 1 || left < 0;
          })
          .map(each => each.textContent),
      );
      assert.deepEqual(cut, []);
    }
    await page.setViewportSize({ width: 1200, height: 720 });
  });

  it('is left by its cross, and by hiding the judge', async () => {
    const { frame } = editor;
    await frame.getByRole('button', { name: 'Leave the review' }).click();
    await frame.getByTestId('review-bar').waitFor({ state: 'detached' });
    await frame.getByTestId('filter').selectOption('disagreements');
    await frame.getByTestId('review-bar').waitFor();
    await editor.focus();
    await editor.press('b');
    await frame.getByTestId('review-bar').waitFor({ state: 'detached' });
    assert.equal(await frame.getByTestId('rationales').count(), 0);
    assert.deepEqual(workbench.consoleErrors, []);
  });
});

/** Rollout by slot: the order in which a subset asks. */
const rolloutsOf = ({ items }: Manifest): number[] =>
  items.map(({ item }) => Number(item.rollout.slice('math-'.length)));

/** The second rater is a point above the judge, but says the same where the judge gave 5 or more. */
const second = (rollout: number): number => (judged[rollout]! < 5 ? judged[rollout]! + 1 : judged[rollout]!);

/** What rater-2 has said of all slots of a subset, on another machine: a score and a note each. */
function labelsOfSecond({ manifest, sha256 }: Subset): string {
  const events = manifest.items.flatMap(({ item, slot }): LabelEvent[] => {
    const rollout = Number(item.rollout.slice('math-'.length));
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
        value: second(rollout),
        scale: { ...frustrationRubric.scale },
        rubric: rubricHash(frustrationRubric),
        phase: 'first',
        judgeVisible: false,
      },
      { ...common, kind: 'note', id: id(1), text: `second opinion on ${String(rollout)}` },
    ];
  });
  return events.map(encodeEvent).join('');
}

describe('the review of a subset that two have labelled', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let editor: EditorPage;
  let order: number[];
  const scores = (): number =>
    labelsOnDisk(join(workbench.workspace, file)).filter(
      ({ kind, rater }) => kind === 'score' && rater === 'rater-1',
    ).length;
  /** Presses the first count of the report behind which there are several items; gives its title and how many. */
  const pressCount = async (): Promise<{ title: string; items: number }> => {
    const report = workbench.editorFrame();
    await report.locator('button.count').first().waitFor({ timeout: 30_000 });
    for (const button of await report.locator('button.count').all()) {
      const items = Number(await button.innerText());
      if (!(items > 1)) continue;
      const title = ((await button.getAttribute('title')) ?? '').replace('Open: ', '');
      await button.click();
      return { title, items };
    }
    assert.fail('the report has no count of several items');
  };

  before(async () => {
    const manifest = await subsetFile(file, text, { name: 'val-8', design: { kind: 'random', n: 8 } });
    const read = decodeManifest(new TextEncoder().encode(manifest));
    if ('reason' in read) throw new Error(read.reason);
    order = rolloutsOf(read.manifest);
    workbench = await openWorkbench({
      files: {
        [file]: text,
        [`${file}.annotations/subsets/val-8.json`]: manifest,
        [`${file}.annotations/labels/rater-2/abcdefgh.jsonl`]: labelsOfSecond(read),
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Light Modern',
      installed: true,
    });
    await workbench.executeCommand('workbench.action.closeSidebar');
    editor = await openEditor(workbench, file);
    await editor.frame.getByTestId('list-chooser').selectOption('val-8');
    await editor.waitForProgress('0 / 8');
  });
  after(() => workbench?.dispose());

  const label = async (slot: number): Promise<void> => {
    await editor.waitForItem(slot + 1);
    const value = pressed[order[slot]!]!;
    await editor.score(value === 10 ? 't' : String(value), slot + 1, 8);
  };

  it('gives no list of a count of the report while the subset is open, though the report was', async () => {
    for (let slot = 0; slot < 5; slot++) await label(slot);
    await editor.frame.getByText('Progress', { exact: true }).click();
    await editor.frame.getByText('Open agreement report…').click();
    await editor.frame.getByText('Open report', { exact: true }).click();
    const { title } = await pressCount();
    const { page } = workbench;
    await page
      .getByText(/The judge stays hidden until the subset is done: 3 of 8 to go/)
      .first()
      .waitFor();
    await workbench.screenshot('review-picked-refused');
    await workbench.executeCommand('workbench.action.closeActiveEditor');
    editor = await openEditor(workbench, file);
    assert.equal(await editor.frame.getByTestId('picked-bar').count(), 0);
    assert.ok(!(await editor.frame.locator('body').innerText()).includes(title));
    await workbench.runCommand('Rollout Annotator: Review Disagreements');
    await page
      .getByText(/The disagreements of judge and human .* 3 of 8 to go/)
      .first()
      .waitFor();
    assert.equal(await editor.frame.getByTestId('review-bar').count(), 0);
    for (let slot = 5; slot < 8; slot++) await label(slot);
    const done = editor.frame.getByRole('dialog', { name: 'val-8 is done' });
    await done.waitFor();
    await editor.focus();
    await page.keyboard.press('Escape');
    await done.waitFor({ state: 'detached' });
  });

  it('shows the others’ reasons beside one’s own and the judge’s, and settles what the raters differ on', async () => {
    const { frame } = editor;
    await workbench.runCommand('Rollout Annotator: Review Disagreements');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Scores that you give after the judge is shown are revisions').waitFor();
    await dialog.getByText('Show Judge', { exact: true }).click();
    await frame.getByTestId('review-bar').waitFor();
    await frame.getByTestId('apart').selectOption({ label: 'Raters differ' });
    // rater-1 against rater-2: 3 8, 2 3, 7 5, 6 1, 8 9, 6 6, 0 4, 10 5: all but one.
    await frame.getByTestId('reviewed').filter({ hasText: '0 of 7 reviewed' }).waitFor();
    const heading = await editor.heading();
    const slot = Number(/^Item (\d+) /.exec(heading)?.[1]) - 1;
    const rollout = order[slot]!;
    assert.equal(Math.abs(judged[rollout]! - pressed[rollout]!), 6);
    const sides = frame.getByTestId('rationales').locator('.side');
    assert.equal(await sides.count(), 3);
    assert.match(await sides.nth(2).innerText(), new RegExp(`rater-2 ${String(second(rollout))}`));
    assert.ok((await sides.nth(2).innerText()).includes(`second opinion on ${String(rollout)}`));
    await frame.getByRole('button', { name: 'Adjudicate' }).click();
    await workbench.screenshot('review-raters');
    await editor.focus();
    await editor.press('5');
    await frame.getByTestId('reviewed').filter({ hasText: '1 of 7 reviewed' }).waitFor();
    const stored = labelsOnDisk(join(workbench.workspace, file)).find(({ rater }) => rater === 'consensus');
    assert.deepEqual(stored?.kind === 'score' && [stored.value, stored.by, stored.item.rollout], [
      5,
      'rater-1',
      `math-${String(rollout)}`,
    ]);
    assert.equal(scores(), 8);
    assert.notEqual(await editor.heading(), heading);
  });

  it('lists exactly the items behind a count of the report, under its title, until one leaves it', async () => {
    const { frame } = editor;
    await frame.getByRole('button', { name: 'Leave the review' }).click();
    await frame.getByText('Agreement report').click();
    const { title, items } = await pressCount();
    await frame.getByTestId('picked-bar').waitFor();
    const bar = await frame.getByTestId('picked-bar').innerText();
    assert.ok(bar.includes(title) && bar.includes(`${String(items)} items`), bar);
    await workbench.page.waitForTimeout(500);
    assert.equal(await frame.locator('.list .row').count(), items);
    await workbench.screenshot('review-picked');
    await frame.getByRole('button', { name: 'Back to all items' }).click();
    await frame.getByTestId('picked-bar').waitFor({ state: 'detached' });
    await workbench.page.waitForTimeout(300);
    assert.equal(await frame.locator('.list .row').count(), 8);
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
