import { parentPort } from 'node:worker_threads';
import { addLabelPart } from '../core/labels/labelParts';
import { newLabelIndex } from '../core/labels/labelIndex';
import type { RolloutSummary } from '../core/rollout/runScan';
import type { ManifestSlot } from '../core/subset/manifest';
import { openFileSource } from '../disk/fileSource';
import { ioReason } from '../disk/ioReason';
import type { FromReportWorker, ReportJob, ToReportWorker } from '../protocol/reportWorkerProtocol';
import { makeAnalysis } from './makeAnalysis';
import { makeReport } from './makeReport';
import { seldom } from './seldom';

/** The thread that makes one report or analysis and ends with it: gathers the run, counts, and tells how far it is. */

const port = parentPort;
if (!port) throw new Error('This is a worker’s script.');
const post = (message: FromReportWorker): void => void port.postMessage(message);

let job: ReportJob | null = null;
let labels = newLabelIndex();
const rollouts: RolloutSummary[] = [];
const slots: ManifestSlot[] = [];

port.on('message', (message: ToReportWorker) => {
  switch (message.kind) {
    case 'job':
      job = message.job;
      break;
    case 'rollouts':
      rollouts.push(...message.rollouts);
      break;
    case 'slots':
      slots.push(...message.slots);
      break;
    case 'labels':
      labels = newLabelIndex();
      break;
    case 'part':
      addLabelPart(labels, message.part);
      break;
    case 'count':
      void count().then(post, (error: unknown) => post({ kind: 'failed', message: ioReason(error) }));
      return;
  }
  post({ kind: 'next' });
});
post({ kind: 'next' });

async function count(): Promise<FromReportWorker> {
  if (!job) throw new Error('there is nothing to count');
  const subset = job.subset && {
    ...job.subset,
    manifest: { ...job.subset.manifest, items: slots },
  };
  const source = await openFileSource(job.path);
  try {
    const progress = seldom(progress => post({ kind: 'progress', progress }));
    const input = { job: { ...job, subset }, rollouts, labels };
    return job.analysis
      ? { kind: 'analysed', ...(await makeAnalysis(source, input, job.analysis, progress)) }
      : { kind: 'made', ...(await makeReport(source, input, progress)) };
  } finally {
    await source.close();
  }
}
