import { refuseRater } from '../../core/labels/labelEvent';
import { allSlots } from '../../core/labels/labelIndex';
import type { Rubric } from '../../core/labels/rubric';
import { extendDirectory, newRunDirectory } from '../../core/rollout/runDirectory';
import { firstByteOf, refuseFile, refuseRecords } from '../../core/rollout/refuseFile';
import { newScanState, scanRun } from '../../core/rollout/runScan';
import { ioReason } from '../../disk/ioReason';
import type { EditorState } from '../../protocol/editorProtocol';
import { ordinalOf } from './items';
import { labelling, runExposed } from './labelling';
import type { Labelling } from './labelling';
import type { SessionEnvironment, SessionState } from './sessionState';

/** One rollout file that is open, with its labels; shared by all its tabs. Free of VS Code, so that it runs in plain tests. */
export interface Session {
  readonly state: SessionState;
  readonly environment: SessionEnvironment;
  readonly actions: Labelling;
  /** What a tab that shows this criterion is told. */
  editorState(rubric: Rubric): EditorState;
  setRater(name: string): Promise<string | null>;
  showJudge(show: boolean): Promise<void>;
  /** Tells the tabs their state anew: a setting has changed. */
  refresh(): void;
  /** Asks the tabs to go to an item. */
  goTo(criterion: string, ordinal: number): void;
  /** Reads the file anew: it has changed. Ordinals of before are void. */
  reopen(): Promise<void>;
  /** Tries again to bring labels that are held or lost into the study folder. */
  retrySaving(): Promise<void>;
  /** Takes in labels that others have added. */
  reloadLabels(): Promise<void>;
  /** Resolves once the whole file has been scanned (or refused). */
  readonly scanned: () => Promise<void>;
  onChange(listener: () => void): { dispose(): void };
  close(): Promise<void>;
}

/** Opens a session; resolves as soon as the first rollouts are there, and scans on in the background. */
export async function openSession(environment: SessionEnvironment): Promise<Session> {
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach(listener => void listener());
  const state: SessionState = {
    generation: 0,
    refused: null,
    scanning: 0,
    directory: newRunDirectory(),
    source: null,
    store: null,
    rater: environment.rater().name,
    judgeShown: false,
    goTo: null,
    undo: [],
    redo: [],
    done: new Map(),
    headline: new Map(),
    loaded: new Map(),
  };
  const actions = labelling(state, environment, changed);
  let scan: Promise<void> = Promise.resolve();
  let closed = false;

  const recount = (): void => {
    for (const rubric of environment.rubrics) state.done.set(rubric.criterion, countDone(state, rubric));
  };

  /** Scans until the source is exhausted or replaced; `ready` is called once, when there is something to show. */
  const scanAll = async (generation: number, ready: () => void): Promise<void> => {
    const stale = (): boolean => closed || state.generation !== generation;
    try {
      const source = await environment.openSource();
      if (stale()) return void (await source.close());
      state.source = source;
      state.refused = await refuseFile(source);
      if (state.refused === null) {
        for await (const batch of scanRun(
          source,
          { maxLineBytes: environment.maxLineBytes },
          newScanState(),
        )) {
          if (stale()) return;
          extendDirectory(state.directory, batch);
          state.scanning = source.size === 0 ? null : batch.bytesDone / source.size;
          if (state.directory.rollouts.length > 0) ready();
          changed();
        }
        if (state.directory.rollouts.length === 0) {
          state.refused = refuseRecords(state.directory.problems, await firstByteOf(source));
        }
      }
    } catch (error) {
      if (stale()) return;
      state.refused = `The file can’t be read: ${ioReason(error)}.`;
    } finally {
      if (!stale()) {
        state.scanning = null;
        recount();
        changed();
      }
      ready();
    }
  };

  const start = (): Promise<void> =>
    new Promise(resolve => {
      scan = scanAll(state.generation, resolve);
    });

  state.store = await environment.openStore();
  await start();
  recount();

  return {
    state,
    environment,
    actions,
    editorState: rubric => editorState(state, environment, rubric),
    setRater: async name => {
      const refused = refuseRater(name);
      if (refused !== null) return refused;
      await environment.saveRater(name).catch(() => undefined);
      if (name !== state.rater) {
        state.rater = name;
        state.undo = [];
        state.redo = [];
        state.judgeShown = false;
        recount();
      }
      changed();
      return null;
    },
    showJudge: async show => {
      // Logged and on the disk before any of it is sent.
      const { rater } = state;
      if (show) await actions.expose('judge');
      // Another rater may have come meanwhile, of whom nothing was logged.
      state.judgeShown = show && state.rater === rater;
      changed();
    },
    refresh: changed,
    goTo: (criterion, ordinal) => {
      state.goTo = { serial: (state.goTo?.serial ?? 0) + 1, criterion, ordinal };
      changed();
    },
    reopen: async () => {
      const { source } = state;
      // All at once, so that of two calls the second stops the first one's scan.
      Object.assign(state, {
        generation: state.generation + 1,
        source: null,
        refused: null,
        scanning: 0,
        directory: newRunDirectory(),
      });
      state.loaded.clear();
      state.headline.clear();
      const started = start();
      await source?.close().catch(() => undefined);
      await started;
    },
    retrySaving: async () => {
      await state.store?.retry();
      recount();
      changed();
    },
    reloadLabels: async () => {
      if ((await state.store?.reload()) !== true) return;
      recount();
      changed();
    },
    scanned: () => scan,
    onChange: listener => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    close: async () => {
      closed = true;
      listeners.clear();
      await state.store?.close();
      await state.source?.close().catch(() => undefined);
    },
  };
}

/** Labelled items that the file has, counted over the labels: there are far fewer of them than items. */
function countDone(state: SessionState, rubric: Rubric): number {
  if (!state.store || state.rater === null) return 0;
  return allSlots(state.store.index).filter(
    ({ rater, key, subset, labels }) =>
      rater === state.rater &&
      subset === null &&
      key.criterion === rubric.criterion &&
      labels.current !== null &&
      ordinalOf(state, rubric, key.rollout, key.turn) !== null,
  ).length;
}

function editorState(state: SessionState, environment: SessionEnvironment, rubric: Rubric): EditorState {
  const itemsOf = (candidate: Rubric): number => state.directory.items[candidate.part].turn.length;
  const saving = state.store?.saving ?? { kind: 'saved' };
  return {
    generation: state.generation,
    refused: state.refused,
    scanning: state.scanning,
    rubric,
    criteria: environment.rubrics.map(candidate => ({
      criterion: candidate.criterion,
      items: itemsOf(candidate),
    })),
    items: itemsOf(rubric),
    rollouts: state.directory.items[rubric.part].withItems.length,
    done: state.done.get(rubric.criterion) ?? 0,
    rater: state.rater,
    proposedRater: environment.rater().proposed,
    saving: saving.kind === 'saved' ? { kind: 'saved', count: 0, reason: '' } : saving,
    judge: state.judgeShown ? 'shown' : 'hidden',
    exposed: runExposed(state),
    problems: state.directory.problems.length + (state.store?.problems.length ?? 0),
    canUndo: state.undo.length > 0,
    canRedo: state.redo.length > 0,
    readOnly: environment.readOnly,
    keys: environment.keys(),
    goTo: state.goTo,
  };
}
