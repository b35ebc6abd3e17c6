import assert from 'node:assert/strict';
import { binomial } from '../../../src/core/agreement/binomial';
import { distinctRows } from '../../../src/core/agreement/distinctRows';
import { clusterDraws, countedByParts, itemDraws, type Draws } from '../../../src/core/agreement/draws';
import {
  drawBelow,
  replicateStream,
  uniformBelow,
  uniformOpen,
} from '../../../src/core/agreement/replicateStream';
import { close } from './tables';

const countsOf = (draws: Draws, replicate: number): number[] => {
  const start = draws.at(replicate);
  return [...draws.counts.subarray(start, start + draws.groups)];
};

/** Σ (observed − expected)²/expected over cells with 5 expected or more, the rest together; and their number. */
function chiSquare(observed: readonly number[], expected: readonly number[]): { sum: number; cells: number } {
  let [sum, cells, restObserved, restExpected] = [0, 0, 0, 0];
  expected.forEach((count, cell) => {
    if (count < 5) {
      restObserved += observed[cell] ?? 0;
      restExpected += count;
      return;
    }
    sum += ((observed[cell] ?? 0) - count) ** 2 / count;
    cells++;
  });
  return restExpected >= 5
    ? { sum: sum + (restObserved - restExpected) ** 2 / restExpected, cells: cells + 1 }
    : { sum, cells };
}

/** Far beyond chance: mean and 5 standard deviations of χ². */
const mostChiSquare = (cells: number): number => cells - 1 + 5 * Math.sqrt(2 * (cells - 1));

describe('random numbers of a replicate', () => {
  it('are its own: other replicates and other seeds have others', () => {
    const first = (seed: number, replicate: number) => replicateStream(seed, replicate).next();
    const seen = new Set<number>();
    for (let seed = 0; seed < 50; seed++)
      for (let replicate = 0; replicate < 50; replicate++) seen.add(first(seed, replicate));
    // 2,500 numbers of 32 bits: more than one pair alike is next to impossible.
    assert.ok(seen.size >= 2499, String(seen.size));
  });

  it('fall evenly below a count, over replicates as within one', () => {
    for (const count of [3, 10, 97]) {
      for (const one of [true, false]) {
        const observed = Array<number>(count).fill(0);
        const stream = replicateStream(7, 0);
        for (let draw = 0; draw < 40_000; draw++) {
          const value = uniformBelow(one ? stream : replicateStream(7, draw), count);
          observed[value] = (observed[value] ?? 0) + 1;
        }
        const { sum, cells } = chiSquare(observed, Array<number>(count).fill(40_000 / count));
        assert.equal(cells, count);
        assert.ok(sum < mostChiSquare(cells), `${count}: ${sum}`);
      }
    }
  });

  it('fall evenly below a count where many are drawn at once, two from one number', () => {
    for (const count of [3, 10, 97, 4095, 5000]) {
      for (const together of [1, 7, 40_000]) {
        const observed = Array<number>(count).fill(0);
        const draws = 400 * count;
        for (let done = 0, stream = 0; done < draws; stream++) {
          const now = Math.min(together, draws - done);
          drawBelow(replicateStream(8, stream), count, now, drawn => {
            observed[drawn] = (observed[drawn] ?? 0) + 1;
            done++;
          });
        }
        const { sum, cells } = chiSquare(observed, Array<number>(count).fill(400));
        assert.equal(cells, count);
        assert.ok(sum < mostChiSquare(cells), `${count} by ${together}: ${sum}`);
      }
    }
  });

  it('between 0 and 1 never are 0 or 1, and have the mean and variance of the uniform', () => {
    const stream = replicateStream(3, 1);
    let [sum, squares] = [0, 0];
    for (let draw = 0; draw < 100_000; draw++) {
      const value = uniformOpen(stream);
      assert.ok(value > 0 && value < 1);
      sum += value;
      squares += value * value;
    }
    close(sum / 100_000, 1 / 2, 0.005);
    close(squares / 100_000, 1 / 3, 0.005);
  });
});

describe('binomial', () => {
  /** By the recursion of the probabilities themselves. */
  function shares(n: number, p: number): number[] {
    const logs = [n * Math.log(1 - p)];
    for (let k = 0; k < n; k++)
      logs.push((logs[k] ?? 0) + Math.log((n - k) / (k + 1)) + Math.log(p / (1 - p)));
    return logs.map(Math.exp);
  }

  for (const [n, p] of [
    [5, 0.3],
    [60, 0.1],
    [100, 0.4],
    [100, 0.93],
    [2000, 0.006],
    [100_000, 0.01],
  ] as const) {
    it(`has the distribution of ${n} trials at ${p}`, () => {
      const draws = 60_000;
      const observed = Array<number>(n + 1).fill(0);
      const stream = replicateStream(11, n);
      for (let draw = 0; draw < draws; draw++) {
        const count = binomial(stream, n, p);
        observed[count] = (observed[count] ?? 0) + 1;
      }
      const { sum, cells } = chiSquare(
        observed,
        shares(n, p).map(share => share * draws),
      );
      assert.ok(cells >= 4 && sum < mostChiSquare(cells), `χ² ${sum} on ${cells} cells`);
    });
  }

  it('is sure where nothing is left to chance', () => {
    const stream = replicateStream(1, 1);
    assert.deepEqual([binomial(stream, 0, 0.5), binomial(stream, 9, 0), binomial(stream, 9, 1)], [0, 0, 9]);
  });
});

describe('draws of clusters', () => {
  const whole = (clusters: number) => [Array.from({ length: clusters }, (_, cluster) => cluster)];

  it('are as many as there are clusters, in every replicate', () => {
    const draws = clusterDraws(whole(23), 200, 1);
    for (let replicate = 0; replicate < 200; replicate++)
      assert.equal(
        countsOf(draws, replicate).reduce((sum, count) => sum + count),
        23,
      );
  });

  it('are the same whoever draws a replicate, and in whatever order', () => {
    const draws = clusterDraws(whole(12), 50, 4);
    const other = clusterDraws(whole(12), 50, 4);
    const forward = Array.from({ length: 50 }, (_, replicate) => countsOf(draws, replicate));
    const backward = Array.from({ length: 50 }, (_, back) => countsOf(other, 49 - back)).reverse();
    assert.deepEqual(backward, forward);
    assert.notDeepEqual(countsOf(clusterDraws(whole(12), 50, 5), 0), forward[0]);
  });

  it('that are too many to be kept are drawn again, the same', () => {
    const kept = clusterDraws(whole(60), 200, 9);
    const again = clusterDraws(whole(60), 1_000_000, 9);
    for (const replicate of [7, 0, 150, 19, 7])
      assert.deepEqual(countsOf(again, replicate), countsOf(kept, replicate));
    assert.equal(again.counts.length, 60);
  });

  it('counted by what their items are, are the items drawn', () => {
    const parts = [[0, 1, 1], [2], [0, 2, 0], [3, 1]];
    const clusters = clusterDraws(whole(4), 100, 6);
    const counted = countedByParts(
      clusters,
      parts.map(members => Int32Array.from(members)),
      4,
    );
    for (let replicate = 0; replicate < 100; replicate++) {
      const drawn = countsOf(clusters, replicate);
      const expected = [0, 0, 0, 0];
      parts.forEach((members, group) => members.forEach(part => (expected[part]! += drawn[group]!)));
      assert.deepEqual(countsOf(counted, replicate), expected);
    }
  });

  it('inside strata keep each stratum’s number', () => {
    const strata = [
      [0, 2, 4, 6, 7],
      [1, 3, 5],
    ];
    const draws = clusterDraws(strata, 100, 2);
    for (let replicate = 0; replicate < 100; replicate++) {
      const counts = countsOf(draws, replicate);
      for (const clusters of strata)
        assert.equal(
          clusters.reduce((sum, cluster) => sum + (counts[cluster] ?? 0), 0),
          clusters.length,
        );
    }
  });
});

describe('draws of items', () => {
  for (const [what, sizes] of [
    ['of few cells', [50, 3, 200, 1, 90]],
    ['of as many cells as items', [1, 1, 2, 1, 1, 3]],
  ] as const) {
    it(`${what} have the mean and the variance of a multinomial`, () => {
      const n = sizes.reduce<number>((sum, size) => sum + size, 0);
      const resamples = 20_000;
      const draws = itemDraws([...sizes], resamples, 3);
      const sums = sizes.map(() => 0);
      const squares = sizes.map(() => 0);
      let product = 0;
      for (let replicate = 0; replicate < resamples; replicate++) {
        const counts = countsOf(draws, replicate);
        assert.equal(
          counts.reduce((sum, count) => sum + count),
          n,
        );
        counts.forEach((count, cell) => {
          sums[cell] = (sums[cell] ?? 0) + count;
          squares[cell] = (squares[cell] ?? 0) + count * count;
        });
        product += (counts[0] ?? 0) * (counts[2] ?? 0);
      }
      const shareOf = (cell: number) => (sizes[cell] ?? 0) / n;
      sizes.forEach((size, cell) => {
        const mean = (sums[cell] ?? 0) / resamples;
        const variance = (squares[cell] ?? 0) / resamples - mean * mean;
        const expected = size * (1 - shareOf(cell));
        close(mean, size, 5 * Math.sqrt(expected / resamples), `mean of cell ${cell}`);
        close(variance, expected, 0.06 * expected, `variance of cell ${cell}`);
      });
      const covariance = product / resamples - ((sums[0] ?? 0) * (sums[2] ?? 0)) / resamples ** 2;
      const expected = -n * shareOf(0) * shareOf(2);
      close(covariance, expected, 0.1 * Math.abs(expected) + 0.05, 'covariance');
    });
  }
});

it('rows that are alike in ratings and weight are one, missing ratings too', () => {
  const { firsts, sizes, codes } = distinctRows({
    n: 7,
    columns: [Float64Array.of(1, 2, 1, 1, NaN, NaN, 1), Float64Array.of(3, 3, 3, 4, 3, 3, 3)],
    weights: Float64Array.of(1, 1, 1, 1, 1, 1, 2),
  });
  assert.deepEqual(firsts, [0, 1, 3, 4, 6]);
  assert.deepEqual(sizes, [2, 1, 1, 2, 1]);
  assert.deepEqual([...codes], [0, 1, 0, 2, 3, 3, 4]);
});
