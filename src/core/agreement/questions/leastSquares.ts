/**
 * Coefficients of least squares from XᵀX (row by row) and Xᵀy, by Cholesky's method. A column that the ones before it
 * determine has none: it is `null`, and counts as 0 for the others.
 */
export function leastSquares(
  products: Float64Array,
  withOutcome: Float64Array,
  count: number,
): (number | null)[] {
  const factor = new Float64Array(count * count);
  const held: boolean[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = products[row * count + column] ?? 0;
      for (let index = 0; index < column; index++)
        rest -= (factor[row * count + index] ?? 0) * (factor[column * count + index] ?? 0);
      if (column === row) {
        held[row] = rest > 1e-9 * (products[row * count + row] ?? 0);
        factor[row * count + row] = held[row] ? Math.sqrt(rest) : 0;
      } else {
        factor[row * count + column] = held[column] ? rest / (factor[column * count + column] ?? 1) : 0;
      }
    }
  }
  const forward = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    if (!held[row]) continue;
    let rest = withOutcome[row] ?? 0;
    for (let index = 0; index < row; index++)
      rest -= (factor[row * count + index] ?? 0) * (forward[index] ?? 0);
    forward[row] = rest / (factor[row * count + row] ?? 1);
  }
  const solution = new Float64Array(count);
  for (let row = count - 1; row >= 0; row--) {
    if (!held[row]) continue;
    let rest = forward[row] ?? 0;
    for (let index = row + 1; index < count; index++)
      rest -= (factor[index * count + row] ?? 0) * (solution[index] ?? 0);
    solution[row] = rest / (factor[row * count + row] ?? 1);
  }
  return [...solution].map((value, row) => (held[row] ? value : null));
}
