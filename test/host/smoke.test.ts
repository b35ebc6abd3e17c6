import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

describe('the extension in its host', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('rollout-annotator.rollout-annotator');
    assert.ok(extension, 'VS Code does not know the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
