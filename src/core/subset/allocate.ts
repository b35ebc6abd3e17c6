/**
 * `n` in whole parts as near to the shares as `least` and `most` of each part let it be: parts held at a bound are set,
 * the others share the rest in their proportion, fractions by largest remainder, ties by order. Shares are positive
 * integers, so that nothing is rounded; Σ least ≤ n ≤ Σ most.
 */
export function allocate(
  n: number,
  shares: readonly number[],
  least: readonly number[],
  most: readonly number[],
): number[] {
  const held: (number | null)[] = shares.map(() => null);
  for (;;) {
    const rest = n - held.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    const open = shares.flatMap((share, part) => (held[part] === null ? [{ part, share }] : []));
    const total = open.reduce((sum, { share }) => sum + share, 0);
    const clamped = open.map(({ part, share }) => {
      const exact = (rest * share) / total;
      const bound = Math.min(Math.max(exact, least[part] ?? 0), most[part] ?? 0);
      return { part, share, bound, violation: bound - exact };
    });
    const sum = clamped.reduce((violations, { violation }) => violations + violation, 0);
    // The graver side first: what it takes or gives may bring the other back within its bounds.
    const settled = clamped.filter(({ violation }) => violation !== 0 && violation * sum >= 0);
    if (settled.length === 0) {
      const rounded = largestRemainder(
        rest,
        open.map(({ share }) => share),
      );
      open.forEach(({ part }, index) => (held[part] = rounded[index] ?? 0));
      return held.map(count => count ?? 0);
    }
    for (const { part, bound } of settled) held[part] = bound;
  }
}

function largestRemainder(n: number, shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const whole = shares.map(share => Math.floor((n * share) / total));
  const left = n - whole.reduce((sum, count) => sum + count, 0);
  const remainder = (part: number): number => n * (shares[part] ?? 0) - (whole[part] ?? 0) * total;
  const first = shares.map((_, part) => part).sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const part of first.slice(0, left)) whole[part] = (whole[part] ?? 0) + 1;
  return whole;
}
