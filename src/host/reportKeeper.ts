import type { AgreementReport } from '../core/agreement/agreementReport';
import type { CountedReport } from '../protocol/reportProtocol';
import type { MadeReport } from '../protocol/reportWorkerProtocol';
import type { Counting } from './countInWorker';

/** One panel's report: the last one made, and at most one computation at a time. */
export interface ReportKeeper {
  /** The last one while nothing has changed, else a new one; `null` where that is cancelled and there is none. */
  ready(): Promise<CountedReport | null>;
  /** A new one, whatever is under way; `null` where it is cancelled. */
  refresh(): Promise<CountedReport | null>;
  /** Ends the computation under way. */
  cancel(): void;
  /** Of the last one, or of a new one where there is none; `null` where that is empty or cancelled. */
  markdown(): Promise<string | null>;
  /** The same as data. */
  report(): Promise<AgreementReport | null>;
}

/** `count` begins a computation; `stamp` tells what it would be of: a report with the same stamp need not be made again. */
export function reportKeeper(count: () => Counting<MadeReport>, stamp: () => string): ReportKeeper {
  let kept: { readonly made: MadeReport; readonly stamp: string } | null = null;
  let running: { readonly result: Promise<MadeReport | null>; cancel(): void } | null = null;

  const begin = (): NonNullable<typeof running> => {
    const of = stamp();
    const counting = count();
    const own = {
      cancel: counting.cancel,
      result: counting.result
        .then(made => {
          if (made && running === own) kept = { made, stamp: of };
          return made;
        })
        .finally(() => {
          if (running === own) running = null;
        }),
    };
    running = own;
    return own;
  };

  /** Waits for the computation under way; where another took its place, for that one. */
  const settled = async (): Promise<MadeReport | null> => {
    for (let own = running ?? begin(); ; own = running) {
      const made = await own.result;
      if (made || !running) return made;
    }
  };

  const last = async (): Promise<MadeReport | null> => kept?.made ?? (await settled());

  return {
    ready: async () => {
      if (kept && !running && kept.stamp === stamp()) return kept.made.counted;
      return ((await settled()) ?? kept?.made)?.counted ?? null;
    },
    refresh: async () => {
      const before = running;
      begin();
      before?.cancel();
      return (await settled())?.counted ?? null;
    },
    cancel: () => running?.cancel(),
    markdown: async () => (await last())?.markdown ?? null,
    report: async () => {
      const json = (await last())?.counted.report ?? null;
      return json === null ? null : (JSON.parse(json) as AgreementReport);
    },
  };
}
