import { askedOnce } from '../../core/agreement/labelSlots';
import { refuseSubset } from '../../core/agreement/subsetFacts';
import { labelledItems, ratersOf, ratingTableOfRun } from '../../core/agreement/ratingTableOfRun';
import { reportAgreement } from '../../core/agreement/reportAgreement';
import { loadItems } from '../../core/rollout/loadItems';
import type { ReportState } from '../../protocol/reportProtocol';
import type { Session } from './session';

/** The agreement report of a criterion, from the labels as they are now: those in a subset, or with `null` those outside any. */
export async function reportState(
  session: Session,
  criterion: string,
  name: string | null,
): Promise<ReportState> {
  await session.scanned();
  const { state, environment } = session;
  const { rubric, subset } = session.queue(criterion, name);
  const { rollouts, items } = state.directory;
  const labels = state.store?.index;
  const within = subset ?? undefined;
  const raters = labels ? ratersOf(labels, criterion, within) : new Map<string, number>();
  const common = {
    file: environment.fileName,
    rubric,
    labels: [...raters].map(([rater, count]) => ({ rater, count })),
    items: within ? askedOnce(within).length : items[rubric.part].turn.length,
  };
  const nothing = (empty: string): ReportState => ({ ...common, report: null, empty });
  const refused = within ? refuseSubset(within.manifest, criterion) : null;
  if (refused !== null) return nothing(refused);
  if (!state.source || !labels) return nothing(state.refused ?? 'There are no labels here.');
  if (raters.size === 0) {
    return nothing(
      within
        ? `No labels in ${within.manifest.name} yet: score some of its items in the editor, then come back.`
        : `No ${criterion} labels outside subsets yet: score some items in the editor with the judge hidden, then come back.`,
    );
  }
  const judged = rollouts.some(summary => summary.judge.some(score => score.criterion === criterion));
  if (!judged && raters.size < 2)
    return nothing(`The file holds no ${criterion} scores of a judge to compare the labels with.`);
  const itemsNow = await loadItems(state.source, rollouts, labelledItems(labels, criterion, within), rubric);
  const table = ratingTableOfRun({
    rollouts,
    labels,
    rubric,
    itemsNow,
    ...(within ? { subset: within } : {}),
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
