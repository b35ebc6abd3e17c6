/**
 * Mid-ranks of the values with these weights, ascending: the weight below plus half the value's own. With weights 1
 * that is the usual mid-rank less ½. Written into `ranks`; returns the total weight.
 */
export function midRanks(amounts: Float64Array, ranks: Float64Array): number {
  let below = 0;
  for (let index = 0; index < amounts.length; index++) {
    const amount = amounts[index] ?? 0;
    ranks[index] = below + amount / 2;
    below += amount;
  }
  return below;
}
