import type { MeasureValue } from '../agreement/agreementReport';
import { formatInterval, formatNumber, withMinus } from '../agreement/numberText';
import type { AnalysisReport, Effect, TurnSeries } from './analysisReport';

/** A table of a report as text: the first column names the row. */
export interface AnalysisTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** All tables of a report, in the order that they are read in. */
export function analysisTables(report: AnalysisReport): AnalysisTable[] {
  const { groups, trajectory, legibility, effects, thresholds } = report;
  const cuts = thresholds.map(cut => `share ≥ ${withMinus(cut)}`);
  const label = (group: number): string => groups[group]?.label ?? '';
  const labelled = report.scores === 'corrected' ? ['labels'] : [];
  const tables: AnalysisTable[] = [];
  if (!legibility)
    tables.push({
      title: 'Groups',
      head: ['group', 'rollouts', 'clusters', 'scored turns', ...labelled, 'mean', ...cuts],
      rows: groups.map(group => [
        group.label,
        ...[group.rollouts, group.clusters, group.scored].map(String),
        ...labelled.map(() => String(group.labelled ?? 0)),
        ...[group.mean, ...group.shares].map(estimateCell),
      ]),
    });
  if (trajectory?.auc)
    tables.push({
      title: 'Mean score of a conversation over its turns',
      head: ['group', 'conversations', 'mean'],
      rows: trajectory.auc.means.map(({ group, n, mean }) => [label(group), String(n), estimateCell(mean)]),
    });
  if (legibility) tables.push(...legibilityTables(report, label, cuts));
  if (effects.length > 0)
    tables.push({
      title: 'Effects: treated − baseline',
      head: ['what', 'within', 'baseline', 'treated', 'difference', 'reading'],
      rows: effects.map(effectRow),
    });
  if (trajectory) {
    for (const series of trajectory.series)
      tables.push(turnTable(`Turn by turn: ${label(series.group)}`, 'turn', series, cuts, true));
    for (const series of trajectory.aligned?.series ?? [])
      tables.push(
        turnTable(
          `Turns since ${trajectory.aligned?.field ?? ''}: ${label(series.group)}`,
          'turns since',
          series,
          cuts,
          false,
        ),
      );
  }
  return tables;
}

function legibilityTables(
  { legibility, scores }: AnalysisReport,
  label: (group: number) => string,
  cuts: readonly string[],
): AnalysisTable[] {
  if (!legibility) return [];
  const { rows, bins, worst } = legibility;
  const tables: AnalysisTable[] = [
    {
      title: 'Scores',
      head: ['group', 'n', 'unscored', 'mean', 'sd', ...cuts],
      rows: rows.map(({ group, n, unscored, mean, sd, shares }) => [
        label(group),
        String(n),
        String(unscored),
        ...[mean, sd, ...shares].map(estimateCell),
      ]),
    },
    {
      title: 'Answers',
      head: ['group', 'rollouts', 'graded', 'correct', 'partial', 'incorrect', 'empty answers', 'errors'],
      rows: rows.map(({ group, rollouts, correctness, emptyAnswers, errors }) => [
        label(group),
        String(rollouts),
        String(correctness.known),
        ...[correctness.correct, correctness.partial, correctness.incorrect].map(estimateCell),
        `${String(emptyAnswers.count)}: ${estimateCell(emptyAnswers.share)}`,
        `${String(errors.count)}: ${estimateCell(errors.share)}`,
      ]),
    },
  ];
  if (scores !== 'corrected')
    tables.push({
      title: 'Quantiles of the scores (type 6)',
      head: ['group', 'min', 'q1', 'median', 'q3', 'max'],
      rows: rows.flatMap(({ group, box }) =>
        box
          ? [[label(group), ...[box.min, box.q1, box.median, box.q3, box.max].map(value => withMinus(value))]]
          : [],
      ),
    });
  for (const { group, bins: own } of bins?.series ?? [])
    tables.push({
      title: `Correctness by the mean score of the question in ${bins?.reference ?? ''}: ${label(group)}`,
      head: ['mean', 'questions', 'rollouts', 'correct', 'partial', 'incorrect'],
      rows: own.map(({ from, to, questions, rollouts, ...rates }, place) => [
        `[${withMinus(from)}, ${withMinus(to)}${place === own.length - 1 ? ']' : ')'}`,
        String(questions),
        String(rollouts),
        ...[rates.correct, rates.partial, rates.incorrect].map(estimateCell),
      ]),
    });
  tables.push({
    title: 'The worst, by the judge',
    head: ['rollout', 'turn', 'score', 'group', 'provider', 'answer', 'the judge’s words'],
    rows: worst.map(({ rollout, turn, score, group, provider, correctness, explanation }) => [
      rollout,
      String(turn),
      withMinus(score),
      label(group),
      provider ?? '',
      correctness ?? '',
      explanation.replace(/\s+/g, ' ').trim(),
    ]),
  });
  return tables;
}

function turnTable(
  title: string,
  first: string,
  { points }: TurnSeries,
  cuts: readonly string[],
  events: boolean,
): AnalysisTable {
  const labelled = points.some(point => point.labelled !== undefined);
  return {
    title,
    head: [
      first,
      'scored',
      ...(labelled ? ['labels'] : []),
      'mean',
      ...cuts,
      ...(events ? ['at risk', 'events', 'cumulative'] : []),
    ],
    rows: points.map(point => [
      withMinus(point.turn),
      String(point.n),
      ...(labelled ? [String(point.labelled ?? 0)] : []),
      ...[point.mean, ...point.shares].map(estimateCell),
      ...(events
        ? [
            String(point.atRisk ?? 0),
            String(point.events?.length ?? 0),
            point.cumulative ? estimateCell(point.cumulative) : '—',
          ]
        : []),
    ]),
  };
}

const effectNames: Readonly<Record<Effect['measure'], string>> = {
  auc: 'conversations’ mean score',
  mean: 'mean score',
  share: 'share',
  event: 'rollouts with the event',
};

function effectRow(effect: Effect): string[] {
  const { measure, cut, field, baseline, treated, within } = effect;
  const what = `${effectNames[measure]}${cut === undefined ? '' : ` ≥ ${withMinus(cut)}`}`;
  return [
    `${what}, ${field}: ${treated} − ${baseline}`,
    within.length === 0 ? 'all' : within.map(({ value }) => value ?? '(none)').join(' · '),
    ...[effect.valueBaseline, effect.valueTreated, effect.difference].map(estimateCell),
    effect.reading,
  ];
}

/** "0.812 [0.741, 0.870]"; without an interval the number alone, "—" without one. */
export function estimateCell({ value, ci }: MeasureValue): string {
  if (value === null) return '—';
  return ci ? `${formatNumber(value)} [${formatInterval(ci).join(', ')}]` : formatNumber(value);
}
