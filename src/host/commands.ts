import * as vscode from 'vscode';
import { refuseRater } from '../core/labels/labelEvent';
import type { ActiveEditors } from './activeEditors';
import { commands, viewTypes } from './ids';
import { openSample } from './openSample';
import { openReport } from './session/answer';
import { configuredRater, proposedRater, saveRater } from './rater';

/** Registers the palette's and menus' commands. */
export function registerCommands(context: vscode.ExtensionContext, active: ActiveEditors): void {
  const register = (id: string, run: (...args: never[]) => Promise<void>): void => {
    context.subscriptions.push(
      vscode.commands.registerCommand(id, async (...args: never[]) => {
        try {
          await run(...args);
        } catch (error) {
          void vscode.window.showErrorMessage(
            `Rollout Annotator: ${error instanceof Error ? error.message : String(error)}`,
          );
        }
      }),
    );
  };
  register(commands.openSample, () =>
    openSample(
      context.extensionUri,
      context.globalStorageUri,
      (context.extension.packageJSON as { version: string }).version,
    ),
  );
  register(commands.openFile, async (uri?: vscode.Uri) => {
    const file = uri ?? vscode.window.activeTextEditor?.document.uri;
    if (file) await vscode.commands.executeCommand('vscode.openWith', file, viewTypes.option);
  });
  register(commands.openReport, async () => {
    const editor = active.current;
    if (!editor) return;
    const { document, tab } = editor;
    const { confirm } = await openReport(document.session, tab, false);
    if (confirm === null) return;
    const go = await vscode.window.showWarningMessage(
      'Open the agreement report?',
      { modal: true, detail: confirm },
      'Open Report',
    );
    if (go !== undefined) await openReport(document.session, tab, true);
  });
  register(commands.changeRater, async () => {
    const name = await vscode.window.showInputBox({
      title: 'Rater',
      prompt: 'Who labels on this machine: written with every label from now on.',
      value: configuredRater() ?? (await proposedRater()),
      validateInput: text => refuseRater(text),
    });
    if (name !== undefined) await saveRater(name);
  });
}
