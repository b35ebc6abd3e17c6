import * as vscode from 'vscode';
import { activeContext } from './ids';
import type { LastLists } from './lastLists';
import { linkTo } from './links/openLink';
import type { ReportPanels } from './reportPanels';
import type { SubsetPanels } from './subsetPanel';
import { answer, tabQueue } from './session/answer';
import type { Tab } from './session/answer';
import { tabSearch } from './session/searching';
import type { SharedSession } from './sharedSessions';
import type { ActiveEditors } from './activeEditors';
import { webviewHtml, webviewOptions } from './webviewHtml';

/**
 * The custom editor's duties: make a document for each file (a shared session), and for each tab a page, its answers
 * and its state. Everything else is the session's. Readonly on purpose: labels are written through at once.
 */
export class EditorProvider implements vscode.CustomReadonlyEditorProvider<SharedSession> {
  constructor(
    private readonly extension: vscode.Uri,
    private readonly openShared: (uri: vscode.Uri) => Promise<SharedSession>,
    private readonly reports: ReportPanels,
    private readonly subsets: SubsetPanels,
    private readonly active: ActiveEditors,
    private readonly lists: LastLists,
    private readonly extensionId: string,
  ) {}

  openCustomDocument(uri: vscode.Uri): Promise<SharedSession> {
    return this.openShared(uri);
  }

  resolveCustomEditor(document: SharedSession, panel: vscode.WebviewPanel): void {
    const { session, uri } = document;
    const { webview } = panel;
    webview.options = webviewOptions(this.extension);
    let ready = false;
    const search = tabSearch(
      {
        script: vscode.Uri.joinPath(this.extension, 'dist', 'searchWorker.js').fsPath,
        path: uri.scheme === 'file' ? uri.fsPath : null,
      },
      news => {
        if (ready && panel.visible) void webview.postMessage(news);
      },
    );
    const tab: Tab = {
      search,
      ...(this.lists.of(uri) ?? { criterion: initialCriterion(session), subset: null }),
      openReport: (criterion, subset) => this.reports.open(document, criterion, subset),
      newSubset: criterion => this.subsets.open(document, criterion),
      copyText: async (text, said) => {
        await vscode.env.clipboard.writeText(text);
        if (said !== undefined) void vscode.window.showInformationMessage(said);
      },
      copyLink: async target =>
        void (await vscode.env.clipboard.writeText(linkTo(this.extensionId, uri, target))),
      linkShown: () => {
        if (ready && panel.visible) void webview.postMessage({ kind: 'act', action: 'copyLink' });
      },
      showProblems: async () =>
        void (await vscode.commands.executeCommand('workbench.actions.view.problems')),
      refresh: () => {
        // A hidden page is gone: it asks for its state when it comes back, and nothing is sent into the void.
        if (ready && panel.visible)
          void webview.postMessage({ kind: 'state', state: session.editorState(tabQueue(session, tab)) });
        this.active.changed(panel);
      },
    };
    const subscriptions = [
      session.onChange(tab.refresh),
      webview.onDidReceiveMessage(async (message: unknown) => {
        const reply = await answer(session, tab, message);
        if (!reply) return;
        ready = true;
        this.lists.keep(uri, tab);
        void webview.postMessage(reply);
      }),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) {
          ready = false;
          search.stop();
        }
        if (panel.active) this.active.set(panel, document, tab);
        void vscode.commands.executeCommand('setContext', activeContext, this.active.current !== null);
      }),
    ];
    panel.onDidDispose(() => {
      search.stop();
      subscriptions.forEach(subscription => void subscription.dispose());
      this.active.remove(panel);
      void vscode.commands.executeCommand('setContext', activeContext, this.active.current !== null);
    });
    this.active.set(panel, document, tab);
    void vscode.commands.executeCommand('setContext', activeContext, true);
    webview.html = webviewHtml(webview, this.extension, 'editor', 'Rollout Annotator');
  }
}

/** A file of chains of thought without responses to score begins with legibility; all others with the first criterion. */
function initialCriterion({ state }: SharedSession['session']): string {
  const has = state.rubrics.find(rubric => state.directory.items[rubric.part].count > 0);
  return (has ?? state.rubrics[0])?.criterion ?? '';
}
