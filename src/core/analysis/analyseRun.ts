import { clusterIn } from '../agreement/clusterIn';
import { judgeRuns } from '../agreement/judgeRuns';
import { counted } from '../agreement/questions/estimateText';
import { fieldValue } from '../agreement/questions/fieldGroups';
import type { RolloutSummary } from '../rollout/runScan';
import { clusterFieldOf } from '../subset/clusters';
import { populationOf, type Population } from '../subset/population';
import { analysisNotes } from './analysisNotes';
import { turnKey, type AnalysisInput, type AnalysisOptions } from './analysisInput';
import type { AnalysisGroup, AnalysisReport, LegibilityReport, Trajectory } from './analysisReport';
import { effectsOf, type EffectRules } from './comparedSides';
import { aucOf, type ConversationMean } from './conversationMeans';
import { correctnessOf } from './correctness';
import { type Belongs, type Estimates, type IntervalRules } from './estimates';
import { legibilityRows } from './legibilityRows';
import { defaultBins, referenceBins } from './referenceBins';
import { defaultFields, rolloutGroups, type RolloutGroup } from './rolloutGroups';
import { judgedItems } from './scoredItems';
import { concerned, conversationsOf, scoresOf } from './scores';
import { alignedView, turnSeries, type TurnRules } from './trajectory';
import { worstItems } from './worstItems';

/**
 * Counts one criterion of a run. Pure: the same input, in any order of rollouts, the same report to the byte. Throws where
 * human or corrected scores are asked for without `rated`.
 */
export function analyseRun(input: AnalysisInput, options: AnalysisOptions): AnalysisReport {
  const { rubric, facts, rated } = input;
  const { seed, resamples, scores } = options;
  const cuts = [...new Set(options.thresholds ?? rubric.thresholds)].sort((a, b) => a - b);
  const population = populationOf(input, options.judge);
  const rollouts = concerned(population, input);
  const clusterBy = rated?.table.clusterBy ?? options.cluster ?? clusterFieldOf(rollouts);
  const clusterOf = (rollout: RolloutSummary): string => clusterIn({ clusterBy }, rollout);
  const intervals: IntervalRules = { seed, resamples, clusterOf };
  const by = options.by ?? defaultFields(rollouts, rubric.part);
  const groups = rolloutGroups(rollouts, by);
  const survivorsOnly = options.survivorsOnly ?? false;
  const eventTurn = (rollout: RolloutSummary): number | undefined =>
    rubric.part === 'response' ? facts.eventTurns.get(rollout.id) : undefined;
  const exists: Belongs = (rollout, turn) => {
    const end = eventTurn(rollout) ?? Infinity;
    return survivorsOnly ? turn < end : turn <= end;
  };
  const scored = scoresOf(input, options, population, cuts, intervals);
  const { estimates, items } = scored;
  const desired = rubric.scale.worst === 'max' ? 'lower' : 'higher';
  const refusals: string[] = scored.run && 'refused' in scored.run ? [scored.run.refused] : [];
  const means = items ? conversationsOf(items, exists, scores, rubric.part, rollouts) : null;
  const turnRules: TurnRules = {
    estimates,
    exists,
    eventTurn,
    eventBands: options.eventBands ?? 'wilson',
    intervals,
  };
  const effectRules: EffectRules = {
    by,
    cuts,
    desired,
    estimates,
    exists,
    intervals,
    from: items ? { items } : { run: scored.run ?? { refused: 'There are no labels.' } },
    ...(means && scores === 'judge' && rubric.part === 'response' ? { means } : {}),
    ...(rubric.part === 'response' ? { eventTurn } : {}),
  };
  const compared = (options.effects ?? []).map(wanted => effectsOf(rollouts, wanted, effectRules));
  refusals.push(...compared.flatMap(({ refusals: own }) => own));
  const described = groups.map(group => groupOf(group, estimates, exists, clusterOf));
  const [none] = described;
  if (
    scores === 'corrected' &&
    refusals.length === 0 &&
    none &&
    described.every(({ mean }) => mean.value === null)
  )
    refusals.push(`No group can be corrected. The first, ${none.label}: ${none.mean.reason ?? ''}`);
  const trajectory =
    rubric.part === 'response' ? trajectoryOf(groups, means, turnRules, input, options, refusals) : null;
  const legibility =
    rubric.part === 'reasoning'
      ? legibilityOf(groups, { estimates, items, facts, intervals }, population, input, options, refusals)
      : null;
  return {
    version: input.version,
    source: input.source,
    criterion: rubric.criterion,
    part: rubric.part,
    scale: rubric.scale,
    desired,
    scores,
    judge: scores === 'human' ? null : population.judge,
    raters: scored.raters,
    subset: rated?.table.subset?.name ?? null,
    thresholds: cuts,
    by,
    clusterBy,
    seed,
    resamples,
    groups: described,
    trajectory,
    legibility,
    effects: compared.flatMap(({ effects }) => effects),
    refusals,
    notes: analysisNotes({
      population,
      rollouts,
      runs: judgeRuns(rollouts, rubric.criterion),
      scores,
      exists,
      eventTurn,
      clusterBy,
      missing: by.filter(field => rollouts.some(rollout => fieldValue(rollout, field) === null)),
      more: [
        ...outsideBins(legibility),
        ...withoutMeans(means, scores, rubric.part),
        ...scored.notes,
        ...(scores === 'judge' ? [] : (rated?.table.notes ?? [])),
      ],
    }),
  };
}

function groupOf(
  group: RolloutGroup,
  estimates: Estimates,
  exists: Belongs,
  clusterOf: IntervalRules['clusterOf'],
): AnalysisGroup {
  const own = new Set(group.rollouts);
  const { n, labelled, mean, shares } = estimates(
    (rollout, turn) => own.has(rollout) && exists(rollout, turn),
  );
  return {
    values: group.values,
    label: group.label,
    rollouts: group.rollouts.length,
    clusters: new Set(group.rollouts.map(clusterOf)).size,
    scored: n,
    ...(labelled === undefined ? {} : { labelled }),
    mean,
    shares,
  };
}

function outsideBins(legibility: LegibilityReport | null): string[] {
  const outside = legibility?.bins?.outside ?? 0;
  if (outside === 0) return [];
  return [
    `${counted(outside, 'question')} of the reference run ${outside === 1 ? 'lies' : 'lie'} in no bin: left out.`,
  ];
}

/** Why there is no conversation's mean. */
function withoutMeans(
  means: unknown,
  scores: AnalysisOptions['scores'],
  part: AnalysisReport['part'],
): string[] {
  if (means !== null || part !== 'response' || scores === 'judge') return [];
  return [
    scores === 'human'
      ? 'No conversation has labels on all of its turns: there is no mean of a whole conversation by humans.'
      : 'A conversation’s mean can’t be corrected by labels of other conversations: corrected values are of groups.',
  ];
}

function trajectoryOf(
  groups: readonly RolloutGroup[],
  means: ReadonlyMap<RolloutSummary, ConversationMean> | null,
  rules: TurnRules,
  { facts }: AnalysisInput,
  { align, survivorsOnly = false }: AnalysisOptions,
  refusals: string[],
): Trajectory {
  const aligned = align === undefined ? null : alignedView(groups, align, rules);
  if (align !== undefined && aligned === null)
    refusals.push(`No rollout has a turn number in the field “${align}”: nothing can be counted from it.`);
  return {
    survivorsOnly,
    event: {
      pattern: facts.pattern,
      bands: rules.eventBands,
      rollouts: groups.flatMap(({ rollouts }) => rollouts).filter(one => facts.eventTurns.has(one.id)).length,
    },
    series: turnSeries(groups, rules),
    auc: means ? aucOf(groups, means, rules.intervals) : null,
    aligned,
  };
}

function legibilityOf(
  groups: readonly RolloutGroup[],
  rules: Parameters<typeof legibilityRows>[1],
  population: Population,
  { rubric, reference, facts }: AnalysisInput,
  options: AnalysisOptions,
  refusals: string[],
): LegibilityReport {
  const bins = reference
    ? referenceBins(groups, reference, {
        rubric,
        edges: options.bins ?? defaultBins(rubric),
        ...(options.question === undefined ? {} : { question: options.question }),
        intervals: rules.intervals,
      })
    : null;
  if (bins && 'refused' in bins) refusals.push(bins.refused);
  const placeOf = new Map(
    groups.flatMap(({ rollouts }, group) => rollouts.map(one => [one, group] as const)),
  );
  return {
    rows: legibilityRows(groups, rules),
    bins: bins && !('refused' in bins) ? bins : null,
    worst: worstItems(judgedItems(population, []), rubric.scale).map(({ rollout, turn, score }) => ({
      rollout: rollout.id,
      turn,
      group: placeOf.get(rollout) ?? 0,
      score,
      provider: fieldValue(rollout, 'provider'),
      correctness: correctnessOf(rollout),
      explanation: facts.explanations.get(turnKey(rollout.id, turn)) ?? '',
    })),
  };
}
