import type { EditorState } from '../../src/protocol/editorState';
import type { ItemView } from '../../src/protocol/itemView';
import type { ListFilter } from '../../src/protocol/listFilter';
import { vscode } from '../request';
import { noSearch } from './searchPage';
import type { SearchPage } from './searchPage';

/** Navigation and display only: all that the page keeps of itself. What was labelled is the host's to know. */
export interface Kept {
  readonly criterion?: string;
  /** The subset whose slots are the list, `null` for the list of the file. */
  readonly subset: string | null;
  readonly filter: ListFilter;
  /** The item on the screen, −1 for none yet; and whether it had no label when it came there. */
  readonly ordinal: number;
  readonly open: boolean;
  readonly markdown: boolean;
  readonly listWidth: number;
  readonly panelWidth: number;
  readonly goToSeen: number;
  /** A note that is being written: it is the rater's own, and a reload must not eat it. */
  readonly draft: { readonly ordinal: number; readonly list: string; readonly text: string } | null;
}

export type Dialog =
  | { readonly kind: 'rater' | 'keys' | 'progress' | 'raw' }
  /** What opening the report, or showing the judge, costs. */
  | { readonly kind: 'report' | 'judge'; readonly text: string };

/** Everything that is drawn. */
export interface Page {
  readonly state: EditorState | null;
  readonly view: ItemView | null;
  readonly kept: Kept;
  readonly dialog: Dialog | null;
  /** One sentence for the person: what was done, or what went wrong. */
  readonly notice: { readonly text: string; readonly isError: boolean } | null;
  /** Reasoning that was expanded, by "message.part"; `null` while it is fetched. */
  readonly reasoning: ReadonlyMap<string, string | null>;
  readonly foldOpen: boolean;
  readonly busy: boolean;
  /** Score keys act: the item has been on the screen for long enough to be seen. */
  readonly keysAct: boolean;
  /** The item's judge is shown since it was labelled: the next key goes on to this ordinal (`null`: there is none). */
  readonly pause: { readonly onward: number | null } | null;
  /** Scores settle the item for all raters, as the rater `consensus`. */
  readonly adjudicating: boolean;
  /** Digits of a score on a long scale, until Enter. */
  readonly typed: string;
  /** What a screen reader says of the last label. */
  readonly announced: string;
  readonly search: SearchPage;
}

/** Holds the page and tells who draws it. */
export interface PageStore {
  readonly page: () => Page;
  set(change: Partial<Page>): void;
  keep(change: Partial<Kept>): void;
  say(text: string, isError?: boolean): void;
  /** Says why something failed. */
  fail(error: unknown): void;
  subscribe(listener: () => void): () => void;
}

const firstKept: Kept = {
  subset: null,
  filter: 'all',
  ordinal: -1,
  open: true,
  markdown: false,
  listWidth: 230,
  panelWidth: 300,
  goToSeen: 0,
  draft: null,
};

/** A page as it was left: navigation and display come back, everything else is asked of the host. */
export function pageStore(): PageStore {
  const listeners = new Set<() => void>();
  let page: Page = {
    state: null,
    view: null,
    kept: { ...firstKept, ...((vscode.getState() ?? {}) as Partial<Kept>) },
    dialog: null,
    notice: null,
    reasoning: new Map(),
    foldOpen: false,
    busy: false,
    keysAct: false,
    pause: null,
    adjudicating: false,
    typed: '',
    announced: '',
    search: noSearch,
  };
  const set = (change: Partial<Page>): void => {
    page = { ...page, ...change };
    if (change.kept) vscode.setState(change.kept);
    listeners.forEach(listener => void listener());
  };
  const say = (text: string, isError = false): void => set({ notice: { text, isError } });
  return {
    page: () => page,
    set,
    keep: change => set({ kept: { ...page.kept, ...change } }),
    say,
    fail: error => say(error instanceof Error ? error.message : String(error), true),
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
