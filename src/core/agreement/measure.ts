import type { MeasureValue } from './agreementReport';
import type { Sample } from './sample';

/** One measure: its id in the report, its name for people, and how it is made from a sample. */
export interface Measure {
  readonly id: string;
  readonly label: string;
  /** What ratings it needs; where they are something else, the measure is not in the report. */
  readonly ratings: 'numbers' | 'any';
  /** Column 0 is the judge (or the first human), column 1 the human (the reference); never without items. */
  readonly of: (sample: Sample) => MeasureValue;
}

/** 2.5% on each side; under this many clusters no interval is given, under `cautiousClusters` a caution. */
export const fewestClusters = 10;
export const cautiousClusters = 20;

/** A value that is undefined, and why. */
export function withoutValue(reason: string): MeasureValue {
  return { value: null, reason };
}

/** A value that has no interval, and why. */
export function withoutInterval(value: number, reason: string): MeasureValue {
  return { value, ci: null, reason };
}

export function tooFewClusters(count: number, which = 'clusters'): string {
  const named = count === 1 ? which.replace(/^clusters/, 'cluster') : which;
  return `no interval from ${count} ${named}: at least ${fewestClusters} are needed`;
}
