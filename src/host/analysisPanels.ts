import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { AnalysisReport } from '../core/analysis/analysisReport';
import type { AnalysisChoice, AnalysisToHost, HostToAnalysis } from '../protocol/analysisProtocol';
import { analysisKeeper, type AnalysisKeeper } from './analysisKeeper';
import { analysisRequest } from './analysisRequest';
import { countAnalysis } from './countAnalysis';
import { openPickedItems } from './openPicked';
import { askForFiles } from './pickFile';
import { saveFigures } from './saveFigures';
import { listGeneration } from './session/editorState';
import type { SharedSession } from './sharedSessions';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** The analyses: one panel for each file and criterion. */
export interface AnalysisPanels {
  /** `subset`: whose labels are meant where the reader asks for human scores; `null`: those outside any. */
  open(document: SharedSession, criterion: string, subset: string | null): Promise<void>;
}

/** `openShared` keeps the session alive while its analysis is open. */
export function analysisPanels(
  { extensionUri, extension }: vscode.ExtensionContext,
  openShared: (uri: vscode.Uri) => Promise<SharedSession>,
): AnalysisPanels {
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'reportWorker.js').fsPath;
  const { version } = extension.packageJSON as { version: string };
  const open = new Map<string, vscode.WebviewPanel>();
  return {
    open: async (document, criterion, subset) => {
      const key = `${document.uri.toString()}\n${criterion}`;
      const there = open.get(key);
      if (there) {
        there.reveal();
        return;
      }
      const shared = await openShared(document.uri);
      const { session } = shared;
      const panel = vscode.window.createWebviewPanel(
        'rolloutAnnotator.analysis',
        `Analysis: ${basename(document.uri.path)}`,
        vscode.ViewColumn.Active,
        { ...webviewOptions(extensionUri) },
      );
      open.set(key, panel);
      let gone = false;
      const send = (message: HostToAnalysis): void => {
        if (!gone) void panel.webview.postMessage(message);
      };
      const order = { criterion, path: document.uri.fsPath, script, version };
      const own: Panel = {
        shared,
        criterion,
        usual: { ...usualChoice, subset: labelsOf(shared, criterion).includes(subset ?? '') ? subset : null },
        reference: null,
        keeper: analysisKeeper(
          choice => {
            const subsets = labelsOf(shared, criterion);
            const { reference } = own;
            return countAnalysis(
              session,
              { ...order, subset: choice.subset, analysis: { choice, subsets, reference } },
              progress => send({ kind: 'progress', progress }),
            );
          },
          () =>
            JSON.stringify([
              listGeneration(session.state),
              session.state.store?.index.ids.size,
              own.reference,
            ]),
        ),
      };
      // It shows judge scores: whoever labels next must ask for it again, so that it is logged.
      const { rater } = session.state;
      const listening = session.onChange(() => {
        if (session.state.rater !== rater) panel.dispose();
      });
      panel.onDidDispose(() => {
        gone = true;
        own.keeper.cancel();
        listening.dispose();
        open.delete(key);
        shared.dispose();
      });
      panel.webview.onDidReceiveMessage(async (message: unknown) => {
        const read = analysisRequest.safeParse(message);
        if (read.success) send(await settled(own, read.data));
      });
      panel.webview.html = webviewHtml(panel.webview, extensionUri, 'analysis', 'Analysis');
    },
  };
}

interface Panel {
  readonly shared: SharedSession;
  readonly criterion: string;
  readonly usual: AnalysisChoice;
  readonly keeper: AnalysisKeeper;
  /** Path of the reference run's file. */
  reference: string | null;
}

const usualChoice: AnalysisChoice = {
  scores: 'judge',
  subset: null,
  by: null,
  thresholds: null,
  survivorsOnly: false,
  event: null,
  align: null,
  compare: 'usual',
};

/** Validation subsets of a criterion, by name. */
function labelsOf({ session }: SharedSession, criterion: string): string[] {
  return session.state.subsets
    .filter(({ manifest }) => manifest.criterion === criterion && manifest.role === 'validation')
    .map(({ manifest }) => manifest.name)
    .sort();
}

async function settled(panel: Panel, message: AnalysisToHost): Promise<HostToAnalysis> {
  const { id } = message;
  try {
    return { kind: 'result', id, result: await answerAnalysis(panel, message) };
  } catch (error) {
    return { kind: 'error', id, message: error instanceof Error ? error.message : String(error) };
  }
}

async function answerAnalysis(panel: Panel, message: AnalysisToHost): Promise<unknown> {
  const { shared, criterion, keeper, usual } = panel;
  switch (message.name) {
    case 'ready':
    case 'refresh':
      return (await keeper[message.name](message.params.choice ?? usual))?.counted ?? null;
    case 'cancel':
      keeper.cancel();
      return null;
    case 'openItems':
      await openPickedItems(shared, criterion, null, message.params.behind);
      return null;
    case 'copyMarkdown': {
      const markdown = keeper.last()?.markdown ?? null;
      if (markdown === null) throw new Error('There are no tables to copy.');
      await vscode.env.clipboard.writeText(markdown);
      return null;
    }
    case 'saveFigures': {
      const json = keeper.last()?.counted.report ?? null;
      if (json === null) throw new Error('There are no figures to save.');
      return saveFigures(JSON.parse(json) as AnalysisReport, shared.uri);
    }
    case 'chooseReference': {
      const [file] = await askForFiles('Choose the Reference Run', false);
      if (!file) return false;
      panel.reference = file.fsPath;
      return true;
    }
    case 'dropReference':
      panel.reference = null;
      return null;
  }
}
