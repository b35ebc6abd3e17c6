import * as vscode from 'vscode';
import { commands } from './ids';
import { tabQueue } from './session/answer';
import type { Tab } from './session/answer';
import type { SharedSession } from './sharedSessions';

interface OpenEditor {
  readonly panel: vscode.WebviewPanel;
  readonly document: SharedSession;
  readonly tab: Tab;
}

/** Which of our editors is in front, for commands and the status bar. */
export interface ActiveEditors {
  readonly current: OpenEditor | null;
  set(panel: vscode.WebviewPanel, document: SharedSession, tab: Tab): void;
  changed(panel: vscode.WebviewPanel): void;
  remove(panel: vscode.WebviewPanel): void;
  dispose(): void;
}

/** Keeps the editor in front and its status-bar item: "val-100 · 37/100 · rater-1". */
export function activeEditors(): ActiveEditors {
  const item = vscode.window.createStatusBarItem(
    'rolloutAnnotator.progress',
    vscode.StatusBarAlignment.Right,
    100,
  );
  item.name = 'Rollout Annotator';
  item.command = commands.changeRater;
  let current: OpenEditor | null = null;
  const draw = (): void => {
    if (!current?.panel.active) {
      item.hide();
      return;
    }
    const { session } = current.document;
    const { done, items, rater, refused, rubric, saving, subset } = session.editorState(
      tabQueue(session, current.tab),
    );
    if (refused !== null) {
      item.hide();
      return;
    }
    const held = saving.kind === 'saved' ? '' : '$(warning) ';
    item.text = `${held}${subset?.name ?? rubric.criterion} · ${String(done)}/${String(items)} · ${rater ?? 'no rater yet'}`;
    item.tooltip = 'Rollout Annotator: labelled items and rater. Select to change the rater.';
    item.show();
  };
  return {
    get current() {
      return current;
    },
    set: (panel, document, tab) => {
      if (panel.active) current = { panel, document, tab };
      draw();
    },
    changed: panel => {
      if (panel === current?.panel) draw();
    },
    remove: panel => {
      if (panel === current?.panel) current = null;
      draw();
    },
    dispose: () => item.dispose(),
  };
}
