import type { Design } from '../../src/core/subset/manifest';
import type { SubsetOptions, SubsetPreview } from '../../src/core/subset/plan';
import type { PreviewStratum } from '../../src/protocol/subsetProtocol';
import { count, counted, fixed } from '../report/numbers';
import type { DesignKind } from './subsetForm';

/** Seconds that an item is taken to need, for the time a rater will spend. */
export const secondsAnItem = 30;

/** "100 of 212 items from 29 rollouts, drawn with known probabilities." */
export function drawnSentence(
  { population, drawn, rollouts }: Pick<SubsetPreview, 'population' | 'drawn' | 'rollouts'>,
  { kind, threshold }: Pick<Design, 'kind' | 'threshold'>,
): string {
  const among =
    kind === 'negative-audit'
      ? ` that the judge scored under ${String(threshold)}`
      : kind === 'disagreement'
        ? ' with scores of two judge runs'
        : kind === 'uncertainty'
          ? ' with a judge score'
          : '';
  const from = `from ${counted(rollouts, 'rollout')}`;
  if (isUnfit(kind))
    return `${count(drawn)} of ${counted(population, 'item')}${among} ${from}, picked by the judge’s scores.`;
  if (drawn === population)
    return `All ${counted(population, 'item')}${among}, ${from}: nothing is left to chance.`;
  return `${count(drawn)} of ${counted(population, 'item')}${among} ${from}, drawn with known probabilities.`;
}

/** Designs whose items have no inclusion probability. */
export function isUnfit(kind: DesignKind): boolean {
  return kind === 'disagreement' || kind === 'uncertainty';
}

/** "50 min", "1 h 40 min": to five minutes from half an hour on. */
export function timeWords(items: number): string {
  const exact = (items * secondsAnItem) / 60;
  const minutes = exact < 30 ? Math.max(1, Math.round(exact)) : 5 * Math.round(exact / 5);
  const hours = Math.floor(minutes / 60);
  const rest = `${String(minutes % 60)} min`;
  if (hours === 0) return rest;
  return minutes % 60 === 0 ? `${count(hours)} h` : `${count(hours)} h ${rest}`;
}

/** Why no half-widths are planned, in one sentence. */
export function noHalfWidths(
  { role, design: { kind } }: Pick<SubsetOptions, 'role' | 'design'>,
  judged: boolean,
): string {
  if (role === 'practice') return 'No half-widths are planned: practice labels enter no number.';
  if (isUnfit(kind))
    return 'No half-widths are planned: nothing about the run can be estimated from items picked in this way.';
  if (kind === 'negative-audit')
    return 'No half-widths are planned: they depend on how much the judge misses, which nobody knows yet.';
  return judged
    ? 'No half-widths can be planned: that takes judge scores that differ, a threshold, and items of enough clusters.'
    : 'No half-widths can be planned without judge scores: nothing is known of how far scores spread.';
}

/** An inclusion probability, or the lowest and highest of a stratum. */
export function piWords(pi: PreviewStratum['pi']): string {
  if (pi === null) return 'none';
  const [low, high] = pi.map(probability);
  return low === high ? String(low) : `${String(low)} to ${String(high)}`;
}

function probability(value: number): string {
  if (value === 1) return '1';
  if (value >= 0.995) return '>0.99';
  if (value < 0.001) return '<0.001';
  return fixed(value, value < 0.1 ? 3 : 2);
}

/** A share as whole per cent; what is neither nothing nor all isn't printed as that. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0%';
  if (part === whole) return '100%';
  const share = (100 * part) / whole;
  if (share < 1) return '<1%';
  return share > 99 ? '>99%' : `${fixed(share, 0)}%`;
}

/** What stands in a stratum's cell. */
export function stratumValue(field: string, value: unknown): string {
  if (value === null || value === undefined) return field === 'judge' ? 'no score' : 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
