import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { sha256Hex } from '../bytes/text';

/** A stream of random numbers, the same on every machine. */
export type Stream = ReturnType<typeof xoroshiro128plusFromState>;
export type StreamPurpose = 'draw' | 'practice-draw' | 'order' | 'repeats' | 'assignment';

/**
 * A stream for one purpose: what one step takes never shifts another's. Its state is a hash, since the generator's own
 * seeding starts neighbouring seeds with neighbouring numbers.
 */
export function seededStream(seed: number, purpose: StreamPurpose): Stream {
  const hash = sha256Hex(`rollout-annotator/1 ${purpose} ${String(seed)}`);
  return xoroshiro128plusFromState([0, 8, 16, 24].map(at => parseInt(hash.slice(at, at + 8), 16) | 0));
}

/** An integer from `low` to `high`, both included, each equally likely. */
export function integerBetween(stream: Stream, low: number, high: number): number {
  return uniformInt(stream, low, high);
}

/** `count` of the values without replacement, in random order; all of them where there are fewer. */
export function sampled<T>(stream: Stream, values: readonly T[], count: number): T[] {
  const copy = [...values];
  const taken = Math.min(count, copy.length);
  for (let index = 0; index < taken; index++) {
    const other = integerBetween(stream, index, copy.length - 1);
    const kept = copy[index] as T;
    copy[index] = copy[other] as T;
    copy[other] = kept;
  }
  return copy.slice(0, taken);
}

/** The values in random order. */
export function shuffled<T>(stream: Stream, values: readonly T[]): T[] {
  return sampled(stream, values, values.length);
}
