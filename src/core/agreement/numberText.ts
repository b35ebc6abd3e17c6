/** Both ends with as many decimals as keep them apart: no interval is shown without width. */
export function formatInterval([low, high]: readonly [number, number]): [string, string] {
  for (let decimals = 3; decimals < 12; decimals++) {
    const ends: [string, string] = [formatNumber(low, decimals), formatNumber(high, decimals)];
    if (ends[0] !== ends[1]) return ends;
  }
  return [withMinus(low), withMinus(high)];
}

/** Six digits at most; a minus is a minus. */
export function sixDigits(value: number): string {
  return withMinus(Number(value.toPrecision(6)));
}

/** All digits that tell it from its neighbours; a minus is a minus. */
export function withMinus(value: number): string {
  return String(value).replaceAll('-', '−');
}

/** Three decimals unless told, or six digits from 1,000 on; a minus is a minus. */
export function formatNumber(value: number, decimals = 3): string {
  if (Math.abs(value) >= 1000) return sixDigits(value);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** Whole where it is whole, else one decimal (weighted tables). */
export function formatCount(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}
