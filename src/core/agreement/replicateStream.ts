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

/** Counts up to this many are drawn by 16 bits, two from one number of the stream. */
const mostBy16Bits = 4096;

/** So many integers from 0 to count − 1, handed to `take` one by one. */
export function drawBelow(
  stream: ReplicateStream,
  count: number,
  draws: number,
  take: (drawn: number) => void,
): void {
  if (count > mostBy16Bits) {
    for (let draw = 0; draw < draws; draw++) take(uniformBelow(stream, count));
    return;
  }
  // Lemire's method on halves: those under `rejected` would make some integers likelier.
  const rejected = 65536 % count;
  let left = draws;
  while (left > 0) {
    const bits = stream.next();
    const high = (bits >>> 16) * count;
    if ((high & 0xffff) >= rejected) {
      take(high >>> 16);
      left--;
    }
    const low = (bits & 0xffff) * count;
    if (left > 0 && (low & 0xffff) >= rejected) {
      take(low >>> 16);
      left--;
    }
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
