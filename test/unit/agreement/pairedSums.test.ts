import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clusterDraws, type Draws } from '../../../src/core/agreement/draws';
import { pairedSums } from '../../../src/core/agreement/pairedSums';

const drawsOf = (groups: number, resamples: number, seed: number): Draws =>
  clusterDraws([Array.from({ length: groups }, (_, group) => group)], resamples, seed);

/** Group by group, each as often as it is drawn. */
function oneByOne(values: readonly number[], slots: number, draws: Draws): number[] {
  const made: number[] = [];
  for (let replicate = 0; replicate < draws.resamples; replicate++)
    for (let slot = 0; slot < slots; slot++) {
      let sum = 0;
      for (let group = 0; group < draws.groups; group++) {
        const often = draws.counts[draws.at(replicate) + group] ?? NaN;
        for (let time = 0; time < often; time++) sum += values[group * slots + slot] ?? NaN;
      }
      made.push(sum);
    }
  return made;
}

describe('sums looked up by pairs of groups', () => {
  it('are those of the groups added one by one, for any number of groups and sums', () => {
    const studies = fc
      .record({
        groups: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 120, max: 300 })),
        slots: fc.integer({ min: 1, max: 5 }),
        seed: fc.nat(1000),
      })
      .chain(({ groups, slots, seed }) =>
        fc.record({
          draws: fc.constant(drawsOf(groups, 7, seed)),
          slots: fc.constant(slots),
          values: fc.array(fc.nat(2 ** 40), { minLength: groups * slots, maxLength: groups * slots }),
        }),
      );
    fc.assert(
      fc.property(studies, ({ draws, slots, values }) => {
        const { paired } = draws;
        assert.ok(paired);
        const made = pairedSums(Float64Array.from(values), slots, paired);
        assert.deepEqual([...made], oneByOne(values, slots, draws));
      }),
      { numRuns: 60 },
    );
  });

  it('are not made where a group is drawn 16 times or more', () => {
    const often = (draws: Draws): number => {
      let most = 0;
      for (let replicate = 0; replicate < draws.resamples; replicate++)
        for (let group = 0; group < draws.groups; group++)
          most = Math.max(most, draws.counts[draws.at(replicate) + group] ?? NaN);
      return most;
    };
    // Clusters that stand in their stratum 40 times are drawn 40 times.
    const within = clusterDraws([Array<number>(40).fill(0), [1]], 3, 5);
    assert.ok(often(within) >= 16);
    assert.equal(within.paired, null);
    assert.ok(drawsOf(40, 3, 5).paired);
  });

  it('are not made of draws that are too many to be kept', () => {
    assert.equal(drawsOf(60, 1_000_000, 9).paired, null);
  });
});
