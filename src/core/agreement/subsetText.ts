import type { Design } from '../subset/manifest';
import type { SubsetFacts, SubsetRater } from './agreementReport';
import { exclusionText } from './exclusionText';

/** How a subset was drawn: "a simple random sample", … Design kinds are in docs/statistics.md. */
export function designText({ kind, by = [], allocation, bins = [], ...design }: Design): string {
  const most =
    design.maxPerRollout === undefined || kind === 'two-stage'
      ? ''
      : `, at most ${String(design.maxPerRollout)} a rollout`;
  const ranges = bins.length === 0 ? '' : ` (from ${bins.join(', ')})`;
  const cut = design.threshold === undefined ? 'the cut' : String(design.threshold);
  const text: Record<Design['kind'], string> = {
    random: 'a simple random sample',
    stratified: `a random sample stratified by ${by.map(field => (field === 'judge' ? `judge score${ranges}` : field)).join(' and ')}, ${allocationText(allocation ?? 'proportional')}`,
    balanced: `a random sample balanced over judge scores${ranges}, ${allocationText(allocation ?? 'half')}`,
    'two-stage': `a two-stage random sample: first by ${design.cluster ?? 'rollout'}, then up to ${String(design.maxPerRollout ?? 2)} items of each`,
    disagreement: 'the items on which judge runs differ most',
    uncertainty: `the items with judge scores nearest ${cut}`,
    'negative-audit': `a random sample of the items with judge scores under ${cut}`,
  };
  return text[kind] + most;
}

function allocationText(allocation: NonNullable<Design['allocation']>): string {
  if (allocation === 'equal') return 'equal numbers of each';
  return allocation === 'proportional' ? 'in proportion' : 'half in proportion, half in equal numbers';
}

/** What a reader has to know of a subset, in plain sentences: the part of a report's notes that is about it. */
export function subsetSentences(facts: SubsetFacts): string[] {
  const { name, sha256, drawn, population, design, seed } = facts;
  return [
    `Subset “${name}”: ${designText(design)}; ${count(drawn)} of ${count(population)} items drawn, seed ${String(seed)}. SHA-256 of its manifest: ${sha256}.`,
    ...weightSentences(facts),
    `${shownText(facts)} ${revealText[facts.reveal]}`,
    ...facts.raters.map(raterText),
  ];
}

function weightSentences({ unfit, design }: SubsetFacts): string[] {
  if (unfit)
    return [
      'The subset is unfit for estimation: the design chose items by the judge’s scores. The numbers are unweighted and describe the labelled items only.',
    ];
  return [
    'Items are weighted by 1/inclusion probability; what a stratum lost is made up by the rest of it.',
    ...(design.kind === 'negative-audit'
      ? [
          'The sample is of the items that the judge scored under the cut: no number here is of the whole run.',
        ]
      : []),
  ];
}

const revealText: Record<SubsetFacts['reveal'], string> = {
  'after-subset': 'The judge stayed hidden until a rater had done the whole subset.',
  'after-item': 'After each label its item’s judge score was shown.',
  never: 'The judge was never to be shown.',
};

function shownText({ context, show }: SubsetFacts): string {
  const before =
    context === 'full'
      ? 'and the whole conversation before it'
      : context === 'response-only'
        ? 'and nothing of the conversation before it'
        : `and at most ${messages(Number(context.slice('previous-'.length)))} before it`;
  const fields = show.length === 0 ? 'no field of its record' : `of its record ${show.join(', ')}`;
  return `Raters saw the turn ${before}, and ${fields}.`;
}

const messages = (number: number): string => `${count(number)} ${number === 1 ? 'message' : 'messages'}`;

function raterText({ rater, slots, labelled, skipped, cannotAssess, openedAfter }: SubsetRater): string {
  const opened =
    openedAfter === undefined
      ? ''
      : `; the judge, or the report, was opened after ${count(openedAfter)} of ${count(slots)}`;
  return `${rater}: ${count(labelled)} of ${count(slots)} labelled, ${count(skipped)} skipped, ${count(cannotAssess)} could not be assessed${opened}.`;
}

/** One row a stratum: "judge=5–6", 120, 20, usable items by rater, and what was lost. None where there is one stratum only. */
export function stratumRows({ strata }: SubsetFacts): { head: string[]; rows: string[][] } | null {
  if (strata.length < 2) return null;
  const raters = Object.keys(strata[0]?.usable ?? {});
  return {
    head: ['stratum', 'items', 'drawn', ...raters.map(rater => `usable, ${rater}`), 'left out'],
    rows: strata.map(({ id, population, drawn, usable, lost = {} }) => [
      id,
      count(population),
      count(drawn),
      ...raters.map(rater => count(usable[rater] ?? 0)),
      Object.entries(lost)
        .map(([name, excluded]) => `${name}: ${exclusionText(excluded)}`)
        .join('; '),
    ]),
  };
}

/** 1868 → "1,868": the same on every machine. */
function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
