import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { linkTo, openLink } from '../../src/host/links/openLink';
import { sharedSessions } from '../../src/host/sharedSessions';
import { eventually } from './eventually';

const extensionId = 'rollout-annotator.rollout-annotator';

describe('links to turns', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-host-'));
  const file = join(folder, 'a & b=c.rollouts.jsonl');
  const diagnostics = vscode.languages.createDiagnosticCollection('links-test');
  const sessions = sharedSessions(
    {
      storage: vscode.Uri.file(join(folder, 'storage')),
      extension: vscode.extensions.getExtension(extensionId)?.extensionUri ?? vscode.Uri.file(folder),
    },
    diagnostics,
  );
  const uriOf = (target: Parameters<typeof linkTo>[2]): vscode.Uri =>
    vscode.Uri.parse(linkTo(extensionId, vscode.Uri.file(file), target));
  const turn = { kind: 'turn', rollout: 'x & y=1%41', turn: 2, criterion: 'frustration' } as const;
  const activeFile = (): string | undefined => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputCustom ? input.uri.fsPath : undefined;
  };

  before(() => {
    const messages = [
      { role: 'user', content: 'Name a prime.' },
      { role: 'assistant', content: 'Seven.' },
      { role: 'user', content: 'Another.' },
      { role: 'assistant', content: 'Eleven.' },
    ];
    writeFileSync(file, `${JSON.stringify({ id: turn.rollout, messages })}\n`);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    diagnostics.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('name the extension, and their values pass through a URI of VS Code', () => {
    const uri = uriOf(turn);
    assert.equal(uri.authority, extensionId);
    assert.equal(uri.scheme, vscode.env.uriScheme);
    assert.equal(uri.path, '/open');
  });

  it('open a file outside the open folders only once its path was agreed to', async () => {
    const asked: string[] = [];
    const answer = (agrees: boolean) => (path: string) => (asked.push(path), Promise.resolve(agrees));
    await openLink(uriOf(turn), sessions, answer(false));
    assert.deepEqual(asked, [file]);
    assert.notEqual(activeFile(), file);
    assert.deepEqual(sessions.openFiles(), []);
    await openLink(uriOf(turn), sessions, answer(true));
    assert.equal(await eventually(activeFile), file);
  });

  it('that lead nowhere reject with a sentence', async () => {
    const agree = (): Promise<boolean> => Promise.resolve(true);
    await assert.rejects(openLink(uriOf({ ...turn, turn: 9 }), sessions, agree), /no turn 9 to score/);
    await assert.rejects(
      openLink(vscode.Uri.parse(`vscode://${extensionId}/open?path=../x&item=1`), sessions, agree),
      /incomplete or damaged/,
    );
    await assert.rejects(
      openLink(vscode.Uri.parse(`vscode://${extensionId}/close`), sessions, agree),
      /not one to a turn/,
    );
    await assert.rejects(
      openLink(
        vscode.Uri.parse(`vscode://${extensionId}/open?path=nowhere.jsonl&item=1&criterion=frustration`),
        sessions,
        agree,
      ),
      /open the folder|hold no file/,
    );
  });
});
