import type { PairReport } from '../../src/core/agreement/agreementReport';

/** The mark that stands for a side wherever one is drawn. */
export type MarkKind = 'judge' | 'human' | 'otherHuman';

export interface Side {
  /** As it stands in the data: a judge run's or a rater's name. */
  readonly name: string;
  /** Short, for axes and table heads: "judge", or the rater's name. */
  readonly short: string;
  readonly mark: MarkKind;
}

/** Who a and b of a pair are. */
export interface Sides {
  readonly judged: boolean;
  readonly a: Side;
  readonly b: Side;
}

/** Tells a judge–human pair by its measures and, where ratings are text and no mean is given, by the raters' names. */
export function sidesOf(pair: PairReport, raters: readonly string[]): Sides {
  const judged = 'meanJudge' in pair.measures || !('meanA' in pair.measures || raters.includes(pair.a));
  return {
    judged,
    a: { name: pair.a, short: judged ? 'judge' : pair.a, mark: judged ? 'judge' : 'otherHuman' },
    b: { name: pair.b, short: pair.b, mark: 'human' },
  };
}

/** Measures call the sides a and b in their reasons ("items that b puts below the cut"); a reader knows their names. */
export function withNames(reason: string, { judged, a, b }: Sides): string {
  const name = (side: string) => (side === 'b' ? b.short : judged ? 'the judge' : a.short);
  return reason
    .replace(/\ba or b(?= puts\b)/g, `${name('a')} or ${name('b')}`)
    .replace(/\b([ab])(?= puts\b|'s\b)/g, (_, side: string) => name(side));
}
