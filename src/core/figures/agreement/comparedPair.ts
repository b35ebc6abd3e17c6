import type { AgreementReport, PairPoint, PairReport } from '../../agreement/agreementReport';
import type { ItemsBehind } from '../figure';

/** The pair that the figures are about, with what its sides are called on axes. */
export interface ComparedPair {
  readonly report: AgreementReport;
  readonly pair: PairReport;
  readonly judged: boolean;
  /** "judge", or a rater's name. */
  readonly a: string;
  readonly b: string;
  /** T of "score ≥ T" that is drawn; `null` where none applies. */
  readonly cut: number | null;
}

/** A judge–human pair is told by its measures; where ratings are text and no mean is given, by who a is in the report. */
export function comparedPair(report: AgreementReport, pair: PairReport, cut: number | null): ComparedPair {
  const humans = report.pairs.flatMap(each => ('meanA' in each.measures ? [each.a, each.b] : [each.b]));
  const judged = 'meanJudge' in pair.measures || !('meanA' in pair.measures || humans.includes(pair.a));
  return { report, pair, judged, a: judged ? 'judge' : pair.a, b: pair.b, cut };
}

/** The points that satisfy a condition as what a mark opens; nothing where there are none. */
export function pointsBehind(
  title: string,
  points: readonly PairPoint[] | undefined,
  belongs: (point: PairPoint) => boolean,
): { readonly behind?: ItemsBehind } {
  const units = (points ?? []).filter(belongs).map(({ unit }) => unit);
  return units.length > 0 ? { behind: { kind: 'units', title, units } } : {};
}

/** "1 item", "2,000 items". */
export function items(count: number): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${count === 1 ? 'item' : 'items'}`;
}

/** "math-07 · turn 3": the item's name where the unit is an item's key, else as it is. */
export function unitText(unit: string): string {
  const [rollout, turn] = itemOf(unit) ?? [];
  return rollout === undefined ? unit : `${rollout} · turn ${String(turn)}`;
}

/** Rollout and turn of a unit, `null` where it names something else. */
export function itemOf(unit: string): readonly [string, number] | null {
  if (!unit.startsWith('[')) return null;
  try {
    const key: unknown = JSON.parse(unit);
    if (!Array.isArray(key)) return null;
    const [rollout, turn] = key as unknown[];
    return typeof rollout === 'string' && typeof turn === 'number' ? [rollout, turn] : null;
  } catch {
    return null;
  }
}
