import assert from 'node:assert/strict';
import { confusionMatrix, heatLevels } from '../../../src/core/figures/confusionMatrix';

const counts = [
  [4, 0, 0],
  [1, 8, 0],
  [0, 100, 2],
];
const confusion = { categories: [0, 1, 2], counts };

describe('confusionMatrix', () => {
  it('puts the highest category of a on top and keeps the columns of b in scale order', () => {
    const matrix = confusionMatrix(confusion, null);
    assert.deepEqual(
      matrix.rows.map(row => row.category),
      [2, 1, 0],
    );
    assert.deepEqual(
      matrix.columns.map(column => column.category),
      [0, 1, 2],
    );
    assert.deepEqual(
      matrix.rows.map(row => row.cells.map(cell => cell.count)),
      [...counts].reverse(),
    );
  });

  it('marks the diagonal where the categories are equal', () => {
    const { rows } = confusionMatrix(confusion, null);
    assert.deepEqual(
      rows.map(row => row.cells.findIndex(cell => cell.equal)),
      [2, 1, 0],
    );
  });

  it('gives every cell that holds anything a level, the fullest the last one', () => {
    const levels = confusionMatrix(confusion, null).rows.map(row => row.cells.map(cell => cell.level));
    assert.deepEqual(levels, [
      [0, heatLevels, 1],
      [1, 1, 0],
      [1, 0, 0],
    ]);
  });

  it('draws the cut left of the first column and under the first row that reach it', () => {
    const { columns, rows } = confusionMatrix(confusion, 1);
    assert.deepEqual(
      columns.map(column => column.cutLeft),
      [false, true, false],
    );
    assert.deepEqual(
      rows.map(row => row.cutBelow),
      [false, true, false],
    );
  });

  it('draws no cut where all categories lie on one side of it, nor among text labels', () => {
    const cutsOf = (matrix: ReturnType<typeof confusionMatrix>) =>
      matrix.columns.filter(column => column.cutLeft).length;
    assert.equal(cutsOf(confusionMatrix(confusion, 0)), 0);
    assert.equal(cutsOf(confusionMatrix(confusion, 3)), 0);
    assert.equal(cutsOf(confusionMatrix({ categories: ['no', 'yes', 'unclear'], counts }, 1)), 0);
  });

  it('has no level where nothing was counted', () => {
    const { rows } = confusionMatrix({ categories: [0, 1], counts: [[0, 0], [0, 0]] }, null); // prettier-ignore
    assert.ok(rows.every(row => row.cells.every(cell => cell.level === 0)));
  });
});
