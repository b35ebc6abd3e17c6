import { cases, type Case } from './cases';
import { correctedShare, quantities } from './quantities';
import { methods, type CaseTally } from './tally';

/** What makes a case one of the gate: its design and skew, and at least so many items, clusters, positives and negatives. */
const gatedProfiles: readonly string[] = ['40%', '8%'];
const least = { items: 100, clusters: 60, positives: 10 };
const gate = [0.93, 0.97] as const;

/** Markdown: coverage of each quantity by the product's method in the gated cases and the others, then all methods beside. */
export function coverageTable(sums: readonly CaseTally[]): string {
  const rows = cases.flatMap((one, index) => {
    const sum = sums[index];
    return sum ? [{ one, sum, gated: isGated(one, sum) }] : [];
  });
  const gated = rows.filter(row => row.gated);
  const others = rows.filter(row => !row.gated);
  const missed = gated.flatMap(({ one, sum }) =>
    Object.entries(quantities).flatMap(([name, { gated: counts = true }], quantity) => {
      const coverage = coverageOf(sum, 0, quantity);
      return !counts || (coverage >= gate[0] && coverage <= gate[1])
        ? []
        : [`${name}: ${label(one)}, ${digits(coverage)}`];
    }),
  );
  return [
    `Gated cases, ${methods[0] ?? ''}\n\n${table(gated)}`,
    `Outside .93 to .97: ${missed.join('; ') || 'none'}`,
    `Not gated, ${methods[0] ?? ''}\n\n${table(others)}`,
    `Where the report cautions about corrected shares\n\n${cautions(rows)}`,
    `Methods beside each other: mean, least and greatest coverage over the gated cases; mean width relative to the first\n\n${beside(gated.map(({ sum }) => sum))}`,
    `The same over the others\n\n${beside(others.map(({ sum }) => sum))}`,
  ].join('\n\n');
}

function isGated({ design, profile }: Case, { studies, clusters, positives, items }: CaseTally): boolean {
  return (
    design !== 'equal' &&
    gatedProfiles.includes(profile) &&
    items / studies >= least.items &&
    clusters / studies >= least.clusters &&
    positives / studies >= least.positives &&
    (items - positives) / studies >= least.positives
  );
}

interface Row {
  readonly one: Case;
  readonly sum: CaseTally;
}

function table(rows: readonly Row[]): string {
  const names = Object.keys(quantities);
  const lines = rows.map(({ one, sum }) => {
    const mean = (total: number): string => (total / sum.studies).toFixed(0);
    const cells = names.map((_, quantity) => cellOf(sum, quantity));
    const { profile, icc, n, rollouts, design } = one;
    return `| ${[profile, icc, n, rollouts, mean(sum.clusters), mean(sum.positives), design, ...cells].join(' | ')} |`;
  });
  const head = ['share ≥ 5', 'ICC', 'items', 'rollouts', 'G', 'positives', 'design', ...names];
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}

/** Coverage of corrected shares in the studies with the caution and in the others, cases where it is given in over 1%. */
function cautions(rows: readonly Row[]): string {
  const place = Object.keys(quantities).indexOf(correctedShare);
  const lines = rows.flatMap(({ one, sum }) => {
    const tally = sum.tallies[0]?.[place];
    if (!tally || sum.cautions < 0.01 * sum.studies) return [];
    const others = (tally.covered - sum.cautionedCovered) / (tally.given - sum.cautioned);
    const cells = [sum.cautions / sum.studies, sum.cautionedCovered / sum.cautioned, others].map(digits);
    return `| ${[label(one), ...cells].join(' | ')} |`;
  });
  const head = ['case', 'cautioned', 'coverage there', 'elsewhere'];
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}

/** Coverage where an interval was given, and how often one was, unless always. */
function cellOf(sum: CaseTally, quantity: number): string {
  const tally = sum.tallies[0]?.[quantity];
  if (!tally || tally.given === 0) return 'none given';
  const given = tally.given / sum.studies;
  return digits(coverageOf(sum, 0, quantity)) + (given < 1 ? ` (given in ${digits(given)})` : '');
}

function beside(sums: readonly CaseTally[]): string {
  const names = Object.keys(quantities);
  const lines = methods.map((method, place) => {
    const cells = names.map((_, quantity) => {
      const coverages = sums
        .filter(sum => (sum.tallies[place]?.[quantity]?.given ?? 0) > 0)
        .map(sum => coverageOf(sum, place, quantity));
      if (coverages.length === 0) return 'none given';
      const mean = coverages.reduce((total, value) => total + value, 0) / coverages.length;
      const ends = `${digits(Math.min(...coverages))}–${digits(Math.max(...coverages))}`;
      return `${digits(mean)} (${ends}), ×${widthRatio(sums, place, quantity).toFixed(2)}`;
    });
    return `| ${[method, ...cells].join(' | ')} |`;
  });
  return [`| method | ${names.join(' | ')} |`, `|${'---|'.repeat(names.length + 1)}`, ...lines].join('\n');
}

function coverageOf(sum: CaseTally, method: number, quantity: number): number {
  const tally = sum.tallies[method]?.[quantity];
  return tally ? tally.covered / tally.given : NaN;
}

function widthRatio(sums: readonly CaseTally[], method: number, quantity: number): number {
  const ratios = sums.map(sum => {
    const [own, first] = [sum.tallies[method]?.[quantity], sum.tallies[0]?.[quantity]];
    return own?.given && first?.given ? own.width / own.given / (first.width / first.given) : NaN;
  });
  const defined = ratios.filter(ratio => !Number.isNaN(ratio));
  return defined.reduce((total, ratio) => total + ratio, 0) / defined.length;
}

function label({ profile, icc, n, rollouts, design }: Case): string {
  return `${profile}, ICC ${icc}, ${n} of ${rollouts} rollouts, ${design}`;
}

/** .953 */
function digits(share: number): string {
  return share.toFixed(3).replace(/^0/, '');
}
