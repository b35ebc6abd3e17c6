import { refuseRater } from '../../core/labels/labelEvent';
import { allSlots } from '../../core/labels/labelIndex';
import { sourceChange } from '../../core/subset/sourceHash';
import type { Rubric } from '../../core/labels/rubric';
import { itemKeyText } from '../../core/rollout/item';
import { extendDirectory, newRunDirectory } from '../../core/rollout/runDirectory';
import { firstByteOf, refuseFile, refuseRecords } from '../../core/rollout/refuseFile';
import { newScanState, scanRun } from '../../core/rollout/runScan';
import { ioReason } from '../../disk/ioReason';
import type { EditorState } from '../../protocol/editorProtocol';
import { appending } from './appending';
import { editorState } from './editorState';
import { sharedWarning, unfinishedWarning } from './judgeWarnings';
import { itemActions } from './itemActions';
import { labelling } from './labelling';
import type { Labelling } from './labelling';
import { placesOf, queueOf } from './queue';
import type { ItemQueue } from './queue';
import { judgeKept, sharedWithUnfinished, unfinishedSubsets } from './reveal';
import { reviewing } from './reviewing';
import type { Reviewing } from './reviewing';
import type { SessionEnvironment, SessionState } from './sessionState';

/** One rollout file that is open, with its labels; shared by all its tabs. Free of VS Code, so that it runs in plain tests. */
export interface Session {
  readonly state: SessionState;
  readonly environment: SessionEnvironment;
  readonly actions: Labelling & Reviewing;
  /** The list of a criterion, or of one of its subsets. Throws for names that are not there. */
  queue(criterion: string, subset: string | null): ItemQueue;
  /** What a tab that shows this list is told. */
  editorState(queue: ItemQueue): EditorState;
  setRater(name: string): Promise<string | null>;
  /** Shows or hides the judge in a list, logged before any of it is sent; gives what has to be confirmed first. Rejects where the subset keeps it. */
  showJudge(queue: ItemQueue, show: boolean, confirmed: boolean): Promise<{ confirm: string | null }>;
  /** Tells the tabs their state anew: a setting has changed. */
  refresh(): void;
  /** Asks the tabs to go to an item. */
  goTo(criterion: string, subset: string | null, ordinal: number | null): void;
  /** Reads the file anew: it has changed. Ordinals of before are void. */
  reopen(): Promise<void>;
  /** Tries again to bring labels that are held or lost into the study folder. */
  retrySaving(): Promise<void>;
  /** Takes in labels that others have added. */
  reloadLabels(): Promise<void>;
  /** Reads manifests and rubrics anew: one was made, changed or pulled. */
  reloadSubsets(): Promise<void>;
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
    listSerial: 0,
    refused: null,
    scanning: 0,
    directory: newRunDirectory(),
    source: null,
    store: null,
    rubrics: [],
    subsets: [],
    sourceChanges: new Map(),
    folderProblems: [],
    rater: environment.rater().name,
    judgeShown: false,
    revealed: new Set(),
    goTo: null,
    undo: [],
    redo: [],
    done: new Map(),
    headline: new Map(),
    loaded: new Map(),
  };
  const append = appending(state, environment, changed);
  const shared = itemActions(state, append, changed);
  const actions = { ...labelling(state, append, shared, changed), ...reviewing(state, shared) };
  let scan: Promise<void> = Promise.resolve();
  let closed = false;

  const recount = (): void => {
    for (const rubric of state.rubrics) state.done.set(rubric.criterion, itemsDone(state, rubric));
  };

  /** Says of each subset whether the file is still what it was drawn from. */
  const checkSources = async (): Promise<void> => {
    const { source, generation } = state;
    if (!source || state.refused !== null) return;
    const changes = new Map<string, string>();
    for (const { manifest } of state.subsets) {
      const change = await sourceChange(manifest, source).catch(() => null);
      if (change !== null) changes.set(manifest.name, change);
    }
    if (state.generation !== generation) return;
    state.sourceChanges.clear();
    changes.forEach((change, name) => void state.sourceChanges.set(name, change));
  };

  const readFolder = async (): Promise<void> => {
    const [{ subsets, problems }, rubrics] = await Promise.all([
      environment.readSubsets(),
      environment.readRubrics(),
    ]);
    const isReplaced = state.subsets.some(
      old => subsets.find(({ manifest }) => manifest.name === old.manifest.name)?.sha256 !== old.sha256,
    );
    const isOther = JSON.stringify(rubrics.rubrics) !== JSON.stringify(state.rubrics);
    if (state.rubrics.length > 0 && (isReplaced || isOther)) state.listSerial += 1;
    state.subsets = subsets;
    state.rubrics = rubrics.rubrics;
    state.folderProblems = [...problems, ...rubrics.problems];
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
        await checkSources();
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
  await readFolder();
  await start();
  recount();

  return {
    state,
    environment,
    actions,
    queue: (criterion, subset) => queueOf(state, criterion, subset),
    editorState: queue => editorState(state, environment, queue),
    setRater: async name => {
      const refused = refuseRater(name);
      if (refused !== null) return refused;
      await environment.saveRater(name).catch(() => undefined);
      if (name !== state.rater) {
        state.rater = name;
        state.undo = [];
        state.redo = [];
        state.judgeShown = false;
        state.revealed.clear();
        const isAssigned = state.subsets.some(({ manifest }) =>
          manifest.items.some(({ raters }) => raters !== undefined),
        );
        if (isAssigned) state.listSerial += 1;
        recount();
      }
      changed();
      return null;
    },
    showJudge: async (queue, show, confirmed) => {
      const { rater } = state;
      if (!queue.subset) {
        const waiting = show && !state.judgeShown ? unfinishedSubsets(state) : [];
        if (waiting.length > 0 && !confirmed) return { confirm: unfinishedWarning(waiting) };
        if (show) await actions.exposeRun('judge');
        // Another rater may have come meanwhile, of whom nothing was logged.
        state.judgeShown = show && state.rater === rater;
      } else {
        const { name } = queue.subset.manifest;
        const kept = judgeKept(state, queue);
        if (show && kept !== null) throw new Error(kept);
        const waiting = show && !confirmed ? sharedWithUnfinished(state, queue) : [];
        if (waiting.length > 0) return { confirm: sharedWarning(waiting) };
        if (show) await actions.exposeItems([...placesOf(queue)], 'judge');
        if (show && state.rater === rater) state.revealed.add(name);
        else state.revealed.delete(name);
      }
      changed();
      return { confirm: null };
    },
    refresh: changed,
    goTo: (criterion, subset, ordinal) => {
      // Pages outlive a window's reload and remember what they have seen: serials rise across it.
      const serial = Math.max(state.goTo?.serial ?? 0, environment.now().getTime()) + 1;
      state.goTo = { serial, criterion, subset, ordinal };
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
    reloadSubsets: async () => {
      await readFolder();
      await checkSources();
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

/** Labelled items that the file has, looked for among the labels: there are far fewer of them than items. */
function itemsDone(state: SessionState, rubric: Rubric): Set<string> {
  if (!state.store || state.rater === null) return new Set();
  const queue = queueOf(state, rubric.criterion, null);
  const done = allSlots(state.store.index).filter(
    ({ rater, key, subset, labels }) =>
      rater === state.rater &&
      subset === null &&
      key.criterion === rubric.criterion &&
      labels.current !== null &&
      queue.ordinalOf(key.rollout, key.turn, null) !== null,
  );
  return new Set(done.map(({ key }) => itemKeyText(key)));
}
