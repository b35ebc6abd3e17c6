import type { ReportProgress } from '../protocol/reportProtocol';
import type { MadeReport } from '../protocol/reportWorkerProtocol';
import { countInWorker, type Counting, type WorkerOrder } from './countInWorker';
import type { Session } from './session/session';

/** Which report, and where its worker and file are. */
export type ReportOrder = WorkerOrder;

/** Counts a report from the labels that the session has now, in a worker of its own, so that this thread stays free. */
export function countReport(
  session: Session,
  order: ReportOrder,
  onProgress: (progress: ReportProgress) => void,
): Counting<MadeReport> {
  return countInWorker(session, order, onProgress, {
    name: 'report',
    take: message =>
      message.kind === 'made' ? { counted: message.counted, markdown: message.markdown } : null,
    without: ({ file, rubric, items }, { refused }) => {
      const empty = refused ?? session.environment.readOnly ?? 'There are no labels here.';
      return { counted: { file, rubric, report: null, empty, labels: [], items }, markdown: null };
    },
  });
}
