import type { IntervalKind } from '../../src/core/agreement/bootstrap';
import { cutSample } from '../../src/core/agreement/pairReport';
import { unseenWarning } from '../../src/core/agreement/unseenSide';
import { randomOf, type Seeds } from './model';
import { caseName, cases } from './cases';
import { cut, sampleOfStudy, studyOf } from './oneStudy';
import { correctedShare, quantities } from './quantities';

/** The methods that stand beside each other; the first is the product's own. */
export const methods: readonly IntervalKind[] = ['jackknife', 'bootstrap', 'bca', 'item-bootstrap'];
const resamples = 400;

/** Of one quantity under one method. */
export interface Tally {
  /** Studies that gave an interval, those of them that held the truth, and those whose interval lay over it. */
  given: number;
  covered: number;
  over: number;
  width: number;
}

/** Sums over the studies of a case. */
export interface CaseTally {
  studies: number;
  clusters: number;
  positives: number;
  items: number;
  /** Studies in which the report cautions about corrected shares, those that gave one, and those of them that covered. */
  cautions: number;
  cautioned: number;
  cautionedCovered: number;
  /** By method, then quantity, in their orders. */
  readonly tallies: readonly (readonly Tally[])[];
}

export function newCaseTally(): CaseTally {
  const row = (): Tally[] => Object.keys(quantities).map(() => ({ given: 0, covered: 0, over: 0, width: 0 }));
  const none = { studies: 0, clusters: 0, positives: 0, items: 0 };
  return { ...none, cautions: 0, cautioned: 0, cautionedCovered: 0, tallies: methods.map(row) };
}

/** Simulates the studies `from` to `to` − 1 of a case; bootstraps only where the study's number is under `bootstrapped`. */
export function tallyStudies(
  index: number,
  seeds: Seeds,
  truth: readonly number[],
  from: number,
  to: number,
  bootstrapped: number,
): CaseTally {
  const made = newCaseTally();
  const given = cases[index];
  if (!given) throw new Error(`there is no case ${String(index)}`);
  for (let number = from; number < to; number++) {
    const random = randomOf(seeds, `${caseName(given)} ${String(number)}`);
    const study = studyOf(given, random);
    const seed = Math.floor(random() * 4294967296);
    for (const [place, method] of methods.entries()) {
      if (method !== 'jackknife' && number >= bootstrapped) continue;
      const sample = sampleOfStudy(study, method, resamples, seed);
      const caution = place === 0 && unseenWarning(cutSample(sample, cut), cut).length > 0;
      if (place === 0) {
        made.studies++;
        if (caution) made.cautions++;
        made.items += sample.n;
        made.clusters += sample.clusters.length;
        made.positives += sample.columns[1]?.filter(score => score >= cut).length ?? 0;
      }
      Object.entries(quantities).forEach(([name, { measured, resampled = true }], quantity) => {
        if (method !== 'jackknife' && !resampled) return;
        const { ci } = measured(sample, study);
        const tally = made.tallies[place]?.[quantity];
        if (!ci || !tally) return;
        const value = truth[quantity] ?? NaN;
        tally.given++;
        tally.width += ci[1] - ci[0];
        const covered = ci[0] <= value && value <= ci[1];
        if (covered) tally.covered++;
        else if (ci[0] > value) tally.over++;
        if (caution && name === correctedShare) {
          made.cautioned++;
          if (covered) made.cautionedCovered++;
        }
      });
    }
  }
  return made;
}

/** Adds the sums of other studies of the same case. */
export function addTally(sum: CaseTally, other: CaseTally): void {
  sum.studies += other.studies;
  sum.clusters += other.clusters;
  sum.positives += other.positives;
  sum.items += other.items;
  sum.cautions += other.cautions;
  sum.cautioned += other.cautioned;
  sum.cautionedCovered += other.cautionedCovered;
  sum.tallies.forEach((row, method) =>
    row.forEach((tally, quantity) => {
      const more = other.tallies[method]?.[quantity];
      if (!more) return;
      tally.given += more.given;
      tally.covered += more.covered;
      tally.over += more.over;
      tally.width += more.width;
    }),
  );
}
