import { basename } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { ordinalOf } from './session/items';
import { reportState } from './session/reportState';
import { agreementMarkdown } from '../core/agreement/agreementMarkdown';
import type { SharedSession } from './sharedSessions';
import type { HostToReport, ReportToHost } from '../protocol/reportProtocol';
import { viewTypes } from './ids';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** The agreement reports: one panel for each file and criterion. */
export interface ReportPanels {
  open(document: SharedSession, criterion: string): Promise<void>;
}

/** `openShared` keeps the session alive while its report is open; `reveal` brings an editor to an item. */
export function reportPanels(
  extension: vscode.Uri,
  openShared: (uri: vscode.Uri) => Promise<SharedSession>,
): ReportPanels {
  const open = new Map<string, vscode.WebviewPanel>();
  return {
    open: async (document, criterion) => {
      const key = `${document.uri.toString()}\n${criterion}`;
      const there = open.get(key);
      if (there) {
        there.reveal();
        return;
      }
      const shared = await openShared(document.uri);
      const name = basename(document.uri.path);
      const panel = vscode.window.createWebviewPanel(
        'rolloutAnnotator.report',
        `Agreement: ${name}`,
        vscode.ViewColumn.Active,
        {
          ...webviewOptions(extension),
        },
      );
      open.set(key, panel);
      // It shows judge scores: whoever labels next must ask for it again, so that it is logged.
      const { rater } = shared.session.state;
      const listening = shared.session.onChange(() => {
        if (shared.session.state.rater !== rater) panel.dispose();
      });
      panel.onDidDispose(() => {
        listening.dispose();
        open.delete(key);
        shared.dispose();
      });
      panel.webview.onDidReceiveMessage(async (message: unknown) => {
        const read = request.safeParse(message);
        if (read.success) void panel.webview.postMessage(await answerReport(shared, criterion, read.data));
      });
      panel.webview.html = webviewHtml(panel.webview, extension, 'report', 'Agreement report');
    },
  };
}

const none = z.strictObject({});
const id = z.number().int();

/** What may come from the report's page, to the letter. */
const request: z.ZodType<ReportToHost> = z.discriminatedUnion('name', [
  z.strictObject({ id, name: z.literal('ready'), params: none }),
  z.strictObject({ id, name: z.literal('refresh'), params: none }),
  z.strictObject({ id, name: z.literal('copyMarkdown'), params: none }),
  z.strictObject({ id, name: z.literal('openItem'), params: z.strictObject({ unit: z.string() }) }),
]);

const unit = z.tuple([z.string(), z.number().int()]);

async function answerReport(
  shared: SharedSession,
  criterion: string,
  message: ReportToHost,
): Promise<HostToReport> {
  const { session, uri } = shared;
  const { id } = message;
  try {
    switch (message.name) {
      case 'ready':
      case 'refresh':
        return { kind: 'result', id, result: await reportState(session, criterion) };
      case 'copyMarkdown': {
        const { report, rubric, file } = await reportState(session, criterion);
        if (report)
          await vscode.env.clipboard.writeText(
            agreementMarkdown(report, { criterion: rubric.criterion, file }),
          );
        return { kind: 'result', id, result: null };
      }
      case 'openItem': {
        const [rollout, turn] = unit.parse(JSON.parse(message.params.unit));
        const rubric = session.environment.rubrics.find(candidate => candidate.criterion === criterion);
        const ordinal = rubric ? ordinalOf(session.state, rubric, rollout, turn) : null;
        if (ordinal === null) throw new Error('The file has no such item any more.');
        session.goTo(criterion, ordinal);
        await vscode.commands.executeCommand('vscode.openWith', uri, viewTypes.editor);
        return { kind: 'result', id, result: null };
      }
    }
  } catch (error) {
    return { kind: 'error', id, message: error instanceof Error ? error.message : String(error) };
  }
}
