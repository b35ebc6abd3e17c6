import * as vscode from 'vscode';
import { activeEditors } from './host/activeEditors';
import { registerCommands } from './host/commands';
import { EditorProvider } from './host/editorProvider';
import { viewTypes } from './host/ids';
import { reportPanels } from './host/reportPanels';
import { sharedSessions } from './host/sharedSessions';

export function activate(context: vscode.ExtensionContext): void {
  const diagnostics = vscode.languages.createDiagnosticCollection('rolloutAnnotator');
  const status = vscode.window.createStatusBarItem(
    'rolloutAnnotator.progress',
    vscode.StatusBarAlignment.Right,
    100,
  );
  status.name = 'Rollout Annotator';
  status.command = 'rolloutAnnotator.changeRater';
  const openShared = sharedSessions(context.globalStorageUri, diagnostics);
  const active = activeEditors(status);
  const provider = new EditorProvider(
    context.extensionUri,
    openShared,
    reportPanels(context.extensionUri, openShared),
    active,
  );
  const register = (viewType: string): vscode.Disposable =>
    vscode.window.registerCustomEditorProvider(viewType, provider, {
      supportsMultipleEditorsPerDocument: true,
    });
  context.subscriptions.push(diagnostics, status, register(viewTypes.editor), register(viewTypes.option));
  registerCommands(context, active);
}
