import { strict as assert } from 'node:assert';
import { type EditorPage, openEditor } from './support/editorPage';
import { hostileTexts } from './support/hostileTexts';
import { policyBreaches } from './support/pageErrors';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'hostile.rollouts.jsonl';
const aRollout = 20;

/** Rollouts of one turn which hold every text in messages, reasoning, tool calls, the judge's words, ids and fields. */
const rollouts = Array.from({ length: Math.ceil(hostileTexts.length / aRollout) }, (_, index) => {
  const texts = hostileTexts.slice(index * aRollout, (index + 1) * aRollout).map(({ text }) => text);
  const [first = '', second = '', third = ''] = texts;
  const all = texts.join('\n\n');
  const judge = {
    criterion: 'frustration',
    score: index % 11,
    explanation: all,
    evidence: first,
    model: second,
    run: 'r1',
  };
  return {
    id: `${String(index)} ${first.slice(0, 300)}`,
    model: second.slice(0, 200),
    condition: third.slice(0, 200),
    provider: first.slice(0, 200),
    metadata: { [first.slice(0, 100)]: second, constructor: third },
    messages: [
      { role: 'system', content: all },
      { role: 'user', content: all },
      { role: first.slice(0, 60), content: all },
      {
        role: 'assistant',
        content: all,
        reasoning: all,
        tool_calls: [{ id: 'c', type: 'function', function: { name: second.slice(0, 200), arguments: all } }],
        judge,
      },
      { role: 'tool', tool_call_id: 'c', name: third.slice(0, 100), content: all },
    ],
  };
});
const text = rollouts
  .map(rollout => JSON.stringify(rollout).replace('"metadata":{', '"metadata":{"__proto__":{"ran":1},'))
  .join('\n');

describe('hostile text in every view', function () {
  this.timeout(300_000);
  let workbench: Workbench;
  let editor: EditorPage;
  const dialogs: string[] = [];
  let hosts: string[];

  const items = rollouts.length;
  /** Where each frame of the window is, without what differs from load to load. */
  const frameHosts = (): string[] => [
    ...new Set(workbench.page.frames().map(frame => new URL(frame.url()).protocol)),
  ];
  /** Nothing of the texts has run, asked a server, opened a dialog or taken a frame elsewhere. */
  const assertInert = async (view: string): Promise<void> => {
    await workbench.screenshot(`hostile-${view}`);
    for (const frame of workbench.page.frames()) {
      const ran = await frame.evaluate(() => (globalThis as { ran?: unknown }).ran).catch(() => undefined);
      assert.equal(ran, undefined, `${view}: text number ${String(ran)} has run`);
    }
    const overflow = await workbench
      .editorFrame()
      .locator('html')
      .evaluate(html => [html.scrollTop, html.scrollWidth - html.clientWidth]);
    assert.deepEqual(overflow, [0, 0], `${view}: the page has moved`);
    assert.deepEqual(policyBreaches(workbench), [], view);
    assert.deepEqual(workbench.consoleErrors, [], view);
    assert.deepEqual(dialogs, [], view);
    assert.deepEqual(
      frameHosts().filter(host => !hosts.includes(host)),
      [],
      view,
    );
  };
  /** Goes through all items, and reads what the pages keep out of sight till then. */
  const throughAll = async (): Promise<void> => {
    for (let step = 1; step < items; step++) await editor.press('j');
    for (let step = 1; step < items; step++) await workbench.page.keyboard.press('k');
  };

  before(async () => {
    workbench = await openWorkbench({
      files: { [file]: `${text}\n` },
      settings: { 'rolloutAnnotator.rater': 'rater-1', 'workbench.activityBar.location': 'hidden' },
      installed: true,
    });
    workbench.page.on('dialog', dialog => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    editor = await openEditor(workbench, file);
    await workbench.executeCommand('workbench.action.closeSidebar');
    await editor.focus();
    hosts = frameHosts();
  });
  after(() => workbench?.dispose());

  it('is over 200 texts, each another one', () => {
    assert.ok(hostileTexts.length >= 200, String(hostileTexts.length));
    assert.equal(new Set(hostileTexts.map(hostile => hostile.text)).size, hostileTexts.length);
  });

  it('is text in the blind transcript, as it stands and as Markdown', async () => {
    await editor.press('e');
    await throughAll();
    await assertInert('raw');
    await editor.press('m');
    await throughAll();
    await assertInert('markdown');
    await editor.press('m');
    await editor.score('3', 1, items);
  });

  it('can’t hold the page up by an expression that never ends', async () => {
    await editor.press('/');
    await editor.frame.getByLabel('Regular expression').click();
    await editor.frame.getByTestId('search').fill('(a+)+$');
    await workbench.page.waitForTimeout(1500);
    await assertInert('endless');
    await editor.frame.getByLabel('Regular expression').click();
    await editor.frame.getByTestId('search').fill('ran=7');
    await editor.frame.getByTestId('search-count').filter({ hasText: /\d/ }).waitFor();
    await editor.frame.locator('.searchrow').first().click();
    await assertInert('search');
    await editor.frame.getByTestId('search').press('Escape');
    await editor.focus();
    const before = (await editor.progress()).split(' ')[0];
    assert.equal(before, '1');
  });

  it('is text beside the judge, in the list, its query and the raw record', async () => {
    await editor.press('b');
    await editor.frame.getByTestId('judge').waitFor();
    await throughAll();
    await assertInert('judge');
    await editor.press('m');
    await throughAll();
    await assertInert('judge-markdown');
    await editor.press('r');
    await editor.frame.locator('dialog[open]').waitFor();
    await assertInert('record');
    await workbench.page.keyboard.press('Escape');
    const query = editor.frame.getByLabel('Narrow the list');
    for (const asked of ['__proto__:1', 'constructor:x', 'provider:"<script>"', '']) {
      await query.fill(asked);
      await query.press('Enter');
      await assertInert('query');
    }
  });

  it('is text in the report, the analysis, the subset panel and the view', async () => {
    await workbench.openFile(file);
    await workbench.executeCommand('rolloutAnnotator.openReport');
    await workbench.editorFrame().locator('h1').first().waitFor();
    await assertInert('report');
    await workbench.openFile(file);
    await workbench.executeCommand('rolloutAnnotator.openAnalysis');
    await workbench.editorFrame().locator('h1').first().waitFor();
    await assertInert('analysis');
    await workbench.openFile(file);
    await workbench.executeCommand('rolloutAnnotator.newSubset');
    await workbench.editorFrame().getByText('Create subset').waitFor();
    await assertInert('subset');
    await workbench.executeCommand('workbench.view.extension.rolloutAnnotator');
    await assertInert('view');
  });

  it('leaves the editor usable: a key labels', async () => {
    editor = await openEditor(workbench, file);
    await editor.frame.getByTestId('progress').filter({ hasText: /^1 / }).waitFor();
    for (let step = 0; step < 3; step++) await editor.press('j');
    await editor.score('5', 2, items);
  });
});
