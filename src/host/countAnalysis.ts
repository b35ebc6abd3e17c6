import type { ReportProgress } from '../protocol/reportProtocol';
import type { MadeAnalysis } from '../protocol/reportWorkerProtocol';
import { countInWorker, type Counting, type WorkerOrder } from './countInWorker';
import type { Session } from './session/session';

/** Counts an analysis in a worker of its own; labels are those that the session has now. */
export function countAnalysis(
  session: Session,
  order: WorkerOrder & Required<Pick<WorkerOrder, 'analysis'>>,
  onProgress: (progress: ReportProgress) => void,
): Counting<MadeAnalysis> {
  return countInWorker(session, order, onProgress, {
    name: 'analysis',
    take: message =>
      message.kind === 'analysed' ? { counted: message.counted, markdown: message.markdown } : null,
  });
}
