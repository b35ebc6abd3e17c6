import type { LabelEvent } from '../../core/labels/labelEvent';
import type { Rubric } from '../../core/labels/rubric';
import { wasExposed } from '../../core/labels/labelIndex';
import { sha256Hex } from '../../core/bytes/text';
import { itemOf } from '../../core/rollout/item';
import type { Item, ItemKey } from '../../core/rollout/item';
import type { LabelResult, Undone } from '../../protocol/editorProtocol';
import { itemAt, itemState, nextOpen, ordinalOf, ownLabels, rolloutOf } from './items';
import type { SessionEnvironment, SessionState, UndoEntry } from './sessionState';

/** Everything a rater does to an item. Each call resolves after its events are on the disk. */
export interface Labelling {
  label(rubric: Rubric, ordinal: number, value: number | 'cannot', elapsedMs: number): Promise<LabelResult>;
  skip(rubric: Rubric, ordinal: number): Promise<{ nextOpen: number | null }>;
  note(rubric: Rubric, ordinal: number, text: string): Promise<null>;
  flag(rubric: Rubric, ordinal: number): Promise<{ set: boolean }>;
  undo(): Promise<Undone>;
  redo(): Promise<Undone>;
  /** Logs that judge data is about to be shown; a rater is logged once. */
  expose(what: 'judge' | 'report'): Promise<void>;
}

type NewEvent = LabelEvent extends infer E
  ? E extends LabelEvent
    ? Omit<E, 'v' | 'id' | 'at' | 'rater'>
    : never
  : never;

const flagCode = 'flagged';

/** `changed` is called after every change, so that all tabs are drawn anew. */
export function labelling(
  state: SessionState,
  environment: SessionEnvironment,
  changed: () => void,
): Labelling {
  const append = async (...news: readonly NewEvent[]): Promise<string[]> => {
    const { store, rater } = state;
    if (!store) throw new Error(environment.readOnly ?? 'Labels can’t be kept here.');
    if (rater === null) throw new Error('Say who labels first.');
    if (store.saving.kind === 'failed')
      throw new Error('Labels are not being saved: copy the unsaved labels or try again first.');
    const at = environment.now().toISOString();
    const events = news.map(event => ({ v: 1, id: environment.newId(), at, rater, ...event }) as LabelEvent);
    // A help for later, not a label: where it can't be written the labels' own append says why.
    if (store.index.ids.size === 0) await writeSourceFile(state, environment).catch(() => undefined);
    try {
      await store.append(rater, events);
    } catch (error) {
      // All tabs have to show that labels are not being saved.
      changed();
      throw error;
    }
    return events.map(event => event.id);
  };

  /** Appends for one item, keeps the count of done items right, and makes it undoable. */
  const act = async (
    rubric: Rubric,
    key: ItemKey,
    what: string,
    ...news: readonly NewEvent[]
  ): Promise<void> => {
    const before = itemState(ownLabels(state, key));
    const targets = await append(...news);
    count(rubric.criterion, before, key);
    state.undo.push({ targets, rollout: key.rollout, turn: key.turn, criterion: key.criterion, what });
    state.redo = [];
    changed();
  };

  const count = (criterion: string, before: string, key: ItemKey): void => {
    const isDone = (itemStateNow: string): number => (itemStateNow === 'done' ? 1 : 0);
    state.done.set(
      criterion,
      (state.done.get(criterion) ?? 0) + isDone(itemState(ownLabels(state, key))) - isDone(before),
    );
  };

  const hashed = async (rubric: Rubric, ordinal: number): Promise<{ key: ItemKey; item: Item }> => {
    const { summary, key } = itemAt(state, rubric, ordinal);
    const { rollout } = await rolloutOf(state, summary);
    const item = itemOf(rollout, key.rollout, key.turn, rubric);
    if (!item) throw new Error(`There is no item ${String(ordinal + 1)}.`);
    return { key, item };
  };

  let queue: Promise<unknown> = Promise.resolve();
  /** One after another: what a call goes by (phase, what stands, the top of a stack) must not change while it is written. */
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = queue.then(run);
    queue = done.catch(() => undefined);
    return done;
  };

  const step = async (from: UndoEntry[], to: UndoEntry[]): Promise<Undone> => {
    const entry = from.at(-1);
    if (!entry) return null;
    const rubric = environment.rubrics.find(candidate => candidate.criterion === entry.criterion);
    if (!rubric) return null;
    const key = { rollout: entry.rollout, turn: entry.turn, part: rubric.part, criterion: entry.criterion };
    const before = itemState(ownLabels(state, key));
    const targets = await append(...entry.targets.map(target => ({ kind: 'retract' as const, target })));
    count(entry.criterion, before, key);
    from.pop();
    to.push({ ...entry, targets });
    changed();
    return {
      criterion: entry.criterion,
      ordinal: ordinalOf(state, rubric, entry.rollout, entry.turn),
      what: entry.what,
    };
  };

  return {
    label: async (rubric, ordinal, value, elapsedMs) => {
      const { min, max } = rubric.scale;
      if (value !== 'cannot' && (!Number.isInteger(value) || value < min || value > max)) {
        throw new Error(`${String(value)} is off the scale: ${String(min)} to ${String(max)}.`);
      }
      const { key, item } = await hashed(rubric, ordinal);
      return inTurn(async () => {
        const phase = ownLabels(state, key)?.nextPhase ?? 'first';
        const judgeVisible =
          state.store !== null && state.rater !== null && wasExposed(state.store.index, state.rater, key);
        const common = { item: { ...item }, phase, judgeVisible, elapsedMs: Math.round(elapsedMs) };
        await act(
          rubric,
          key,
          value === 'cannot' ? 'cannot assess' : `score ${String(value)}`,
          value === 'cannot'
            ? { kind: 'cannot-assess', ...common }
            : { kind: 'score', ...common, value, scale: { ...rubric.scale }, rubric: rubricHash(rubric) },
        );
        return { phase, nextOpen: nextOpen(state, rubric, ordinal) };
      });
    },
    skip: async (rubric, ordinal) => {
      const { key, item } = await hashed(rubric, ordinal);
      return inTurn(async () => {
        if (itemState(ownLabels(state, key)) === 'open')
          await act(rubric, key, 'skip', { kind: 'skip', item: { ...item } });
        return { nextOpen: nextOpen(state, rubric, ordinal) };
      });
    },
    note: async (rubric, ordinal, text) => {
      const { key, item } = await hashed(rubric, ordinal);
      return inTurn(async () => {
        const labels = ownLabels(state, key);
        if (text === (labels?.note ?? '')) return null;
        const on = labels?.current?.id;
        await act(rubric, key, 'note', {
          kind: 'note',
          item: { ...item },
          text,
          ...(on === undefined ? {} : { on }),
        });
        return null;
      });
    },
    flag: async (rubric, ordinal) => {
      const { key, item } = await hashed(rubric, ordinal);
      return inTurn(async () => {
        const standing = ownLabels(state, key)?.flags.filter(flag => flag.code === flagCode) ?? [];
        if (standing.length === 0)
          await act(rubric, key, 'flag', { kind: 'flag', item: { ...item }, code: flagCode });
        else
          await act(
            rubric,
            key,
            'flag removed',
            ...standing.map(flag => ({ kind: 'retract' as const, target: flag.id })),
          );
        return { set: standing.length === 0 };
      });
    },
    undo: () => inTurn(() => step(state.undo, state.redo)),
    redo: () => inTurn(() => step(state.redo, state.undo)),
    expose: what =>
      inTurn(async () => {
        if (state.store && !runExposed(state)) await append({ kind: 'exposed', scope: 'run', what });
      }),
  };
}

/** The hash that labels carry of the rubric they were given by. */
export const rubricHash = (rubric: Rubric): string => sha256Hex(JSON.stringify(rubric));

/** Whether this rater has seen the judge of the whole file. */
export function runExposed(state: SessionState): boolean {
  if (!state.store || state.rater === null) return false;
  const exposures = state.store.index.exposures.get(state.rater) ?? [];
  return exposures.some(exposed => exposed.scope === 'run' && exposed.what !== 'raters');
}

const sampledRollouts = 20;

/** source.json finds labels again after a rename: the name, the size and a sample of ids with hashes of their items. */
async function writeSourceFile(state: SessionState, environment: SessionEnvironment): Promise<void> {
  const sample: { id: string; sha256: string }[] = [];
  for (const summary of state.directory.rollouts.slice(0, sampledRollouts)) {
    const { text } = await rolloutOf(state, summary);
    sample.push({ id: summary.id, sha256: sha256Hex(text) });
  }
  const source = { v: 1, name: environment.fileName, bytes: state.source?.size ?? 0, sample };
  await environment.writeSourceFile(`${JSON.stringify(source, null, 2)}\n`);
}
