import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers of one bootstrap replicate. */
export type ReplicateStream = ReturnType<typeof xoroshiro128plusFromState>;

/**
 * The stream of one replicate, its state mixed from seed and number: a replicate is the same whoever computes it, and
 * in whatever order.
 */
export function replicateStream(seed: number, replicate: number): ReplicateStream {
  const start = mixed(seed ^ 0x2545f491);
  const own = mixed(start + Math.imul(replicate + 1, 0x9e3779b9));
  return xoroshiro128plusFromState([
    mixed(own ^ 0x6a09e667),
    mixed(own ^ start),
    mixed(start + replicate),
    mixed(own + 0x3c6ef372),
  ]);
}

/** An integer from 0 to count − 1, each equally likely (Lemire 2019), for counts under 2²¹. */
export function uniformBelow(stream: ReplicateStream, count: number): number {
  for (;;) {
    const product = (stream.next() >>> 0) * count;
    const high = Math.floor(product / 4294967296);
    const low = product - high * 4294967296;
    if (low >= count || low >= 4294967296 % count) return high;
  }
}

/** A number of 52 bits, above 0 and under 1. */
export function uniformOpen(stream: ReplicateStream): number {
  const high = stream.next() >>> 6;
  const low = stream.next() >>> 6;
  return (high * 67108864 + low + 0.5) / 4503599627370496;
}

/** The finalizer of MurmurHash3: every bit of the state depends on every bit of the number. */
function mixed(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
