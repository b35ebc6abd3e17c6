import type { AnalysisReport, Trajectory, TurnPoint } from '../../analysis/analysisReport';
import type { Figure, ItemsBehind } from '../figure';
import { percentLabel, scoreDomain, shareDomain, withMinus } from './axes';
import { groupBehind } from './groupBehind';
import { turnFigure } from './turnFigure';
import { countWords, numberWords } from './valueWords';

/** "mean frustration (0–10)", with whose scores it is of where they aren't the judge's. */
export function scoreTitle({ criterion, scale, scores }: AnalysisReport, what = 'mean'): string {
  const whose = scores === 'judge' ? '' : `, ${scores === 'human' ? 'human labels' : 'corrected'}`;
  return `${what} ${criterion} (${withMinus(scale.min)}–${withMinus(scale.max)}${whose})`;
}

/** The mean score turn by turn. */
export function meanFigure(report: AnalysisReport, { series, survivorsOnly }: Trajectory): Figure | null {
  return turnFigure(report, {
    id: 'mean-per-turn',
    title: 'How does the mean score move over the turns?',
    summary: summaryOf(
      report,
      series,
      `Mean ${report.criterion} per turn`,
      point => point.mean.value,
      'score',
    ),
    caption: `Lines: mean over ${among(survivorsOnly)}. Bands: 95%, by ${bandsBy(report)}.`,
    series,
    kind: 'score',
    xTitle: 'turn',
    yTitle: scoreTitle(report),
    domain: scoreDomain(
      report.scale,
      shownOf(series.flatMap(({ points }) => points.map(({ mean }) => mean))),
    ),
    value: ({ mean }) => mean,
    valueName: 'mean',
    turnName: turn => `turn ${String(turn)}`,
    behind: (group, { turn }) => groupBehind(report, group, `turn ${String(turn)}`, { turn }),
  });
}

/** The share of turns at or above a cut, turn by turn. */
export function shareFigure(
  report: AnalysisReport,
  { series, survivorsOnly }: Trajectory,
  place: number,
): Figure | null {
  const cut = report.thresholds[place];
  if (cut === undefined) return null;
  const all = series.flatMap(({ points }) => points.flatMap(({ shares }) => shares[place] ?? []));
  const above = `≥ ${withMinus(cut)}`;
  return turnFigure(report, {
    id: `share-per-turn-${String(cut)}`,
    title: `How often is a turn at ${withMinus(cut)} or above?`,
    summary: summaryOf(
      report,
      series,
      `Share of turns with ${report.criterion} ${above}`,
      ({ shares }) => shares[place]?.value ?? null,
      'share',
    ),
    caption: `Lines: share of ${among(survivorsOnly)} whose score in the turn is ${above}. Bands: 95%, by ${bandsBy(report)}.`,
    series,
    kind: 'share',
    xTitle: 'turn',
    yTitle: `share of turns with a score ${above}`,
    yLabel: percentLabel,
    domain: shareDomain(shownOf(all)),
    value: ({ shares }) => shares[place],
    valueName: `share ${above}:`,
    turnName: turn => `turn ${String(turn)}`,
    behind: (group, { turn }) => aboveBehind(report, group, turn, cut),
  });
}

/** Means along the turns since the turn that a field names. */
export function alignedFigure(report: AnalysisReport, { aligned }: Trajectory): Figure | null {
  if (!aligned) return null;
  const { series, field, without } = aligned;
  const leftOut =
    without > 0 ? ` ${countWords(without, 'rollout')} without a turn in ${field} left out.` : '';
  return turnFigure(report, {
    id: 'aligned',
    title: `How does the mean score move around ${field}?`,
    summary: summaryOf(
      report,
      series,
      `Mean ${report.criterion} by turns since ${field}`,
      point => point.mean.value,
      'score',
    ),
    caption: `0 is the turn that ${field} names. Bands: 95%, by ${bandsBy(report)}.${leftOut}`,
    series,
    kind: 'score',
    xTitle: `turns since ${field}`,
    yTitle: scoreTitle(report),
    domain: scoreDomain(
      report.scale,
      shownOf(series.flatMap(({ points }) => points.map(({ mean }) => mean))),
    ),
    value: ({ mean }) => mean,
    valueName: 'mean',
    turnName: turn => sinceWords(turn, field),
    mark: { at: 0, label: field },
  });
}

function sinceWords(turn: number, field: string): string {
  if (turn === 0) return `the turn of ${field}`;
  return `${countWords(Math.abs(turn), 'turn')} ${turn < 0 ? 'before' : 'after'} ${field}`;
}

/** The judge's scores tell which turns they are; others are listed by turn alone. */
function aboveBehind(report: AnalysisReport, group: number, turn: number, cut: number): ItemsBehind {
  const name = `turn ${String(turn)}`;
  return report.scores === 'judge'
    ? groupBehind(report, group, `${name}, ≥ ${withMinus(cut)}`, {
        turn,
        judge: { min: cut, max: report.scale.max },
      })
    : groupBehind(report, group, name, { turn });
}

const among = (survivorsOnly: boolean): string =>
  survivorsOnly ? 'rollouts without the event so far' : 'rollouts that have the turn';

function bandsBy({ clusterBy }: AnalysisReport): string {
  return clusterBy === 'rollout' ? 'whole rollouts' : `whole clusters (${clusterBy})`;
}

function shownOf(
  values: readonly { readonly value: number | null; readonly ci?: readonly [number, number] | null }[],
): number[] {
  return values.flatMap(({ value, ci }) => [...(value === null ? [] : [value]), ...(ci ? [ci[1]] : [])]);
}

/** "Mean frustration per turn: baseline from 1.20 in turn 1 to 6.31 in turn 20; …". */
function summaryOf(
  { groups }: AnalysisReport,
  series: Trajectory['series'],
  what: string,
  value: (point: TurnPoint) => number | null,
  kind: 'score' | 'share',
): string {
  const lines = series.flatMap(({ group, points }) => {
    const known = points.filter(point => value(point) !== null);
    const [first, last] = [known[0], known.at(-1)];
    if (!first || !last) return [];
    const at = (point: TurnPoint): string =>
      `${numberWords(value(point) ?? 0, kind)} at turn ${withMinus(point.turn)}`;
    return [`${groups[group]?.label ?? ''} from ${at(first)} to ${at(last)}`];
  });
  return `${what}: ${lines.join('; ')}.`;
}
