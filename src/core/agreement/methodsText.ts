import type { AgreementReport, PairReport } from './agreementReport';
import { leftOutText } from './averagedText';
import { measureSource } from './measureSources';
import { sixDigits, withMinus } from './numberText';
import { counted } from './questions/estimateText';
import { designText } from './subsetText';

/** A paragraph for a paper: what was compared on what, what was left out, weights, measures, intervals, seed, version. */
export function methodsText(report: AgreementReport): string {
  return [
    `Methods: agreement was computed${scaleOf(report)}${programOf(report)} on items rated by both sides${subsetOf(report)}.`,
    ...comparedOf(report),
    ...weightsOf(report),
    intervalsOf(report),
    measuresOf(report),
  ].join(' ');
}

function programOf({ version }: AgreementReport): string {
  return version === undefined ? '' : ` by Rollout Annotator ${version}`;
}

function scaleOf({ scale }: AgreementReport): string {
  if (!scale) return ' on text labels';
  return ` on the ${scale.observed ? 'observed range' : 'scale'} ${sixDigits(scale.min)} to ${sixDigits(scale.max)}`;
}

function subsetOf({ subset }: AgreementReport): string {
  if (!subset) return '';
  const { name, design, drawn, population, sha256, unfit } = subset;
  return (
    ` in the subset “${name}” (${designText(design)}; ${drawn} of ${population} items; manifest SHA-256 ${sha256.slice(0, 12)})` +
    (unfit ? ', unweighted' : ', weighted by 1/inclusion probability and by what each stratum lost')
  );
}

function comparedOf(report: AgreementReport): string[] {
  const { pairs, average = [], overall, averaged, groups = [] } = report;
  const by = [...new Set(groups.map(group => group.by))];
  return [
    ...(averaged
      ? [
          `Scores are means over the rows of each ${averaged.unit}: ${counted(averaged.units, 'unit')} from ${counted(averaged.rows, 'row')}.`,
        ]
      : []),
    ...pairs.map(pair => comparedPair(pair, report)),
    ...average.map(
      ({ judge, raters }) =>
        `The average of ${raters.join(', ')} against ${judge} is the unweighted mean of their measures.`,
    ),
    ...(overall
      ? [
          `All humans together: ${overall.raters.join(', ')}, ${counted(overall.n, 'item')} with two ratings or more.`,
        ]
      : []),
    ...by.map(fields => `The same is given for each ${fields} alone.`),
  ];
}

function comparedPair(pair: PairReport, { clusterBy, averaged }: AgreementReport): string {
  const { a, b, n, clusters } = pair;
  const mean = sixDigits(Math.round((10 * n) / clusters) / 10);
  const each =
    clusters > 0 ? ` (${clusterBy}; ${mean} ${mean === '1' ? 'item' : 'items'} each on average)` : '';
  return `a = ${a}, b = ${b}: n = ${n} in ${counted(clusters, 'cluster')}${each}; left out: ${leftOutText(pair, averaged)}.`;
}

function weightsOf({ pairs, subset, source }: AgreementReport): string[] {
  if (subset || pairs.every(({ weighted }) => !weighted)) return [];
  const { weight } = source;
  return [
    `Items are weighted by ${typeof weight === 'string' ? `the column ${weight}` : 'their design weights'}.`,
  ];
}

function intervalsOf(report: AgreementReport): string {
  const { ci = 'jackknife', target, questions } = report;
  const others =
    questions && (target === 'file' || ci !== 'jackknife')
      ? ' Intervals in the answers to the questions are by the cluster jackknife, for new clusters.'
      : '';
  return (target === 'file' ? fileIntervals : processIntervals(report)) + others;
}

const fileIntervals =
  'Intervals are 95%, for the items of the file that the subset was drawn from, of means and shares only: stratified variance ' +
  'of items with finite population correction, no clustering (Cochran 1977), Student t with items − strata degrees of ' +
  'freedom; for proportions Wilson with the effective sample size that this variance implies.';

function processIntervals({ ci = 'jackknife', resamples, seed, subset }: AgreementReport): string {
  const stratified =
    subset && !subset.unfit && subset.strata.length > 1
      ? ' What stratified drawing saves of the variance is taken off.'
      : '';
  const of = 'Intervals are 95%, for new clusters of the same process with these raters:';
  const ends = `${resamples} resamples, seed ${seed}`;
  switch (ci) {
    case 'jackknife':
      return (
        `${of} delete-one-cluster jackknife, Student t with clusters − 1 degrees of freedom, on the atanh scale for chance-corrected ` +
        'and correlation coefficients; for proportions Wilson with the effective sample size that the jackknife variance implies ' +
        `(Korn & Graubard 1998; Dean & Pagano 2015).${stratified} Seed ${seed}.`
      );
    case 'bootstrap':
      return `${of} bootstrap of whole clusters with fixed weights, expanded percentiles (Hesterberg 2015), ${ends}.`;
    case 'bca':
      return `${of} BCa bootstrap of whole clusters with fixed weights (Efron 1987), from expanded levels (Hesterberg 2015), acceleration from the cluster jackknife, ${ends}.`;
    case 'item-bootstrap':
      return `Intervals are 95%, from a bootstrap of single items, as if all were independent: too narrow where the items of a cluster are alike; expanded percentiles (Hesterberg 2015), ${ends}.`;
  }
}

function measuresOf({ pairs, overall }: AgreementReport): string {
  const named = (ids: readonly string[]): string =>
    [...new Set(ids)].flatMap(id => measureSource(id) ?? []).join('; ');
  const all = named([
    ...pairs.flatMap(pair => Object.keys(pair.measures)),
    ...Object.keys(overall?.measures ?? {}),
  ]);
  const cuts = pairs[0]?.thresholds ?? [];
  const atCuts = named(cuts.flatMap(({ measures }) => Object.keys(measures)));
  return (
    `Measures: ${all}.` +
    (cuts.length > 0
      ? ` With scores cut at ≥ ${cuts.map(({ cut }) => withMinus(cut)).join(', ≥ ')}, b the reference: ${atCuts}.`
      : '')
  );
}
