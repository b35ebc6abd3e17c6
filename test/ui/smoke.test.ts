import { strict as assert } from 'node:assert';
import { openWorkbench, type Workbench } from './support/workbench';

describe('VS Code with the extension', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench?.dispose());

  it('draws the sample in the custom editor', async () => {
    await workbench.openFile('sample.rollouts.jsonl');
    const heading = workbench.editorFrame().getByTestId('item-heading');
    await heading.waitFor();
    assert.match((await heading.innerText()).trim(), /^Item 1\b/);
  });

  it('asks nobody but its own server for anything', () => {
    const allowed = /^(127\.0\.0\.1|.*\.vscode-resource\.vscode-cdn\.net|)$/;
    const foreign = workbench.requests.filter(url => !allowed.test(new URL(url).hostname));
    assert.deepEqual(foreign, []);
  });

  it('reports no errors and no CSP violations', () => {
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
