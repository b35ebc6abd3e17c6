import assert from 'node:assert/strict';
import { nextMark } from '../../../src/core/plots/nextMark';
import { scatter } from '../../../src/core/plots/scatter';

const { marks } = scatter(
  [
    { unit: 'p', a: 3, b: 0 },
    { unit: 'q', a: 1, b: 1 },
    { unit: 'r', a: 2, b: 1 },
    { unit: 's', a: 0, b: 2 },
  ],
  null,
  null,
);

const walk = (key: string, from: number) => {
  const visited = [from];
  for (
    let next = nextMark(marks, from, key);
    next !== null && next !== visited.at(-1);
    next = nextMark(marks, next, key)
  ) {
    visited.push(next);
  }
  return visited.map(index => marks[index]!.unit).join('');
};

describe('nextMark', () => {
  it('reaches every point with either pair of arrow keys and stops at the ends', () => {
    assert.equal(walk('ArrowRight', 0), 'pqrs');
    assert.equal(walk('ArrowLeft', 3), 'srqp');
    assert.equal(walk('ArrowUp', 3), 'sqrp');
    assert.equal(walk('ArrowDown', 0), 'prqs');
  });

  it('goes to either end with Home and End, and nowhere with other keys', () => {
    assert.equal(nextMark(marks, 2, 'Home'), 0);
    assert.equal(nextMark(marks, 2, 'End'), 3);
    assert.equal(nextMark(marks, 2, 'a'), null);
  });
});
