import { ticks } from 'd3-array';

/** More integers than this on an axis crowd each other. */
const mostIntegers = 13;

/** Where an axis of scores is marked: every integer of a short scale, else round numbers. */
export function scoreTicks(min: number, max: number): readonly number[] {
  const short = Number.isInteger(min) && Number.isInteger(max) && max - min < mostIntegers;
  return short ? Array.from({ length: max - min + 1 }, (_, step) => min + step) : ticks(min, max, 8);
}
