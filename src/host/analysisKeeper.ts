import type { AnalysisChoice } from '../protocol/analysisProtocol';
import type { MadeAnalysis } from '../protocol/reportWorkerProtocol';
import type { Counting } from './countInWorker';

/** One panel's analysis: the last one made, and at most one computation at a time. */
export interface AnalysisKeeper {
  /** By this choice: the last one where nothing has changed, else a new one; `null` where it is cancelled. */
  ready(choice: AnalysisChoice): Promise<MadeAnalysis | null>;
  /** A new one, whatever is under way. */
  refresh(choice: AnalysisChoice): Promise<MadeAnalysis | null>;
  /** Ends the computation under way. */
  cancel(): void;
  /** The last one made. */
  last(): MadeAnalysis | null;
}

/** `stamp` tells what a computation would be of: with the same stamp and choice it need not be made again. */
export function analysisKeeper(
  count: (choice: AnalysisChoice) => Counting<MadeAnalysis>,
  stamp: () => string,
): AnalysisKeeper {
  let kept: { readonly made: MadeAnalysis; readonly of: string } | null = null;
  let running: { readonly of: string; readonly counting: Counting<MadeAnalysis> } | null = null;
  const stampOf = (choice: AnalysisChoice): string => JSON.stringify([choice, stamp()]);

  const begin = async (choice: AnalysisChoice): Promise<MadeAnalysis | null> => {
    running?.counting.cancel();
    const own = { of: stampOf(choice), counting: count(choice) };
    running = own;
    try {
      const made = await own.counting.result;
      if (made && running === own) kept = { made, of: own.of };
      return made;
    } finally {
      if (running === own) running = null;
    }
  };

  return {
    ready: async choice => {
      const of = stampOf(choice);
      if (running?.of === of) return running.counting.result;
      if (!running && kept?.of === of) return kept.made;
      return begin(choice);
    },
    refresh: begin,
    cancel: () => running?.counting.cancel(),
    last: () => kept?.made ?? null,
  };
}
