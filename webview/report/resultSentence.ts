import type { AgreementReport, MeasureValue, PairReport } from '../../src/core/agreement/agreementReport';
import { clusterWords } from './clusterWords';
import { noIntervalReason, noValueReason } from './measureText';
import { coefficient, counted, fixed, range } from './numbers';
import type { Sides } from './sides';

/** A piece of running text; the results themselves are set off. */
export interface Phrase {
  readonly text: string;
  readonly strong?: true;
}

/** The result in plain language: how well they agree and who scores higher, with intervals and what it rests on. */
export function resultSentence(report: AgreementReport, pair: PairReport, sides: Sides): readonly Phrase[] {
  const both = sides.judged ? `judge and ${sides.b.short}` : `${sides.a.short} and ${sides.b.short}`;
  if (pair.n === 0) {
    return [{ text: `No turn has a usable score from both ${both}, so there is nothing to measure yet.` }];
  }
  return [...agreementPhrases(pair, both, basis(report, pair), sides), ...differencePhrases(pair, sides)];
}

function basis({ clusterBy }: AgreementReport, { n, clusters }: PairReport): string {
  const turns = counted(n, 'turn');
  return clusterBy === 'row' ? turns : `${turns} of ${clusters} ${clusterWords(clusterBy, clusters)}`;
}

function agreementPhrases(pair: PairReport, both: string, basisText: string, sides: Sides): Phrase[] {
  const kappa = pair.measures['cohenKappaQuadratic'];
  const exact = pair.measures['exactAgreement'];
  if (kappa && kappa.value !== null) {
    return [
      { text: `${upper(both)} agree at ` },
      { text: `quadratic κ ${coefficient(kappa.value)}`, strong: true },
      { text: ` (${intervalPhrase(kappa, coefficient, sides, '95% interval ')}) on ${basisText}. ` },
    ];
  }
  const why = kappa ? `Quadratic κ is undefined: ${noValueReason(kappa, sides)}. ` : '';
  if (!exact || exact.value === null)
    return [{ text: `${why}${upper(both)} were compared on ${basisText}. ` }];
  const equal = pair.measures['meanDifference'] ? 'equal scores' : 'equal labels';
  return [
    { text: `${why}${upper(both)} gave ` },
    { text: `${equal} to ${percent(exact.value)} of turns`, strong: true },
    { text: ` (${intervalPhrase(exact, percent, sides, '95% interval ')}; ${basisText}). ` },
  ];
}

function differencePhrases({ measures }: PairReport, sides: Sides): Phrase[] {
  const difference = measures['meanDifference'];
  if (!difference) return [];
  if (difference.value === null) {
    return [{ text: `Their mean difference is undefined: ${noValueReason(difference, sides)}.` }];
  }
  const subject = sides.judged ? 'The judge' : upper(sides.a.short);
  const rest = sides.judged ? ' on average' : ` than ${sides.b.short} on average`;
  const size = fixed(Math.abs(difference.value), 1);
  if (Number(size) === 0) {
    const mean = sides.judged
      ? `The judge and ${sides.b.short}`
      : `${upper(sides.a.short)} and ${sides.b.short}`;
    return [
      { text: `${mean} score ` },
      { text: 'the same on average', strong: true },
      {
        text: `${difference.value === 0 ? '' : ', to one decimal'} (${intervalPhrase(difference, sideways, sides)}).`,
      },
    ];
  }
  const higher = difference.value > 0;
  const { ci } = difference;
  const crosses = ci ? ci[0] < 0 && ci[1] > 0 : false;
  const along = (value: number) => fixed(higher ? value : -value, 1);
  const turned: MeasureValue = ci && !higher ? { ...difference, ci: [ci[1], ci[0]] } : difference;
  return [
    { text: `${subject} scores ` },
    { text: `${size} points ${higher ? 'higher' : 'lower'}`, strong: true },
    { text: `${rest} (${intervalPhrase(turned, crosses ? sideways : along, sides)}).` },
  ];
}

function intervalPhrase(
  measure: MeasureValue,
  format: (value: number) => string,
  sides: Sides,
  before = '',
): string {
  return measure.ci ? `${before}${range(measure.ci, format)}` : noIntervalReason(measure, sides);
}

/** An end of an interval that holds zero, in words: a sign would be read as part of the amount. */
function sideways(value: number): string {
  const size = fixed(Math.abs(value), 1);
  return Number(size) === 0 ? size : `${size} ${value < 0 ? 'lower' : 'higher'}`;
}

function percent(share: number): string {
  const digits = (share > 0 && share < 0.01) || (share < 1 && share > 0.99) ? 1 : 0;
  return `${fixed(100 * share, digits)}%`;
}

/** First letter upper-case, but a rater's name is left as the rater writes it. */
function upper(text: string): string {
  return text.startsWith('judge ') ? `J${text.slice(1)}` : text;
}
