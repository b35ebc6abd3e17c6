import { exclusionText } from '../../agreement/exclusionText';
import type { Exclusions } from '../../agreement/agreementReport';
import type { Figure } from '../figure';
import { countText } from '../figureNumbers';
import { barsFigure } from '../barsFigure';
import { items, type ComparedPair } from './comparedPair';

const look = [
  { label: 'usable', tone: 'human', shape: 'bar' },
  { label: 'left out', tone: 'quiet', shape: 'bar' },
] as const;

/** What became of the items that were drawn, by stratum; without a subset, of all that either side rated. */
export function coverageFigure({ report, pair, a, b }: ComparedPair): Figure | null {
  const strata = report.subset?.strata ?? [];
  if (strata.length === 0) return withoutSubset(pair.n, pair.excluded, a, b);
  const rows = strata.map(({ id, population, drawn, usable, lost = {} }) => {
    const used = Math.min(drawn, usable[pair.b] ?? 0);
    const causes = [a, b].flatMap((side, index) => {
      const own = lost[index === 0 ? pair.a : pair.b];
      return own ? [`${side}: ${exclusionText(own)}`] : [];
    });
    const head = `${id}: ${countText(drawn)} of ${items(population)} drawn`;
    return {
      label: id,
      segments: [
        { series: 0, value: used, words: [head, `usable from ${b}: ${countText(used)}`, ...causes] },
        {
          series: 1,
          value: drawn - used,
          words: [head, `without a usable label from ${b}: ${countText(drawn - used)}`, ...causes],
        },
      ],
    };
  });
  const drawn = strata.reduce((sum, stratum) => sum + stratum.drawn, 0);
  const used = strata.reduce((sum, stratum) => sum + (stratum.usable[pair.b] ?? 0), 0);
  return barsFigure({
    id: 'coverage',
    title: 'What was drawn, and what could be used',
    summary: `${countText(used)} of ${items(drawn)} drawn have a usable label from ${b}; compared: ${items(pair.n)}; left out of the comparison: ${exclusionText(pair.excluded)}.`,
    caption: `Items drawn in each stratum. Compared with ${a}: ${items(pair.n)}.`,
    axis: { title: 'items drawn' },
    series: look,
    rows,
  });
}

function withoutSubset(n: number, excluded: Exclusions, a: string, b: string): Figure | null {
  const left = Object.values(excluded).reduce(
    (sum: number, count: number | undefined) => sum + (count ?? 0),
    0,
  );
  const labelled = left - excluded.missing;
  if (n + labelled <= 0) return null;
  const head = `${a} and ${b}: ${exclusionText({ ...excluded, missing: 0 })} left out`;
  return barsFigure({
    id: 'coverage',
    title: 'What was labelled, and what could be used',
    summary: `${items(n)} compared; left out: ${exclusionText(excluded)}.`,
    caption: `Items that one side did not score at all: ${countText(excluded.missing)}, not drawn.`,
    axis: { title: 'items' },
    series: look,
    rows: [
      {
        label: 'labelled items',
        segments: [
          { series: 0, value: n, words: [`${items(n)} compared`] },
          { series: 1, value: labelled, words: [head] },
        ],
      },
    ],
  });
}
