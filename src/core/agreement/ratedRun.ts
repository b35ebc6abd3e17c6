import type { ByteSource } from '../bytes/byteSource';
import { partText } from '../rollout/item';
import { loadItems } from '../rollout/loadItems';
import { labelledItems, ratingTableOfRun } from './ratingTableOfRun';
import type { RunRatings } from './ratingTableOfRun';
import type { RatingTable } from './ratingTable';
import type { RunFacts } from './reportAgreement';

/** What a run's report is made of: the ratings, and what the questions ask of the run. */
export interface RatedRun {
  readonly table: RatingTable;
  readonly run: RunFacts;
}

export interface RatedRunOptions extends Omit<RunRatings, 'itemsNow'> {
  /** Fields that conditions are told by. */
  readonly fields?: readonly string[];
  /** Called for each item that was read from the file. */
  readonly onItem?: (done: number, total: number) => void;
}

/** Reads the items of a report, each rollout once: their hashes tell stale labels, their lengths are a question's. */
export async function ratedRun(source: ByteSource, options: RatedRunOptions): Promise<RatedRun> {
  const { fields, onItem, ...ratings } = options;
  const { rollouts, rubric, labels, subset } = ratings;
  const keys = labelledItems(labels, rubric.criterion, subset);
  const read = new Map<string, number>();
  const itemsNow = await loadItems(source, rollouts, keys, rubric, ({ rollout: id, turn }, rollout) => {
    const message = rollout.messages.find(candidate => candidate.turn === turn);
    read.set(JSON.stringify([id, turn]), message ? partText(message, rubric.part).length : 0);
    onItem?.(read.size, keys.length);
  });
  const table = ratingTableOfRun({ ...ratings, itemsNow });
  const lengths = new Map(
    table.units.flatMap(({ id }) => {
      const length = read.get(id);
      return length === undefined ? [] : [[id, length] as const];
    }),
  );
  return {
    table,
    run: { rollouts, rubric, labels, lengths, ...(subset ? { subset } : {}), ...(fields ? { fields } : {}) },
  };
}
