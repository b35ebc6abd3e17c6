import ln from '@stdlib/math-base-special-ln';
import type { MeasureValue } from '../agreementReport';
import { formatNumber } from '../numberText';
import { counted, estimateText, listText } from './estimateText';
import { fieldBiasOf, type FieldBias } from './fieldBias';
import { fieldEffectsOf, type FieldEffect } from './fieldEffects';
import { fieldGroupsOf } from './fieldGroups';
import type { LabelledItem, LabelledItems } from './labelledItems';
import { inSentences, type Question, refuse } from './question';
import type { RunLabels } from './runLabels';
import { slopeOf } from './slopeOf';
import { humanValue, targetText, targetsOf } from './target';
import type { RolloutSummary } from '../../rollout/runScan';

export interface BiasAnswer {
  readonly n: number;
  readonly fields: readonly (FieldBias & {
    readonly effects: readonly FieldEffect[];
    /** Differences up to this can't be ruled out; where nothing was found. */
    readonly notRuledOut: number | null;
  })[];
  readonly slopes: readonly BiasSlope[];
  /** Fields that no groups could be made of, and why effects are not there. */
  readonly notes: readonly string[];
}

/** Change of judge − human with the turn, or with each doubling of the item's length. */
export interface BiasSlope {
  readonly of: 'turn' | 'length';
  readonly per: 'turn' | 'doubling';
  readonly n: number;
  readonly slope: MeasureValue;
}

export interface BiasOptions {
  readonly fields?: readonly string[];
  /** Field → the value that the others are held against; one called "baseline" is it anyway. */
  readonly baselines?: Readonly<Record<string, string>>;
  /** Characters of the item's text, by unit id. */
  readonly lengths?: ReadonlyMap<string, number>;
  readonly thresholds: readonly number[];
  readonly seed: number;
}

/** Whether the judge errs differently by condition, turn, length or provider. */
export function biasQuestion(
  labelled: LabelledItems,
  run: RunLabels | { readonly refused: string },
  rollouts: readonly RolloutSummary[],
  { fields, baselines = {}, lengths, thresholds, seed }: BiasOptions,
): Question<BiasAnswer> {
  const { items } = labelled;
  if (items.length === 0) return refuse('No item has a usable score from both the judge and a human.');
  const groups = fieldGroupsOf(rollouts, fields);
  const biases = groups.flatMap(found => {
    if ('refused' in found) return [];
    const { field, values } = found;
    const baseline = baselineOf(field, values, baselines);
    const bias = fieldBiasOf(items, field, values, baseline, seed);
    const effects =
      'refused' in run ? [] : fieldEffectsOf(run, field, values, baseline, targetsOf(thresholds), seed);
    return [{ ...bias, effects, notRuledOut: notRuledOut(bias) }];
  });
  const slopes = slopesOf(items, lengths, seed);
  const answer: BiasAnswer = {
    n: items.length,
    fields: biases,
    slopes,
    notes: [
      ...groups.flatMap(found => ('refused' in found ? [found.refused] : [])),
      ...(labelled.refused === null ? [] : [labelled.refused]),
      ...('refused' in run && run.refused !== labelled.refused
        ? [`No corrected effects: ${run.refused}`]
        : []),
    ],
  };
  return { answer, ...inSentences(toldOf(answer)) };
}

function baselineOf(
  field: string,
  values: readonly string[],
  baselines: Readonly<Record<string, string>>,
): string | null {
  const named = baselines[field];
  if (named !== undefined && values.includes(named)) return named;
  return values.find(value => value.toLowerCase() === 'baseline') ?? null;
}

/** Judge − human, one number an item. */
const errorOf = ({ judge, humans }: LabelledItem): number => judge - humanValue({ kind: 'mean' }, humans);

function slopesOf(
  items: readonly LabelledItem[],
  lengths: BiasOptions['lengths'],
  seed: number,
): BiasSlope[] {
  const points = items.map(item => ({
    cluster: item.cluster,
    weight: item.weight,
    x: item.turn,
    y: errorOf(item),
  }));
  const turns: BiasSlope[] = [{ of: 'turn', per: 'turn', n: points.length, slope: slopeOf(points, seed) }];
  if (!lengths) return turns;
  const measured = items.flatMap((item, index) => {
    const length = lengths.get(item.id) ?? 0;
    const point = points[index];
    return length > 0 && point ? [{ ...point, x: ln(length) / ln(2) }] : [];
  });
  return [...turns, { of: 'length', per: 'doubling', n: measured.length, slope: slopeOf(measured, seed) }];
}

/** The largest difference that the simultaneous intervals hold, where all of them hold 0. */
function notRuledOut({ groups }: FieldBias): number | null {
  const intervals = groups.flatMap(({ contrast }) => (contrast?.ci ? [contrast.ci] : []));
  if (intervals.length === 0 || intervals.some(([low, high]) => low > 0 || high < 0)) return null;
  return Math.max(...intervals.map(([low, high]) => Math.max(-low, high)));
}

function toldOf({ n, fields, slopes, notes }: BiasAnswer): string[] {
  return [
    `What follows is the mean of judge − human, on ${counted(n, 'item')}, and what it differs by.`,
    ...fields.flatMap(field => [biasSentence(field), ...effectSentences(field)]),
    ...slopes.map(slopeSentence),
    ...notes,
  ];
}

function biasSentence({ field, baseline, groups, notRuledOut: most }: BiasAnswer['fields'][number]): string {
  const against = baseline === null ? 'the rest' : baseline;
  const told = groups.filter(({ contrast }) => contrast?.ci);
  const left = groups.filter(({ contrast }) => contrast && !contrast.ci).map(({ value }) => value);
  const without = left.length > 0 ? ` Without interval: ${listText(left)}.` : '';
  if (told.length === 0) return `By ${field} there is no contrast with an interval.${without}`;
  if (most !== null)
    return `By ${field}, against ${against}, no difference was found: differences up to ±${formatNumber(most)} can’t be ruled out.${without}`;
  const found = told
    .filter(({ contrast }) => contrast?.ci && (contrast.ci[0] > 0 || contrast.ci[1] < 0))
    .map(
      ({ value, contrast }) =>
        `${value} ${estimateText(contrast ?? { value: null }, 'simultaneous 95% interval')}`,
    );
  return `By ${field}, against ${against}, the judge errs differently in ${listText(found)}.${without}`;
}

function effectSentences({ field, effects, baseline }: BiasAnswer['fields'][number]): string[] {
  const told = effects.filter(({ target, corrected }) => target.kind === 'mean' && corrected.value !== null);
  // Of two values, one is the other's rest: the same effect with its sign turned.
  return (effects.length === 2 && baseline === null ? told.slice(0, 1) : told).map(
    ({ value, target, naive, corrected, difference }) =>
      `The effect of ${field}=${value} on the ${targetText(target)} is ${estimateText(naive)} by the judge alone, ${estimateText(corrected)} corrected (each interval by itself); corrected − naive is ${estimateText(difference, 'pointwise 95% interval')}.`,
  );
}

function slopeSentence({ per, slope }: BiasSlope): string {
  const step = per === 'turn' ? 'turn' : 'doubling of the length';
  return slope.value === null
    ? `How judge − human changes with each ${step} can’t be told: ${slope.reason ?? 'no value'}.`
    : `With each ${step} judge − human changes by ${estimateText(slope)}.`;
}
