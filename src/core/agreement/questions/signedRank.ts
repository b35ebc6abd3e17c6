/**
 * One-sided p of Wilcoxon's signed-rank test that values lie below 0: the exact distribution of the positive ranks over
 * all signs, given the mid-ranks of the sizes (zeros left out). For up to some fifty values.
 */
export function signedRankBelow(values: readonly number[]): number {
  const used = values.filter(value => value !== 0);
  const sizes = used.map(Math.abs).sort((a, b) => a - b);
  // Twice the mid-rank, a whole number.
  const rank = (value: number): number => {
    const size = Math.abs(value);
    const below = sizes.filter(other => other < size).length;
    return 2 * below + sizes.filter(other => other === size).length + 1;
  };
  const ranks = used.map(rank);
  const most = ranks.reduce((sum, each) => sum + each, 0);
  const positive = used.reduce((sum, value, index) => sum + (value > 0 ? (ranks[index] ?? 0) : 0), 0);
  let chances = new Float64Array(most + 1);
  chances[0] = 1;
  for (const each of ranks) {
    const next = new Float64Array(most + 1);
    for (let sum = 0; sum <= most; sum++)
      next[sum] = ((chances[sum] ?? 0) + (sum >= each ? (chances[sum - each] ?? 0) : 0)) / 2;
    chances = next;
  }
  let p = 0;
  for (let sum = 0; sum <= positive; sum++) p += chances[sum] ?? 0;
  return Math.min(1, p);
}
