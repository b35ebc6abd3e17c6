import type { ReportProgress } from '../protocol/reportProtocol';

/** Milliseconds between two messages: what a person can follow, and nothing to the thread that passes them on. */
const pause = 100;

/** Passes progress on where a stage begins, and then no more often than people can follow. */
export function seldom(
  pass: (progress: ReportProgress) => void,
  now: () => number = () => performance.now(),
): (progress: ReportProgress) => void {
  let stage: ReportProgress['stage'] | null = null;
  let last = 0;
  return progress => {
    const at = now();
    if (progress.stage === stage && at - last < pause) return;
    stage = progress.stage;
    last = at;
    pass(progress);
  };
}
