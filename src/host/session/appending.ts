import type { LabelEvent } from '../../core/labels/labelEvent';
import { sourceFileOf } from '../../disk/sourceFile';
import type { SessionEnvironment, SessionState } from './sessionState';

/** An event before it is stamped. */
export type NewEvent = LabelEvent extends infer E
  ? E extends LabelEvent
    ? Omit<E, 'v' | 'id' | 'at' | 'rater'>
    : never
  : never;

/** Stamps events with id, time and rater and gives their ids once they are on the disk. */
export type Append = (events: readonly NewEvent[], rater?: string) => Promise<string[]>;

/** `changed` is called where events could not be kept: all tabs have to show that. */
export function appending(state: SessionState, environment: SessionEnvironment, changed: () => void): Append {
  const writeSourceFile = async (): Promise<void> => {
    if (!state.source) return;
    await environment.writeSourceFile(
      await sourceFileOf(environment.fileName, state.source, state.directory.rollouts),
    );
  };
  return async (news, as) => {
    const { store, rater } = state;
    if (!store) throw new Error(environment.readOnly ?? 'Labels can’t be kept here.');
    if (rater === null) throw new Error('Say who labels first.');
    if (store.saving.kind === 'failed')
      throw new Error('Labels are not being saved: copy the unsaved labels or try again first.');
    const at = environment.now().toISOString();
    const whose = as ?? rater;
    const events = news.map(
      event => ({ v: 1, id: environment.newId(), at, rater: whose, ...event }) as LabelEvent,
    );
    // A help for later, not a label: where it can't be written the labels' own append says why.
    if (store.index.ids.size === 0) await writeSourceFile().catch(() => undefined);
    try {
      await store.append(whose, events);
    } catch (error) {
      changed();
      throw error;
    }
    return events.map(event => event.id);
  };
}
