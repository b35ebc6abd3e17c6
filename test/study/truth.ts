import { categorySetOf } from '../../src/core/agreement/categorySet';
import type { Sample } from '../../src/core/agreement/sample';
import { randomOf, runOf, turns, type Setting } from './model';
import { options } from './oneStudy';
import { quantities } from './quantities';

/** The quantities' plug-in values on so many new rollouts of the setting, in their order. */
export function truthOf(setting: Setting, rollouts: number): number[] {
  const random = randomOf('truth', `${setting.profile} ${String(setting.icc)}`);
  const { judge, human } = runOf(setting, rollouts, random);
  const n = rollouts * turns;
  const columns = [judge, human].map(scores => Float64Array.from(scores));
  const sample: Sample = {
    columns,
    n,
    weights: new Float64Array(n).fill(1),
    equalWeights: true,
    // One cluster: a value, and no interval.
    clusters: [Int32Array.from({ length: n }, (_, item) => item)],
    categories: categorySetOf([[...judge], [...human]], options),
    seed: 1,
  };
  return Object.values(quantities).map(({ plugIn }) => plugIn(sample).value ?? NaN);
}
