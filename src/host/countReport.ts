import { Worker } from 'node:worker_threads';
import type { ReportProgress } from '../protocol/reportProtocol';
import type { FromReportWorker, MadeReport, ReportJob } from '../protocol/reportWorkerProtocol';
import { reportParts } from './reportParts';
import type { Session } from './session/session';

/** Which report, and where its worker and file are. */
export interface ReportOrder {
  readonly criterion: string;
  /** Of the labels in a subset, or with `null` of those outside any. */
  readonly subset: string | null;
  /** Of the rollout file. */
  readonly path: string;
  /** Of the worker's script. */
  readonly script: string;
  /** Of the program. */
  readonly version: string;
}

/** A computation under way. */
export interface Counting {
  /** `null` once it is cancelled; rejects with a sentence. */
  readonly result: Promise<MadeReport | null>;
  /** Ends its worker at once. */
  cancel(): void;
}

/** Counts a report from the labels that the session has now, in a worker of its own, so that this thread stays free. */
export function countReport(
  session: Session,
  order: ReportOrder,
  onProgress: (progress: ReportProgress) => void,
): Counting {
  const stop = new AbortController();
  const { signal } = stop;
  const cancelled = new Promise<null>(resolve => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const counted = run(session, order, onProgress, signal).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The report could not be made: ${reason.replace(/\.$/, '')}.`, { cause: error });
  });
  return { result: Promise.race([cancelled, counted]), cancel: () => stop.abort() };
}

async function run(
  session: Session,
  { criterion, subset: name, path, script, version }: ReportOrder,
  onProgress: (progress: ReportProgress) => void,
  signal: AbortSignal,
): Promise<MadeReport | null> {
  await scanned(session, onProgress);
  if (signal.aborted) return null;
  const { state, environment } = session;
  const { rubric, subset } = session.queue(criterion, name);
  const { rollouts, items } = state.directory;
  const job: ReportJob = {
    path,
    file: environment.fileName,
    rubric,
    subset,
    items: items[rubric.part].turn.length,
    version,
  };
  if (!state.source || !state.store) {
    const { file, items: count } = job;
    const empty = state.refused ?? environment.readOnly ?? 'There are no labels here.';
    return { counted: { file, rubric, report: null, empty, labels: [], items: count }, markdown: null };
  }
  const worker = new Worker(script);
  const end = (): void => void worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    const { made, asked } = listenTo(worker, onProgress);
    const parts = reportParts(job, rollouts, state.store.index, (done, total) =>
      onProgress({ stage: 'rollouts', done, total }),
    );
    for (const part of parts) {
      // Keys and labels come in between. To post to a thread that is at work would be to wait for its locks.
      await Promise.race([asked(), made]);
      if (signal.aborted) return null;
      worker.postMessage(part);
    }
    return await made;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

interface Listening {
  /** What the worker has made; rejects where it can't, or ends without a word. */
  readonly made: Promise<MadeReport>;
  /** Resolves when it asks for the next part. */
  asked(): Promise<void>;
}

function listenTo(worker: Worker, onProgress: (progress: ReportProgress) => void): Listening {
  let asks = 0;
  let wake: () => void = () => undefined;
  const made = new Promise<MadeReport>((resolve, reject) => {
    worker.on('message', (message: FromReportWorker) => {
      switch (message.kind) {
        case 'next':
          asks += 1;
          wake();
          break;
        case 'progress':
          onProgress(message.progress);
          break;
        case 'made':
          resolve({ counted: message.counted, markdown: message.markdown });
          break;
        case 'failed':
          reject(new Error(message.message));
      }
    });
    worker.on('error', error => reject(new Error(`its computation broke off: ${error.message}`)));
    worker.on('exit', code => reject(new Error(`its computation ended too early (code ${String(code)})`)));
  });
  // It may end before anyone waits for it.
  made.catch(() => undefined);
  return {
    made,
    asked: async () => {
      if (asks === 0) await new Promise<void>(resolve => (wake = resolve));
      asks -= 1;
    },
  };
}

/** Waits until the whole file has been read. */
async function scanned(session: Session, onProgress: (progress: ReportProgress) => void): Promise<void> {
  const tell = (): void => {
    const { scanning } = session.state;
    if (scanning !== null) onProgress({ stage: 'scanning', done: Math.floor(scanning * 100), total: 100 });
  };
  tell();
  const listening = session.onChange(tell);
  try {
    await session.scanned();
  } finally {
    listening.dispose();
  }
}
