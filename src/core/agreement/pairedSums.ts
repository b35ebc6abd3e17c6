import type { PairedCounts } from './draws';

/** So many pairs of groups are gone through at a time that what is looked up of them stays in the processor's cache. */
const together = 64;

/** Places of a pair of groups in what is looked up. */
const entries = 256;

/**
 * The sums of every replicate, `slots` side by side: `values` has those of each group. What two groups add is looked up by how
 * often each is drawn, made once for all replicates. Exact for whole numbers alone, as the order is another.
 */
export function pairedSums(values: Float64Array, slots: number, { keys, bits }: PairedCounts): Float64Array {
  const groups = values.length / slots;
  const pairs = Math.ceil(groups / 2);
  const resamples = keys.length / pairs;
  const made = new Float64Array(resamples * slots);
  const known = new Float64Array(Math.min(together, pairs) * entries * 2);
  for (let slot = 0; slot < slots; slot += 2) {
    const add = slot + 1 < slots ? addTwo : addOne;
    const abreast = slot + 1 < slots ? 2 : 1;
    for (let start = 0; start < pairs; start += together) {
      const end = Math.min(pairs, start + together);
      for (let pair = start; pair < end; pair++)
        for (let own = 0; own < abreast; own++) {
          const at = 2 * pair * slots + slot + own;
          const to = (pair - start) * entries * abreast + own;
          lookUp(values[at] ?? 0, values[at + slots] ?? 0, bits, known, to, abreast);
        }
      for (let replicate = 0; replicate < resamples; replicate++)
        add(known, keys, replicate * pairs + start, end - start, made, replicate * slots + slot);
    }
  }
  return made;
}

/** What two groups add to a sum for every two counts there may be. */
function lookUp(
  first: number,
  second: number,
  bits: number,
  known: Float64Array,
  from: number,
  step: number,
) {
  for (let otherOften = 0; otherOften <= bits; otherOften++)
    for (let often = 0; often <= bits; often++)
      known[from + step * (often + 16 * otherOften)] = often * first + otherOften * second;
}

type Add = (
  known: Float64Array,
  keys: Uint8Array,
  from: number,
  pairs: number,
  made: Float64Array,
  place: number,
) => void;

/** Two sums; of even and odd pairs of groups apart: what is added waits for nothing added just before. */
const addTwo: Add = (known, keys, from, pairs, made, place) => {
  let first = 0;
  let second = 0;
  let otherFirst = 0;
  let otherSecond = 0;
  let row = 0;
  let at = from;
  for (const end = from + pairs - 1; at < end; at += 2, row += 4 * entries) {
    const entry = row + 2 * (keys[at] ?? 0);
    const other = row + 2 * (entries + (keys[at + 1] ?? 0));
    first += known[entry] ?? 0;
    second += known[entry + 1] ?? 0;
    otherFirst += known[other] ?? 0;
    otherSecond += known[other + 1] ?? 0;
  }
  if (at < from + pairs) {
    const entry = row + 2 * (keys[at] ?? 0);
    first += known[entry] ?? 0;
    second += known[entry + 1] ?? 0;
  }
  made[place] = (made[place] ?? 0) + first + otherFirst;
  made[place + 1] = (made[place + 1] ?? 0) + second + otherSecond;
};

/** The last of an odd number of sums. */
const addOne: Add = (known, keys, from, pairs, made, place) => {
  let even = 0;
  let odd = 0;
  let row = 0;
  let at = from;
  for (const end = from + pairs - 1; at < end; at += 2, row += 2 * entries) {
    even += known[row + (keys[at] ?? 0)] ?? 0;
    odd += known[row + entries + (keys[at + 1] ?? 0)] ?? 0;
  }
  if (at < from + pairs) even += known[row + (keys[at] ?? 0)] ?? 0;
  made[place] = (made[place] ?? 0) + even + odd;
};
