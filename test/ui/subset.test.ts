import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { Manifest } from '../../src/core/subset/manifest';
import { openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { subsetFile } from './support/subsetFile';
import { everythingVisible, keepMessages } from './support/visible';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const run = rejectionRun(40);
const keys = Array.from({ length: 100 }, (_, index) => '3456012789t'[index % 11]!);
const scoreOf = (key: string): number => (key === 't' ? 10 : Number(key));

describe('a subset of 100 items', function () {
  this.timeout(400_000);
  let workbench: Workbench;
  let manifest: Manifest;
  let pressed = 0;
  before(async () => {
    const text = await subsetFile(file, run.text, { name: 'val-100', design: { kind: 'balanced', n: 100 } });
    manifest = JSON.parse(text) as Manifest;
    workbench = await openWorkbench({
      files: { [file]: run.text, [`${file}.annotations/subsets/val-100.json`]: text },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
    });
    await keepMessages(workbench);
  });
  after(() => workbench?.dispose());

  it('is labelled with 100 keys, each label on the disk before the next item is drawn', async () => {
    const editor = await openEditor(workbench, file);
    const { frame } = editor;
    await frame.getByTestId('list-chooser').selectOption('val-100');
    await editor.waitForProgress('0 / 100');
    await editor.waitForItem(1);
    // From the key to the frame after the next item was drawn, as the page itself sees it. The page lets no other listener
    // hear its keys, but it stops each of them.
    await frame.locator('body').evaluate(() => {
      const times: number[] = [];
      Object.assign(window, { times });
      let since = 0;
      const stop = KeyboardEvent.prototype.stopImmediatePropagation;
      KeyboardEvent.prototype.stopImmediatePropagation = function (this: KeyboardEvent) {
        since = this.timeStamp;
        stop.call(this);
      };
      let heading = '';
      new MutationObserver(() => {
        const now = document.querySelector('[data-testid="item-heading"]')?.textContent ?? '';
        if (now === heading || since === 0) return;
        heading = now;
        requestAnimationFrame(() => void times.push(performance.now() - since));
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    const acting = frame.locator('.ladder[data-acts="true"]');
    for (const [index, key] of keys.entries()) {
      await acting.waitFor();
      await workbench.page.keyboard.press(key);
      pressed += 1;
      if (index < 99) await editor.waitForItem(index + 2);
      else await frame.getByText('val-100 is done').waitFor();
      const scores = labelsOnDisk(join(workbench.workspace, file)).filter(({ kind }) => kind === 'score');
      assert.equal(scores.length, index + 1, 'the next item was drawn before the label was on the disk');
      if (index === 36) await workbench.screenshot('subset-blind');
    }
    const times = await frame.locator('body').evaluate(() => (window as { times?: number[] }).times ?? []);
    times.sort((a, b) => a - b);
    console.log(
      `      from key to next item drawn: median ${times[Math.floor(times.length / 2)]?.toFixed(1) ?? '?'} ms, ` +
        `90th percentile ${times[Math.floor(times.length * 0.9)]?.toFixed(1) ?? '?'} ms, ${String(times.length)} items`,
    );
    assert.ok(times.length >= 98, `only ${String(times.length)} items were timed`);
    await workbench.screenshot('subset-done');
  });

  it('took 100 keystrokes for 100 first labels, in the order of the manifest', () => {
    assert.equal(pressed, 100);
    const scores = labelsOnDisk(join(workbench.workspace, file)).flatMap(event =>
      event.kind === 'score' ? [event] : [],
    );
    assert.deepEqual(
      scores.map(({ item, subset, value, phase, judgeVisible }) => [
        item.rollout,
        item.turn,
        subset?.name,
        subset?.slot,
        value,
        phase,
        judgeVisible,
      ]),
      manifest.items.map(({ item, slot }) => [
        item.rollout,
        item.turn,
        'val-100',
        slot,
        scoreOf(keys[slot]!),
        'first',
        false,
      ]),
    );
  });

  it('has shown, sent and kept nothing of the judge, the records or the design', async () => {
    const seen = await everythingVisible(workbench);
    assert.ok(seen.includes('Puzzle number'), 'the check does not see what the editor shows');
    const strata = manifest.strata.map(({ id }) => id).filter(id => id.includes('judge'));
    assert.ok(strata.length > 0);
    assert.deepEqual(
      [...run.canaries, ...strata].filter(word => seen.includes(word)),
      [],
    );
  });

  it('shows the judge once it is done, item by item beside one’s own score', async () => {
    const { frame } = await openEditor(workbench, file);
    await frame.getByTestId('reveal').click();
    await frame.getByTestId('judge').waitFor();
    await workbench.screenshot('subset-revealed');
    const exposed = labelsOnDisk(join(workbench.workspace, file)).flatMap(event =>
      event.kind === 'exposed' && event.what === 'judge' ? [event] : [],
    );
    assert.deepEqual(
      exposed.map(({ scope, item }) => `${scope} ${String(item?.rollout)} ${String(item?.turn)}`).sort(),
      manifest.items.map(({ item }) => `item ${item.rollout} ${String(item.turn)}`).sort(),
    );
    await frame.getByTestId('filter').selectOption('disagreements');
    await openFirstRow(frame, workbench);
    await frame.getByTestId('difference').waitFor();
    await frame.getByRole('button', { name: 'Judge wrong', exact: true }).click();
    await frame.locator('.causes [aria-pressed="true"]').waitFor();
    await workbench.screenshot('subset-disagreements');
  });

  it('stores a consensus with its provenance, as a rater of its own', async () => {
    const editor = await openEditor(workbench, file);
    await editor.frame.getByRole('button', { name: 'Adjudicate' }).click();
    await editor.frame.getByText(/^Adjudicating: /).waitFor();
    await editor.press('6');
    const stored = () =>
      labelsOnDisk(join(workbench.workspace, file)).find(({ rater }) => rater === 'consensus');
    for (let left = 50; left > 0 && !stored(); left--) await workbench.page.waitForTimeout(100);
    const consensus = stored();
    assert.ok(consensus?.kind === 'score');
    assert.deepEqual([consensus.value, consensus.by, consensus.from?.length], [6, 'rater-1', 1]);
    await workbench.screenshot('subset-adjudicating');
  });

  it('leads to the report of these 100 labels, weighted by the design', async () => {
    const { frame } = await openEditor(workbench, file);
    await frame.getByText('Agreement report').click();
    const report = workbench.editorFrame();
    await report.getByText(/on 100 turns/).waitFor();
    await workbench.screenshot('subset-report');
  });

  it('has left the rollout file as it was', () => {
    assert.equal(readFileSync(join(workbench.workspace, file), 'utf8'), run.text);
  });
});

/** Goes to the first row; the list may still change under it, and the item comes after the click. */
async function openFirstRow(frame: FrameLocator, { page }: Workbench): Promise<void> {
  const row = frame.locator('.row').first();
  for (let attempt = 1, same = 0; attempt <= 40 && same < 3; attempt++) {
    await row.click();
    await page.waitForTimeout(200);
    const [name = 'none'] = /Item \d+/.exec(await row.innerText()) ?? [];
    const heading = await frame.getByTestId('item-heading').innerText();
    same = heading.startsWith(`${name} `) ? same + 1 : 0;
  }
}
