import { barsFigure } from '../barsFigure';
import type { Figure } from '../figure';
import { countText, twoDecimals } from '../figureNumbers';
import { items, type ComparedPair } from './comparedPair';

/** In which stratum one more label would narrow the interval most. */
export function gainFigure({ report }: ComparedPair): Figure | null {
  const next = report.questions?.enough.answer?.next ?? [];
  const known = next.flatMap(each => (each.gain === null ? [] : [{ ...each, gain: each.gain }]));
  const most = Math.max(0, ...known.map(({ gain }) => gain));
  if (known.length < 2 || most === 0) return null;
  const without = next.filter(({ gain }) => gain === null).map(({ stratum }) => stratum);
  return barsFigure({
    id: 'next-labels',
    title: 'Where one more label gains most',
    summary: `One more label gains most in ${known[0]?.stratum ?? ''}.`,
    caption: `Gain of one more label, relative to the largest.${without.length > 0 ? ` No label yet in ${without.join(', ')}: first there.` : ''}`,
    axis: { title: 'gain, the largest = 1' },
    series: [{ label: 'gain', tone: 1, shape: 'bar' }],
    rows: known.map(({ stratum, population, labels, gain }) => ({
      label: stratum,
      segments: [
        {
          series: 0,
          value: gain / most,
          words: [
            `${stratum}: ${twoDecimals(gain / most)} of the largest gain`,
            `${countText(labels)} of ${items(population)} labelled`,
          ],
        },
      ],
    })),
  });
}
