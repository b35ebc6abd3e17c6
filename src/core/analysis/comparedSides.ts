import type { MeasureValue } from '../agreement/agreementReport';
import { fieldValue } from '../agreement/questions/fieldGroups';
import type { RunLabels } from '../agreement/questions/runLabels';
import type { RolloutSummary } from '../rollout/runScan';
import type { EffectWanted } from './analysisInput';
import type { Effect, EffectMeasure } from './analysisReport';
import type { ConversationMean } from './conversationMeans';
import { correctedDifference, differenceOf, type SideTerm } from './effects';
import { meanOf, sampleOf, type Belongs, type Estimates, type IntervalRules } from './estimates';
import { rolloutShare, type EventTurnOf } from './eventRates';
import { rolloutGroups } from './rolloutGroups';
import type { ScoredItem } from './scoredItems';

export interface EffectRules {
  readonly by: readonly string[];
  readonly cuts: readonly number[];
  readonly desired: 'lower' | 'higher';
  readonly estimates: Estimates;
  readonly exists: Belongs;
  readonly intervals: IntervalRules;
  /** Of the judge's or the raters' scores; the other way, of corrected ones. */
  readonly from:
    { readonly items: readonly ScoredItem[] } | { readonly run: RunLabels | { readonly refused: string } };
  /** Where every conversation's mean can be told. */
  readonly means?: ReadonlyMap<RolloutSummary, ConversationMean>;
  /** Where events are counted. */
  readonly eventTurn?: EventTurnOf;
}

type Sides = readonly [readonly RolloutSummary[], readonly RolloutSummary[]];

/** Every comparison that is asked for, inside each combination of the other fields' values; or why there is none. */
export function effectsOf(
  rollouts: readonly RolloutSummary[],
  wanted: EffectWanted,
  rules: EffectRules,
): { readonly effects: readonly Effect[]; readonly refusals: readonly string[] } {
  const { field, baseline } = wanted;
  const values = rolloutGroups(rollouts, [field]).flatMap(({ values: [value] }) => value ?? []);
  const missing = [baseline, ...(wanted.treated === undefined ? [] : [wanted.treated])].find(
    value => !values.includes(value),
  );
  if (missing !== undefined)
    return {
      effects: [],
      refusals: [`No rollout has ${field} = “${missing}”: there are ${values.join(', ') || 'none'}.`],
    };
  const treated =
    wanted.treated === undefined ? values.filter(value => value !== baseline) : [wanted.treated];
  if (treated.length === 0 || treated.includes(baseline))
    return { effects: [], refusals: [`There is nothing to compare ${field} = “${baseline}” with.`] };
  const others = rules.by.filter(other => other !== field);
  const effects = rolloutGroups(rollouts, others).flatMap(group => {
    const of = (value: string) => group.rollouts.filter(rollout => fieldValue(rollout, field) === value);
    const within = others.map((other, place) => ({ field: other, value: group.values[place] ?? null }));
    return treated.flatMap(value => {
      const sides: Sides = [of(baseline), of(value)];
      if (sides.some(side => side.length === 0)) return [];
      return sideEffects(sides, rules).map(effect => ({
        field,
        baseline,
        treated: value,
        within,
        ...effect,
      }));
    });
  });
  return effects.length > 0
    ? { effects, refusals: [] }
    : { effects, refusals: [`No combination of ${others.join(' and ')} holds both sides of ${field}.`] };
}

type SideEffect = Omit<Effect, 'field' | 'baseline' | 'treated' | 'within'>;

function sideEffects(sides: Sides, rules: EffectRules): SideEffect[] {
  const { cuts, estimates, exists, intervals, from, means, eventTurn } = rules;
  const belongs = sides.map((side): Belongs => {
    const own = new Set(side);
    return (rollout, turn) => own.has(rollout) && exists(rollout, turn);
  }) as [Belongs, Belongs];
  const both = belongs.map(one => estimates(one)) as [ReturnType<Estimates>, ReturnType<Estimates>];
  const ofRollouts = (value: (rollout: RolloutSummary) => number | undefined): SideTerm[] =>
    sides.flatMap((side, place) =>
      side.flatMap((rollout): SideTerm[] => {
        const own = value(rollout);
        if (own === undefined) return [];
        return [{ side: place as 0 | 1, value: own, cluster: intervals.clusterOf(rollout), weight: 1 }];
      }),
    );
  const ofItems = (cut?: number): MeasureValue => {
    if ('run' in from)
      return correctedDifference(
        from.run,
        cut === undefined ? { kind: 'mean' } : { kind: 'share', cut: cuts[cut] ?? NaN },
        belongs,
        intervals.seed,
      );
    const terms = from.items.flatMap(({ rollout, turn, score, above, weight }): SideTerm[] => {
      const side = belongs.findIndex(one => one(rollout, turn));
      if (side !== 0 && side !== 1) return [];
      const value = cut === undefined ? score : (above[cut] ?? 0);
      return [{ side, value, cluster: intervals.clusterOf(rollout), weight }];
    });
    return differenceOf(terms, intervals);
  };
  const made = (
    measure: EffectMeasure,
    values: readonly [MeasureValue, MeasureValue],
    difference: MeasureValue,
    desired = rules.desired,
  ): SideEffect => ({
    measure,
    ...sharedClusters(sides, intervals),
    valueBaseline: values[0],
    valueTreated: values[1],
    difference,
    desired,
    reading: readingOf(difference, desired),
  });
  const aucMean = (side: readonly RolloutSummary[]): MeasureValue => {
    const held = side.filter(rollout => means?.has(rollout));
    const values = held.map(rollout => means?.get(rollout)?.value ?? NaN);
    return meanOf(sampleOf(values, held.map(intervals.clusterOf), intervals));
  };
  const effects = means
    ? [
        made(
          'auc',
          [aucMean(sides[0]), aucMean(sides[1])],
          differenceOf(
            ofRollouts(rollout => means.get(rollout)?.value),
            intervals,
          ),
        ),
      ]
    : [made('mean', [both[0].mean, both[1].mean], ofItems())];
  const none: MeasureValue = { value: null, reason: 'no such cut' };
  cuts.forEach((cut, place) => {
    const values = [both[0].shares[place] ?? none, both[1].shares[place] ?? none] as const;
    effects.push({ ...made('share', values, ofItems(place)), cut });
  });
  if (eventTurn) {
    const share = (side: readonly RolloutSummary[]) =>
      rolloutShare(side, rollout => eventTurn(rollout) !== undefined, 'wilson', intervals);
    const difference = differenceOf(
      ofRollouts(rollout => (eventTurn(rollout) === undefined ? 0 : 1)),
      intervals,
    );
    effects.push(made('event', [share(sides[0]), share(sides[1])], difference, 'lower'));
  }
  return effects;
}

function sharedClusters(
  [before, after]: Sides,
  { clusterOf }: IntervalRules,
): Pick<Effect, 'rollouts' | 'clusters'> {
  const [own, other] = [new Set(before.map(clusterOf)), new Set(after.map(clusterOf))];
  const shared = [...own].filter(cluster => other.has(cluster)).length;
  return {
    rollouts: { baseline: before.length, treated: after.length },
    clusters: { baseline: own.size, treated: other.size, shared },
  };
}

function readingOf({ ci }: MeasureValue, desired: Effect['desired']): Effect['reading'] {
  if (!ci || (ci[0] <= 0 && ci[1] >= 0)) return 'unclear';
  return ci[1] < 0 === (desired === 'lower') ? 'better' : 'worse';
}
