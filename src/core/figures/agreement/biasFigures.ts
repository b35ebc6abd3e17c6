import type { BiasAnswer } from '../../agreement/questions/biasQuestion';
import { targetText } from '../../agreement/questions/target';
import type { Figure } from '../figure';
import { measureLines, percent, percentTick, twoDecimals, withSign } from '../figureNumbers';
import { forestFigure } from '../forestFigure';
import type { ComparedPair } from './comparedPair';

/** Judge − human by condition with its contrasts, and what the judge's errors make of the conditions' effects. */
export function biasFigures({ report, cut }: ComparedPair): Figure[] {
  const answer = report.questions?.bias.answer;
  if (!answer) return [];
  return [contrastFigure(answer), effectFigure(answer, cut)].filter(figure => figure !== null);
}

function contrastFigure({ fields, n }: BiasAnswer): Figure | null {
  const groups = fields.map(({ field, baseline, groups: values }) => ({
    title: baseline === null ? `${field}: each against the rest` : `${field}: each against ${baseline}`,
    rows: values.map(({ value, n: labelled, clusters, difference, contrast }) => {
      const behind = { kind: 'where' as const, title: `${field} ${value}`, fields: { [field]: value } };
      const counts = `${labelled} items in ${clusters} clusters`;
      return {
        label: value,
        values: [
          {
            series: 0,
            measure: { value: difference },
            words: [
              `${value}: judge − human ${difference === null ? 'undefined' : withSign(difference)}`,
              counts,
            ],
            behind,
          },
          ...(contrast
            ? [
                {
                  series: 1,
                  measure: contrast,
                  words: [
                    `${value} less ${baseline ?? 'the rest'}: ${measureLines(contrast, withSign)[0] ?? ''}`,
                    ...measureLines(contrast, withSign, 'simultaneous 95% interval').slice(1),
                    counts,
                  ],
                  behind,
                },
              ]
            : []),
        ],
      };
    }),
  }));
  if (groups.length === 0) return null;
  return forestFigure({
    id: 'bias-by-condition',
    title: 'Judge − human by condition',
    summary: `Mean of judge − human in each group of ${n} labelled items, and how far it differs from the baseline’s or the rest’s.`,
    caption: 'Lines: 95% intervals that hold together for all groups of a field.',
    axis: { title: 'points of the scale', least: -0.5, most: 0.5, tick: withSignTick, zero: 0 },
    series: [
      { label: 'judge − human', tone: 5, shape: 'square', hollow: true },
      { label: 'difference from the baseline or the rest', tone: 1, shape: 'circle' },
    ],
    groups,
  });
}

function effectFigure({ fields }: BiasAnswer, cut: number | null): Figure | null {
  const targets = fields.flatMap(({ effects }) => effects.map(({ target }) => target));
  const shares = targets.filter(target => target.kind === 'share');
  const target = shares.find(each => each.cut === cut) ?? shares[0] ?? targets[0];
  if (!target) return null;
  const share = target.kind === 'share';
  const format = share ? (value: number) => `${value > 0 ? '+' : ''}${percent(value)}` : withSign;
  const groups = fields.flatMap(({ field, baseline, effects }) => {
    const rows = effects
      .filter(effect => targetText(effect.target) === targetText(target))
      .map(({ value, naive, corrected }) => ({
        label: value,
        values: [
          {
            series: 0,
            measure: corrected,
            words: [
              `${value}: corrected ${measureLines(corrected, format)[0] ?? ''}`,
              ...measureLines(corrected, format).slice(1),
            ],
          },
          {
            series: 1,
            measure: naive,
            words: [
              `${value}: the judge alone ${measureLines(naive, format)[0] ?? ''}`,
              ...measureLines(naive, format).slice(1),
            ],
          },
        ],
      }));
    return rows.length === 0 ? [] : [{ title: `${field}: against ${baseline ?? 'the rest'}`, rows }];
  });
  if (groups.length === 0) return null;
  return forestFigure({
    id: 'effects-by-condition',
    title: 'Effects, corrected for the judge’s errors',
    summary: `Difference in ${targetText(target)} between conditions, as the judge has it and corrected by the labels.`,
    caption:
      'Circles: corrected by the human labels; diamonds: the judge alone. Lines: 95% intervals, each by itself.',
    axis: {
      title: `difference in ${targetText(target)}`,
      least: share ? -0.1 : -0.5,
      most: share ? 0.1 : 0.5,
      tick: share ? percentTick : withSignTick,
      zero: 0,
    },
    series: [
      { label: 'corrected', tone: 'human', shape: 'circle' },
      { label: 'the judge alone', tone: 'judge', shape: 'diamond', hollow: true },
    ],
    groups,
  });
}

const withSignTick = (value: number): string =>
  `${value > 0 ? '+' : ''}${twoDecimals(value).replace(/\.?0+$/, '')}`;
