import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { everythingVisible, keepMessages } from './support/visible';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const run = rejectionRun(8);

describe('blindness on the workbench', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      files: {
        [file]: run.text,
        [`${file}.annotations/judge/other.jsonl`]: '{"explanation":"canary-judge-folder","score":7}\n',
        'run.rollouts.meta.json': '{"scores":{"frustration":"canary-sidecar"}}',
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
    });
    await keepMessages(workbench);
  });
  after(() => workbench?.dispose());

  it('shows, sends and keeps nothing of judge, metadata or ids before the judge is asked for', async () => {
    const editor = await openEditor(workbench, file);
    for (const [index, key] of ['3', 'c', '5', '8', '0'].entries()) await editor.score(key, index + 1, 24);
    for (const key of ['u', 'U', 'j', 'k', 'J', 'K', 'e', 'm', 'm', 'g', 's', 'x', 'x']) {
      await editor.press(key);
    }
    await workbench.screenshot('blind');
    const seen = await everythingVisible(workbench);
    assert.ok(seen.includes('Puzzle number 2'), 'the check does not see what the editor shows');
    const found = [...run.canaries, 'canary-judge-folder', 'canary-sidecar'].filter(word =>
      seen.includes(word),
    );
    assert.deepEqual(found, []);
  });

  it('hides later turns of the rollout while it has turns to score', async () => {
    const editor = await openEditor(workbench, file);
    await workbench.page.keyboard.press('J');
    await editor.waitForItem(7);
    await editor.frame.getByText('Later turns of this rollout are hidden').waitFor();
    assert.equal(await editor.frame.locator('.message.turn').count(), 1);
  });

  it('shows score, difference, explanation and quote on b, logged as exposed before', async () => {
    const editor = await openEditor(workbench, file);
    const { page } = workbench;
    await page.keyboard.press('b');
    const judge = editor.frame.getByTestId('judge');
    await judge.waitFor();
    const events = labelsOnDisk(join(workbench.workspace, file));
    assert.deepEqual(
      events
        .filter(event => event.kind === 'exposed')
        .map(event => event.kind === 'exposed' && [event.what, event.scope]),
      [['judge', 'run']],
    );
    await editor.frame.locator('.row').first().click();
    await editor.frame.getByTestId('difference').waitFor();
    assert.match(
      await judge.innerText(),
      /you 3[\s\S]*judge 0[\s\S]*Δ −3[\s\S]*I multiply, I add[\s\S]*canary-reasoning-0/,
    );
    assert.equal(await editor.frame.locator('.target mark').innerText(), 'I multiply, I add');
    await workbench.screenshot('judge-shown');
  });

  it('is over for the rater then: the next label says so', async () => {
    const editor = await openEditor(workbench, file);
    for (const key of ['J', 'J', '6']) await editor.press(key);
    await editor.waitForProgress('6 / 24');
    const last = labelsOnDisk(join(workbench.workspace, file)).at(-1);
    assert.ok(last?.kind === 'score');
    assert.deepEqual([last.value, last.phase, last.judgeVisible], [6, 'first', true]);
  });

  it('opens blind again, and says that the judge was seen', async () => {
    await workbench.executeCommand('workbench.action.closeActiveEditor');
    const editor = await openEditor(workbench, file);
    assert.match(await editor.frame.getByTestId('blindness').innerText(), /hidden, seen before/);
    assert.equal(await editor.frame.getByTestId('judge').count(), 0);
  });

  it('breaks no content policy and asks no other server', () => {
    assert.deepEqual(workbench.consoleErrors, []);
    const allowed = /^(127\.0\.0\.1|.*\.vscode-resource\.vscode-cdn\.net|)$/;
    assert.deepEqual(
      workbench.requests.filter(url => !allowed.test(new URL(url).hostname)),
      [],
    );
  });
});
