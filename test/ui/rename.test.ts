import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { openWorkbench, type Workbench } from './support/workbench';

const earlier = 'run.rollouts.jsonl';
const now = 'gemma-baseline.rollouts.jsonl';
const { text } = rejectionRun(4);

describe('a rollout file that was renamed', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      files: { [earlier]: text },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Light Modern',
      installed: true,
    });
  });
  after(() => workbench?.dispose());

  it('gets its labels back by the button of a notification', async () => {
    const { page, workspace } = workbench;
    const path = (name: string): string => join(workspace, name);
    const first = await openEditor(workbench, earlier);
    for (const [index, key] of ['3', '7', '0'].entries()) await first.score(key, index + 1, 12);
    const labels = labelsOnDisk(path(earlier)).map(({ id }) => id);
    await workbench.executeCommand('workbench.action.closeActiveEditor');
    renameSync(path(earlier), path(now));

    const second = await openEditor(workbench, now);
    await second.waitForProgress('0 / 12');
    const offer = page.locator('.notification-toast').filter({ hasText: 'under its earlier name' });
    await offer.waitFor();
    await workbench.screenshot('rename-offer');
    await offer.getByRole('button', { name: 'Attach' }).click();
    await second.waitForProgress('3 / 12');
    // On the first item a key would revise the label that has come back.
    await second.waitForItem(4);
    await workbench.screenshot('rename-attached');
    assert.deepEqual(
      labelsOnDisk(path(now)).map(({ id }) => id),
      labels,
    );
    assert.ok(!existsSync(path(`${earlier}.annotations`)));
    await second.score('5', 4, 12);
    const said = JSON.parse(readFileSync(join(path(`${now}.annotations`), 'source.json'), 'utf8')) as object;
    assert.equal((said as { name?: string }).name, now);
  });
});
