/** Where each sum stands: `slots` numbers hold them all, each sum `scale` times in its slot and under `span`. */
export interface Packing {
  readonly slots: number;
  readonly slot: Int32Array;
  readonly scale: Float64Array;
  readonly span: Float64Array;
  /** 1/scale and 1/span, exact as they are powers of two. */
  readonly shrink: Float64Array;
  readonly rest: Float64Array;
}

/** Whole numbers up to 2⁵³ are exact. */
const bits = 52;

/**
 * How several sums of whole numbers go into one number each, so that adding it adds them all, exactly: the sums of groups
 * (row by row, `size` a row), of which `drawn` are added. `null` where one of them is no whole number from 0 on, or nothing
 * is saved.
 */
export function packingOf(rows: Float64Array, size: number, drawn: number): Packing | null {
  const greatest = new Float64Array(size);
  for (let at = 0; at < rows.length; at++) {
    const value = rows[at] ?? 0;
    if (value < 0 || !Number.isInteger(value)) return null;
    if (value > (greatest[at % size] ?? 0)) greatest[at % size] = value;
  }
  const slot = new Int32Array(size);
  const scale = new Float64Array(size);
  const span = new Float64Array(size);
  const needed = Array.from(greatest, (most, sum) => ({ sum, own: bitsOf(drawn * most) }));
  const used: number[] = [];
  // The longest first, each into the first slot that has room, takes next to the fewest slots.
  for (const { sum, own } of needed.toSorted((left, right) => right.own - left.own)) {
    if (own > bits) return null;
    const room = used.findIndex(taken => taken + own <= bits);
    const place = room < 0 ? used.length : room;
    const taken = used[place] ?? 0;
    slot[sum] = place;
    scale[sum] = 2 ** taken;
    span[sum] = 2 ** own;
    used[place] = taken + own;
  }
  const slots = used.length;
  if (slots === size) return null;
  return { slots, slot, scale, span, shrink: scale.map(inverse), rest: span.map(inverse) };
}

/** The sums themselves, from what the slots have come to, which begin at `from`. */
export function unpack(
  slots: Float64Array,
  { slot, shrink, span, rest }: Packing,
  sums: Float64Array,
  from = 0,
): void {
  for (let sum = 0; sum < slot.length; sum++) {
    const above = Math.floor((slots[from + (slot[sum] ?? 0)] ?? 0) * (shrink[sum] ?? 1));
    sums[sum] = above - Math.floor(above * (rest[sum] ?? 1)) * (span[sum] ?? 1);
  }
}

const inverse = (power: number): number => 1 / power;

/** Bits that whole numbers from 0 to `greatest` take. */
function bitsOf(greatest: number): number {
  let own = 0;
  for (let power = 1; power <= greatest; power *= 2) own++;
  return own;
}
