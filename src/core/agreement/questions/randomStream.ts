import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { sha256Hex } from '../../bytes/text';

/** Random numbers for one purpose, the same on every machine. */
export interface RandomStream {
  /** An integer from 0 to `count` − 1. */
  readonly below: (count: number) => number;
  /** In [0, 1). */
  readonly uniform: () => number;
  /** Standard normal, by the inverse of the distribution function. */
  readonly normal: () => number;
}

/** The state is a hash of seed and purpose, since neighbouring seeds start the generator with neighbouring numbers. */
export function randomStream(seed: number, purpose: string): RandomStream {
  const hash = sha256Hex(`rollout-annotator/1 question ${purpose} ${String(seed)}`);
  const random = xoroshiro128plusFromState(
    [0, 8, 16, 24].map(at => parseInt(hash.slice(at, at + 8), 16) | 0),
  );
  const uniform = (): number => uniformFloat64(random);
  return {
    below: count => uniformInt(random, 0, count - 1),
    uniform,
    // Half a step up, so that 0 is never met.
    normal: () => normalQuantile(uniform() + 2 ** -54, 0, 1),
  };
}
