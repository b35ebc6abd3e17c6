import { labelledItems, ratersOf, ratingTableOfRun } from '../../core/agreement/ratingTableOfRun';
import { reportAgreement } from '../../core/agreement/reportAgreement';
import { loadItems } from '../../core/rollout/loadItems';
import type { ReportState } from '../../protocol/reportProtocol';
import type { Session } from './session';

/** The agreement report of a criterion, from the labels as they are now. */
export async function reportState(session: Session, criterion: string): Promise<ReportState> {
  await session.scanned();
  const { state, environment } = session;
  const rubric = environment.rubrics.find(candidate => candidate.criterion === criterion);
  if (!rubric) throw new Error(`There is no criterion ${JSON.stringify(criterion)}.`);
  const { rollouts, items } = state.directory;
  const labels = state.store?.index;
  const raters = labels ? ratersOf(labels, criterion) : new Map<string, number>();
  const common = {
    file: environment.fileName,
    rubric,
    labels: [...raters].map(([rater, count]) => ({ rater, count })),
    items: items[rubric.part].turn.length,
  };
  const nothing = (empty: string): ReportState => ({ ...common, report: null, empty });
  if (!state.source || !labels) return nothing(state.refused ?? 'There are no labels here.');
  if (raters.size === 0) {
    return nothing(
      `No ${criterion} labels yet: score some items in the editor with the judge hidden, then come back.`,
    );
  }
  const judged = rollouts.some(summary => summary.judge.some(score => score.criterion === criterion));
  if (!judged && raters.size < 2)
    return nothing(`The file holds no ${criterion} scores of a judge to compare the labels with.`);
  const itemsNow = await loadItems(state.source, rollouts, labelledItems(labels, criterion), rubric);
  const table = ratingTableOfRun({
    rollouts,
    labels,
    rubric,
    itemsNow,
    source: { file: environment.fileName, criterion },
  });
  const report = reportAgreement(table, {
    thresholds: rubric.thresholds,
    categories: 'scale',
    seed: 1,
    resamples: 2000,
  });
  return { ...common, report, empty: null };
}
