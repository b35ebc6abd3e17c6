import * as vscode from 'vscode';
import { activeEditors } from './host/activeEditors';
import { analysisPanels } from './host/analysisPanels';
import { registerCommands } from './host/commands';
import { EditorProvider } from './host/editorProvider';
import { viewTypes, views } from './host/ids';
import { lastLists } from './host/lastLists';
import { linkHandler } from './host/links/openLink';
import { openList } from './host/openEditor';
import { reportPanels } from './host/reportPanels';
import { sharedSessions } from './host/sharedSessions';
import { subsetPanels } from './host/subsetPanel';
import { rolloutTree } from './host/tree/rolloutTree';

export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri: extension, globalStorageUri: storage, subscriptions, workspaceState } = context;
  const diagnostics = vscode.languages.createDiagnosticCollection('rolloutAnnotator');
  const sessions = sharedSessions({ extension, storage }, diagnostics);
  const active = activeEditors();
  const reports = reportPanels(context, sessions.open);
  const analyses = analysisPanels(context, sessions.open);
  const subsets = subsetPanels(extension, sessions.open, (uri, criterion, name) =>
    openList(sessions, uri, criterion, name),
  );
  const tree = rolloutTree(sessions);
  const lists = lastLists(workspaceState);
  const provider = new EditorProvider(
    extension,
    sessions.open,
    reports,
    subsets,
    active,
    lists,
    context.extension.id,
  );
  const register = (viewType: string): vscode.Disposable =>
    vscode.window.registerCustomEditorProvider(viewType, provider, {
      supportsMultipleEditorsPerDocument: true,
    });
  subscriptions.push(
    diagnostics,
    active,
    tree,
    vscode.window.registerUriHandler(linkHandler(sessions)),
    vscode.window.registerTreeDataProvider(views.subsets, tree),
    register(viewTypes.editor),
    register(viewTypes.option),
  );
  registerCommands(context, { sessions, active, reports, analyses, subsets, tree });
}
