import type { MeasureValue } from '../../agreement/agreementReport';
import { measureLabel } from '../../agreement/measureLists';
import type { Figure } from '../figure';
import { measureLines, measurePhrase } from '../figureNumbers';
import { forestFigure, type ForestValue } from '../forestFigure';
import { items, type ComparedPair } from './comparedPair';

const shown = ['cohenKappaQuadratic', 'krippendorffAlphaInterval', 'exactAgreement'] as const;

/** The measures of the pair beside what people, a rater asked twice, and the judge's own runs reach. */
export function comparisonFigure({ report, pair, a, b, judged }: ComparedPair): Figure | null {
  if (pair.n === 0) return null;
  const answer = judged ? report.questions?.comparison.answer : null;
  const value = (series: number, label: string, measure: MeasureValue | undefined, n?: number) =>
    measure === undefined
      ? []
      : [
          {
            label,
            values: [
              {
                series,
                measure,
                words: [
                  `${label} ${measureLines(measure)[0] ?? ''}`,
                  ...measureLines(measure).slice(1),
                  ...(n === undefined ? [] : [items(n)]),
                ],
              } satisfies ForestValue,
            ],
          },
        ];
  const ceiling = answer?.ceiling.answer;
  const average = judged ? report.average?.find(({ judge }) => judge === pair.a) : undefined;
  const groups = shown.flatMap(id => {
    const rows = [
      ...value(0, `${a} – ${b}`, pair.measures[id], pair.n),
      ...value(0, `${a} – ${b}, unweighted`, pair.unweighted?.[id], pair.n),
      ...value(0, 'judge – raters, average', average?.measures[id], average?.n),
      ...value(0, 'judge – each rater, same items', ceiling?.measures[id]?.judge, ceiling?.n),
      ...value(1, 'rater – rater (ceiling)', ceiling?.measures[id]?.humans, ceiling?.n),
      ...(answer?.repeats.answer ?? []).flatMap(({ rater, n, measures }) =>
        value(1, `${rater} – ${rater}, repeats`, measures[id], n),
      ),
      ...(answer?.judgeRuns.answer ?? []).flatMap(({ run, n, measures }) =>
        value(2, `judge – judge, ${run}`, measures[id], n),
      ),
    ];
    return rows.length === 0 ? [] : [{ title: measureLabel(id), rows }];
  });
  if (groups.length === 0) return null;
  const kappa = pair.measures['cohenKappaQuadratic'];
  const people = ceiling?.measures['cohenKappaQuadratic']?.humans;
  return forestFigure({
    id: 'agreement-forest',
    title: 'The agreement, beside what people and the judge reach among themselves',
    summary: `${kappa ? `Quadratic κ of ${a} and ${b}: ${measurePhrase(kappa)}.` : `Agreement of ${a} and ${b}.`}${people ? ` Raters with each other: ${measurePhrase(people)}.` : ''}`,
    caption: `1 at best; of κ and α, 0 by chance. An axis each. Lines: 95% intervals.${answer ? '' : ' Nothing else to compare with here.'}`,
    axis: { title: '', zero: 0 },
    sideBySide: true,
    series: [
      { label: judged ? 'judge and human' : `${a} and ${b}`, tone: judged ? 5 : 'human', shape: 'square' },
      { label: 'humans', tone: 'human', shape: 'circle' },
      { label: 'judge with itself', tone: 'judge', shape: 'diamond', hollow: true },
    ],
    groups,
  });
}
