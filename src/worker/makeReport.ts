import { agreementMarkdown } from '../core/agreement/agreementMarkdown';
import { askedOnce } from '../core/agreement/labelSlots';
import { defaultResamples } from '../core/agreement/pairReport';
import { ratedRun } from '../core/agreement/ratedRun';
import { ratersOf } from '../core/agreement/ratingTableOfRun';
import { reportAgreement } from '../core/agreement/reportAgreement';
import { reportJson } from '../core/agreement/reportJson';
import { refuseSubset } from '../core/agreement/subsetFacts';
import type { ByteSource } from '../core/bytes/byteSource';
import type { LabelIndex } from '../core/labels/labelIndex';
import type { RolloutSummary } from '../core/rollout/runScan';
import type { ReportProgress } from '../protocol/reportProtocol';
import type { MadeReport, ReportJob } from '../protocol/reportWorkerProtocol';

/** What a report is made from, all of it at hand. */
export interface ReportInput {
  readonly job: ReportJob;
  readonly rollouts: readonly RolloutSummary[];
  readonly labels: LabelIndex;
}

/** Makes the report of a criterion's labels, those in a subset or those outside any, or says what is missing for one. */
export async function makeReport(
  source: ByteSource,
  { job, rollouts, labels }: ReportInput,
  onProgress: (progress: ReportProgress) => void,
): Promise<MadeReport> {
  const { file, rubric, version } = job;
  const { criterion, thresholds } = rubric;
  const subset = job.subset ?? undefined;
  const raters = ratersOf(labels, criterion, subset);
  const common = {
    file,
    rubric,
    labels: [...raters].map(([rater, count]) => ({ rater, count })),
    items: subset ? askedOnce(subset).length : job.items,
  };
  const empty = whyEmpty(job, rollouts, raters.size);
  if (empty !== null) return { counted: { ...common, report: null, empty }, markdown: null };
  const { table, run } = await ratedRun(source, {
    rollouts,
    labels,
    rubric,
    ...(subset ? { subset } : {}),
    source: { file, criterion },
    onItem: (done, total) => onProgress({ stage: 'items', done, total }),
  });
  const report = reportAgreement(table, {
    thresholds,
    categories: 'scale',
    seed: 1,
    resamples: defaultResamples,
    version,
    run,
    onStep: (stage, done, total) => onProgress({ stage, done, total }),
  });
  return {
    counted: { ...common, report: reportJson(report), empty: null },
    markdown: agreementMarkdown(report, { criterion, file }),
  };
}

function whyEmpty(
  { rubric: { criterion }, subset }: ReportJob,
  rollouts: readonly RolloutSummary[],
  raters: number,
): string | null {
  const refused = subset ? refuseSubset(subset.manifest, criterion) : null;
  if (refused !== null) return refused;
  if (raters === 0)
    return subset
      ? `No labels in ${subset.manifest.name} yet: score some of its items in the editor, then come back.`
      : `No ${criterion} labels outside subsets yet: score some items in the editor with the judge hidden, then come back.`;
  const isJudged = rollouts.some(({ judge }) => judge.some(score => score.criterion === criterion));
  return isJudged || raters >= 2
    ? null
    : `The file holds no ${criterion} scores of a judge to compare the labels with.`;
}
