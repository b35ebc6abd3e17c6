import { basename } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { reportState } from './session/reportState';
import { agreementMarkdown } from '../core/agreement/agreementMarkdown';
import type { SharedSession } from './sharedSessions';
import type { HostToReport, ReportToHost } from '../protocol/reportProtocol';
import { openEditor } from './openEditor';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** The agreement reports: one panel for each file and criterion. */
export interface ReportPanels {
  /** Of the labels in a subset, or with `null` of those outside any. */
  open(document: SharedSession, criterion: string, subset: string | null): Promise<void>;
}

/** `openShared` keeps the session alive while its report is open; `reveal` brings an editor to an item. */
export function reportPanels(
  extension: vscode.Uri,
  openShared: (uri: vscode.Uri) => Promise<SharedSession>,
): ReportPanels {
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
      const name = basename(document.uri.path);
      const panel = vscode.window.createWebviewPanel(
        'rolloutAnnotator.report',
        `Agreement: ${subset ?? name}`,
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
        if (read.success)
          void panel.webview.postMessage(await answerReport(shared, criterion, subset, read.data));
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
  subset: string | null,
  message: ReportToHost,
): Promise<HostToReport> {
  const { session, uri } = shared;
  const { id } = message;
  try {
    switch (message.name) {
      case 'ready':
      case 'refresh':
        return { kind: 'result', id, result: await reportState(session, criterion, subset) };
      case 'copyMarkdown': {
        const { report, rubric, file } = await reportState(session, criterion, subset);
        if (report)
          await vscode.env.clipboard.writeText(
            agreementMarkdown(report, { criterion: rubric.criterion, file }),
          );
        return { kind: 'result', id, result: null };
      }
      case 'openItem': {
        const [rollout, turn] = unit.parse(JSON.parse(message.params.unit));
        const list = session.state.subsets.some(({ manifest }) => manifest.name === subset) ? subset : null;
        const ordinal = session.queue(criterion, list).ordinalOf(rollout, turn, null);
        if (ordinal === null) throw new Error('The file has no such item any more.');
        session.goTo(criterion, list, ordinal);
        await openEditor(uri);
        return { kind: 'result', id, result: null };
      }
    }
  } catch (error) {
    return { kind: 'error', id, message: error instanceof Error ? error.message : String(error) };
  }
}
