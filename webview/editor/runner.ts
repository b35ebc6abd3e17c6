import { listName } from './listName';
import type { Navigation } from './navigation';
import type { PageStore } from './pageStore';

/** How what a person asks for is carried out: one thing at a time, by a rater who is known, on the item that was meant. */
export interface Runner {
  /** Carries out one action unless another is under way; what fails is said. */
  act(run: () => Promise<void>): Promise<void>;
  /** The same after what is being done now: what was pressed meanwhile is not lost. */
  actNext(run: () => Promise<void>): void;
  /** Labels need a name: asks for it once, then does what was asked. */
  withRater(run: () => void): void;
  /** An action on the item on the screen, unless another one is there by the time that it can begin. */
  onItem(run: (ordinal: number) => Promise<void>): void;
  /** What was asked for before the rater was known; it is handed out once. */
  takeWaiting(): (() => void) | null;
}

export function runner({ page, set, say, fail }: PageStore, { scope }: Navigation): Runner {
  let afterRater: (() => void) | null = null;

  let acting: Promise<void> = Promise.resolve();

  const act = (run: () => Promise<void>): Promise<void> => {
    if (page().busy) return acting;
    set({ busy: true, notice: null });
    acting = run()
      .catch(fail)
      .finally(() => set({ busy: false }));
    return acting;
  };

  const actNext = (run: () => Promise<void>): void =>
    void acting.then(() => (page().busy ? actNext(run) : void act(run)));

  const withRater = (run: () => void): void => {
    const { state } = page();
    if (!state) return;
    if (state.readOnly !== null) say(state.readOnly, true);
    else if (state.rater !== null) run();
    else {
      afterRater = run;
      set({ dialog: { kind: 'rater' } });
    }
  };

  const onItem = (run: (ordinal: number) => Promise<void>): void => {
    const { view } = page();
    if (!view) return;
    const place = (): string => [scope().generation, listName(scope()), page().view?.ordinal ?? ''].join(' ');
    const asked = place();
    withRater(() => actNext(async () => (place() === asked ? run(view.ordinal) : undefined)));
  };

  return {
    act,
    actNext,
    withRater,
    onItem,
    takeWaiting: () => {
      const waiting = afterRater;
      afterRater = null;
      return waiting;
    },
  };
}
