import assert from 'node:assert/strict';
import { clusterOrder, clustersHolding } from '../../../src/core/agreement/clusterOrder';
import { clustersOf } from '../../../src/core/agreement/sample';

describe('the order of clusters', () => {
  const clusters = [Int32Array.of(4, 1), Int32Array.of(0), Int32Array.of(), Int32Array.of(2, 3, 5)];

  it('has the items of all of them, cluster after cluster', () => {
    const { items, starts } = clusterOrder(clusters);
    assert.deepEqual([...items], [4, 1, 0, 2, 3, 5]);
    assert.deepEqual([...starts], [0, 2, 3, 3, 6]);
  });

  it('is made once for a list', () => {
    assert.equal(clusterOrder(clusters), clusterOrder(clusters));
  });

  it('tells the clusters that hold an item that counts', () => {
    const holding = (...items: number[]) => [
      ...clustersHolding(clusterOrder(clusters), item => items.includes(item)),
    ];
    assert.deepEqual(holding(), []);
    assert.deepEqual(holding(1, 5), [0, 3]);
    assert.deepEqual(holding(0, 1, 2, 3, 4, 5), [0, 1, 3]);
  });
});

describe('clusters of one item each', () => {
  it('are the same whether or not their ids are in order already', () => {
    assert.deepEqual(
      clustersOf(['a', 'b', 'c']).map(items => [...items]),
      [[0], [1], [2]],
    );
    assert.deepEqual(
      clustersOf(['b', 'c', 'a']).map(items => [...items]),
      [[2], [0], [1]],
    );
    assert.deepEqual(
      clustersOf(['a', 'a', 'b']).map(items => [...items]),
      [[0, 1], [2]],
    );
  });
});
