import type * as vscode from 'vscode';
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
}

/** Keeps the editor in front and its status-bar item: "37/100 · rater-1". */
export function activeEditors(item: vscode.StatusBarItem): ActiveEditors {
  let current: OpenEditor | null = null;
  const draw = (): void => {
    if (!current?.panel.active) {
      item.hide();
      return;
    }
    const { done, items, rater, refused, rubric, saving } = current.document.session.editorState(
      current.tab.rubric,
    );
    if (refused !== null) {
      item.hide();
      return;
    }
    const held = saving.kind === 'saved' ? '' : '$(warning) ';
    item.text = `${held}${rubric.criterion} · ${String(done)}/${String(items)} · ${rater ?? 'no rater yet'}`;
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
  };
}
