import { basename } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { methodsText } from '../core/agreement/methodsText';
import type { HostToReport, ReportToHost } from '../protocol/reportProtocol';
import { countReport } from './countReport';
import { itemsBehind } from './itemsBehind';
import { openPickedItems } from './openPicked';
import { reportKeeper } from './reportKeeper';
import type { ReportKeeper } from './reportKeeper';
import { listGeneration } from './session/editorState';
import { saveReportJson, saveReportMarkdown } from './saveReport';
import type { SharedSession } from './sharedSessions';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** The agreement reports: one panel for each file and criterion. */
export interface ReportPanels {
  /** Of the labels in a subset, or with `null` of those outside any. */
  open(document: SharedSession, criterion: string, subset: string | null): Promise<void>;
}

/** `openShared` keeps the session alive while its report is open. */
export function reportPanels(
  { extensionUri, extension }: vscode.ExtensionContext,
  openShared: (uri: vscode.Uri) => Promise<SharedSession>,
): ReportPanels {
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'reportWorker.js').fsPath;
  const { version } = extension.packageJSON as { version: string };
  const open = new Map<string, vscode.WebviewPanel>();
  return {
    open: async (document, criterion, subset) => {
      const key = `${document.uri.toString()}\n${criterion}\n${subset ?? ''}`;
      const there = open.get(key);
      if (there) {
        there.reveal();
        return;
      }
      const shared = await openShared(document.uri);
      const { session } = shared;
      const name = basename(document.uri.path);
      const panel = vscode.window.createWebviewPanel(
        'rolloutAnnotator.report',
        `Agreement: ${subset ?? name}`,
        vscode.ViewColumn.Active,
        {
          ...webviewOptions(extensionUri),
        },
      );
      open.set(key, panel);
      let gone = false;
      const send = (message: HostToReport): void => {
        if (!gone) void panel.webview.postMessage(message);
      };
      const order = { criterion, subset, path: document.uri.fsPath, script, version };
      const keeper = reportKeeper(
        () => countReport(session, order, progress => send({ kind: 'progress', progress })),
        () => JSON.stringify([listGeneration(session.state), session.state.store?.index.ids.size]),
      );
      // It shows judge scores: whoever labels next must ask for it again, so that it is logged.
      const { rater } = session.state;
      const listening = session.onChange(() => {
        if (session.state.rater !== rater) panel.dispose();
      });
      panel.onDidDispose(() => {
        gone = true;
        keeper.cancel();
        listening.dispose();
        open.delete(key);
        shared.dispose();
      });
      panel.webview.onDidReceiveMessage(async (message: unknown) => {
        const read = request.safeParse(message);
        if (read.success) send(await answerReport(shared, keeper, criterion, subset, read.data));
      });
      panel.webview.html = webviewHtml(panel.webview, extensionUri, 'report', 'Agreement report');
    },
  };
}

const none = z.strictObject({});
const id = z.number().int();

/** What may come from the report's page, to the letter. */
const request: z.ZodType<ReportToHost> = z.discriminatedUnion('name', [
  z.strictObject({ id, name: z.literal('ready'), params: none }),
  z.strictObject({ id, name: z.literal('refresh'), params: none }),
  z.strictObject({ id, name: z.literal('cancel'), params: none }),
  z.strictObject({ id, name: z.literal('copyMarkdown'), params: none }),
  z.strictObject({ id, name: z.literal('copyMethods'), params: none }),
  z.strictObject({
    id,
    name: z.literal('saveMarkdown'),
    params: z.strictObject({ cut: z.number().nullable() }),
  }),
  z.strictObject({ id, name: z.literal('saveJson'), params: none }),
  z.strictObject({ id, name: z.literal('openItems'), params: z.strictObject({ behind: itemsBehind }) }),
]);

async function answerReport(
  shared: SharedSession,
  keeper: ReportKeeper,
  criterion: string,
  subset: string | null,
  message: ReportToHost,
): Promise<HostToReport> {
  const { id } = message;
  const { uri } = shared;
  try {
    switch (message.name) {
      case 'ready':
        return { kind: 'result', id, result: await keeper.ready() };
      case 'refresh':
        return { kind: 'result', id, result: await keeper.refresh() };
      case 'cancel':
        keeper.cancel();
        return { kind: 'result', id, result: null };
      case 'copyMarkdown': {
        const markdown = await keeper.markdown();
        if (markdown !== null) await vscode.env.clipboard.writeText(markdown);
        return { kind: 'result', id, result: null };
      }
      case 'copyMethods': {
        const report = await keeper.report();
        if (report) await vscode.env.clipboard.writeText(methodsText(report));
        return { kind: 'result', id, result: null };
      }
      case 'saveMarkdown': {
        const report = await keeper.report();
        const subject = { criterion, file: basename(uri.path) };
        const result = report && (await saveReportMarkdown(report, subject, uri, message.params.cut));
        return { kind: 'result', id, result };
      }
      case 'saveJson': {
        const report = await keeper.report();
        const subject = { criterion, file: basename(uri.path) };
        const result = report && (await saveReportJson(report, subject, uri));
        return { kind: 'result', id, result };
      }
      case 'openItems': {
        await openPickedItems(shared, criterion, subset, message.params.behind);
        return { kind: 'result', id, result: null };
      }
    }
  } catch (error) {
    return { kind: 'error', id, message: error instanceof Error ? error.message : String(error) };
  }
}
