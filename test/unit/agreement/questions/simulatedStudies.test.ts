import assert from 'node:assert/strict';
import { correctedQuestion } from '../../../../src/core/agreement/questions/correctedQuestion';
import { drawStudy } from '../../../../src/core/agreement/questions/drawStudy';
import { labelledItemsOf } from '../../../../src/core/agreement/questions/labelledItems';
import { randomStream } from '../../../../src/core/agreement/questions/randomStream';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { runLabelsOf } from '../../../../src/core/agreement/questions/runLabels';
import { smallestStudy } from '../../../../src/core/agreement/questions/smallestStudy';
import { halfWidthIn } from '../../../../src/core/agreement/questions/studyHalfWidth';
import {
  assumedPool,
  poolInHand,
  type PoolItem,
  type StudyPool,
} from '../../../../src/core/agreement/questions/studyPool';
import { frustrationRubric } from '../../../../src/core/labels/rubric';
import type { Design } from '../../../../src/core/subset/manifest';
import { populationOf } from '../../../../src/core/subset/population';
import { close } from '../tables';
import { drawn, faithful, inputOf, labelled, madeRun, mean, spreadWithoutEach, summariesOf } from './studies';

const { scale } = frustrationRubric;
const made = madeRun(60, 4, 81, place => ({ condition: place % 3 === 0 ? 'a' : 'b' }));
const poolItems = (): PoolItem[] =>
  populationOf({ rollouts: summariesOf(made), rubric: frustrationRubric }, 'm r1').items.map(item => ({
    item,
    cluster: Number(item.rollout.id.slice(1)),
  }));
const bins = [0, 2, 5, 7, 9];
const designs: readonly Design[] = [
  { kind: 'random', n: 50 },
  { kind: 'random', n: 50, maxPerRollout: 2 },
  { kind: 'stratified', n: 50, by: ['condition', 'judge'], bins },
  { kind: 'balanced', n: 50, bins, allocation: 'half' },
  { kind: 'balanced', n: 50, bins, allocation: 'equal', maxPerRollout: 1 },
  { kind: 'two-stage', n: 50, maxPerRollout: 3 },
];
const poolOf = (design: Design): StudyPool => assumedPool(poolItems(), 0.7, design, scale, 5);

describe('simulated studies', function () {
  this.timeout(120_000);

  it('draw n different items by the design, with weights that speak for the run', () => {
    for (const design of designs) {
      const pool = poolOf(design);
      const random = randomStream(1, 'test');
      const shares = Array.from({ length: 300 }, () => {
        const study = drawStudy(pool, design, 50, random);
        assert.ok(study);
        const { run, labels } = study;
        assert.equal(run.length, 60);
        const wanted = design.kind === 'two-stage' ? 51 : 50;
        assert.equal(labels.length, wanted);
        assert.equal(
          new Set(labels.map(({ cluster, item }) => `${String(cluster)} ${String(item)}`)).size,
          wanted,
        );
        const of = (drawnItem: number): number => pool.judge[drawnItem] ?? 0;
        const total = [...run].flatMap(cluster =>
          (pool.clusters[cluster] ?? []).flatMap(rollout => {
            const from = pool.starts[rollout * pool.strata] ?? 0;
            const to = pool.starts[(rollout + 1) * pool.strata] ?? 0;
            return Array.from({ length: to - from }, (_, step) => of(from + step));
          }),
        );
        const estimate = labels.reduce((sum, { item, weight }) => sum + weight * of(item), 0);
        return [
          labels.reduce((sum, { weight }) => sum + weight, 0) / total.length,
          estimate / mean(total) / total.length,
        ];
      });
      for (const column of [0, 1]) {
        const values = shares.map(each => each[column] ?? NaN);
        const error = spreadWithoutEach(values) / Math.sqrt(values.length);
        const off = Math.abs(mean(values) - 1);
        assert.ok(
          off < 4 * error + 1e-9,
          `${design.kind} ${String(column)}: ${String(off)} ± ${String(error)}`,
        );
      }
    }
  });

  it('share n among the strata as the design does', () => {
    const design: Design = { kind: 'balanced', n: 50, bins, allocation: 'half' };
    const pool = poolOf(design);
    const study = drawStudy(pool, design, 50, randomStream(3, 'test'));
    const strata = Array.from({ length: pool.strata }, (_, stratum) => stratum);
    const within = (item: number, stratum: number, rollout: number): boolean =>
      item >= (pool.starts[rollout * pool.strata + stratum] ?? 0) &&
      item < (pool.starts[rollout * pool.strata + stratum + 1] ?? 0);
    const rollouts = pool.clusters.flat();
    const sizes = strata.map(stratum =>
      [...(study?.run ?? [])]
        .flatMap(cluster => pool.clusters[cluster] ?? [])
        .reduce((sum, rollout) => {
          const at = rollout * pool.strata + stratum;
          return sum + (pool.starts[at + 1] ?? 0) - (pool.starts[at] ?? 0);
        }, 0),
    );
    const counts = strata.map(
      stratum =>
        study?.labels.filter(({ item }) => rollouts.some(rollout => within(item, stratum, rollout))).length ??
        0,
    );
    const all = sizes.reduce((sum, size) => sum + size, 0);
    counts.forEach((count, stratum) => {
      const exact = 25 * ((sizes[stratum] ?? 0) / all) + 25 / strata.length;
      assert.ok(Math.abs(count - exact) < 1, `${String(count)}, not ${String(exact)}`);
    });
  });

  it('have the half-width that the corrected value of the same labels has, from scratch', () => {
    const design: Design = { kind: 'balanced', n: 60, bins, allocation: 'half' };
    const pool = poolOf(design);
    const random = randomStream(2, 'test');
    const study = drawStudy(pool, design, 60, random);
    assert.ok(study);
    const items = [...study.run].map(cluster =>
      (pool.clusters[cluster] ?? []).flatMap(rollout => [
        ...pool.judge.subarray(pool.starts[rollout * pool.strata], pool.starts[(rollout + 1) * pool.strata]),
      ]),
    );
    const corrected = (out: number): number => {
      const labels = study.labels.filter(({ cluster }) => cluster !== out);
      const weight = labels.reduce((sum, each) => sum + each.weight, 0);
      const over = (of: (f: number, y: number) => number): number =>
        labels.reduce((sum, { item, weight: w }) => {
          const y = pool.humans(item, random)[0] ?? NaN;
          return sum + w * of(pool.judge[item] ?? NaN, y);
        }, 0) / weight;
      const [f, y] = [over(a => a), over((_, b) => b)];
      const lambda = over((a, b) => (a - f) * (b - y)) / over(a => (a - f) ** 2);
      const run = items.filter((_, cluster) => cluster !== out).flat();
      return y + Math.min(1, Math.max(0, lambda)) * (mean(run) - f);
    };
    const clusters = new Set(study.labels.map(({ cluster }) => cluster)).size;
    const error = spreadWithoutEach(items.map((_, cluster) => corrected(cluster)));
    const half = halfWidthIn(pool, { kind: 'mean' }, 1)(study, random);
    // Student's quantile lies between these for 20 to 60 clusters.
    assert.ok(clusters > 20 && half > 2 * error && half < 2.1 * error, `${String(half / error)}`);
  });

  it('from the data in hand are as wide as studies drawn from the run itself', () => {
    const subset = drawn(made, { kind: 'balanced', n: 150, allocation: 'half' }, 1);
    const ratings = ratingsOf(inputOf(made, subset, labelled(subset, made, { ada: faithful })));
    const design = subset.manifest.design;
    const labels = labelledItemsOf(ratings, summariesOf(made)).items;
    const pool = poolInHand(poolItems(), labels, design, scale);
    const halfWidth = halfWidthIn(pool, { kind: 'mean' }, 1);
    const simulated = Array.from({ length: 60 }, (_, study) => {
      const random = randomStream(study, 'wide');
      const one = drawStudy(pool, design, 60, random);
      assert.ok(one);
      return halfWidth(one, random);
    });
    const real = Array.from({ length: 60 }, (_, seed) => {
      const own = drawn(made, { kind: 'balanced', n: 60, allocation: 'half' }, seed + 10);
      const input = inputOf(made, own, labelled(own, made, { ada: faithful }));
      const run = runLabelsOf(ratingsOf(input), summariesOf(made), frustrationRubric, own);
      const ci = correctedQuestion(run, [], [], 1).answer?.whole[0]?.corrected.ci;
      return ci ? (ci[1] - ci[0]) / 2 : NaN;
    });
    // Donors are independent in a rollout, which leaves out a part of what its items share.
    assert.ok(
      Math.abs(mean(simulated) / mean(real) - 1) < 0.12,
      `${String(mean(simulated))} ${String(mean(real))}`,
    );
  });
});

describe('the assumed scores', () => {
  it('have the judge’s distribution, the wanted correlation, and what rollouts share', () => {
    // Many fine scores, so that next to nothing is lost to rounding.
    const fine = madeRun(300, 6, 82).map(({ id, turns }, place) => ({
      id,
      fields: {},
      turns: turns.map((turn, index) => ({ ...turn, judge: ((place * 6 + index) * 10) / 1800 })),
    }));
    const items = populationOf({ rollouts: summariesOf(fine), rubric: frustrationRubric }, 'm r1').items.map(
      (item, index): PoolItem => ({ item, cluster: Math.floor(index / 6) }),
    );
    const pool = assumedPool(items, 0.7, { kind: 'random', n: 1 }, scale, 7);
    const random = randomStream(1, 'none');
    const judge = [...pool.judge];
    const human = judge.map((_, item) => pool.humans(item, random)[0] ?? NaN);
    close(mean(judge), 5, 0.15);
    close(mean(human), 5, 0.15);
    const correlation = (a: number[], b: number[]): number => {
      const [x, y] = [mean(a), mean(b)];
      const product = mean(a.map((value, index) => (value - x) * ((b[index] ?? 0) - y)));
      return (
        product / Math.sqrt(mean(a.map(value => (value - x) ** 2)) * mean(b.map(value => (value - y) ** 2)))
      );
    };
    // Uniform scores of normal z: Pearson's r is (6/π) asin(r/2).
    const uniform = (r: number): number => (6 / Math.PI) * Math.asin(r / 2);
    close(correlation(human, judge), uniform(0.7), 0.03);
    const shifted = (values: number[]) => [
      values.filter((_, item) => item % 6 < 5),
      values.filter((_, item) => item % 6 > 0),
    ];
    const [first = [], second = []] = shifted(human);
    close(correlation(first, second), uniform(0.3), 0.05);
    const [earlier = [], later = []] = shifted(judge);
    // (.3 + .25 σ²)/(1 + σ²) with σ² = 1/.49 − 1.
    close(correlation(earlier, later), uniform((0.3 + 0.25 * (1 / 0.49 - 1)) * 0.49), 0.05);
  });
});

describe('the smallest study', function () {
  this.timeout(120_000);
  /** Items alone in their clusters, all with the judge's 5, the human 0 or 10: a spread of 5 that no judge explains. */
  const coin: StudyPool = {
    runClusters: 400,
    clusters: Array.from({ length: 400 }, (_, cluster) => [cluster]),
    strata: 1,
    starts: Int32Array.from({ length: 401 }, (_, item) => item),
    judge: new Float64Array(400).fill(5),
    humans: item => [item % 2 ? 10 : 0],
  };
  const search = {
    pool: coin,
    design: { kind: 'random' as const, n: 1 },
    target: { kind: 'mean' as const },
    studies: 100,
    seed: 4,
  };

  it('is where t·s/√n comes under the wanted half-width', () => {
    const tried: number[] = [];
    const n = smallestStudy({ ...search, wantedHalfWidth: 1, progress: each => tried.push(each.n) });
    // 1.984 · 5.03/√n = 1 at n = 99.5.
    assert.ok(n !== null && n >= 97 && n <= 104, String(n));
    assert.ok(tried.length < 15 && tried.includes(n));
    assert.equal(smallestStudy({ ...search, wantedHalfWidth: 1 }), n);
  });

  it('is none where all items of the run are too few', () => {
    assert.equal(smallestStudy({ ...search, wantedHalfWidth: 0.1 }), null);
  });
});
