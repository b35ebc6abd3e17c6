import type { CorrectedEstimate } from '../../agreement/questions/correctedEstimates';
import type { Target } from '../../agreement/questions/target';
import { targetText } from '../../agreement/questions/target';
import type { Figure, ItemsBehind } from '../figure';
import { asTick, measureLines, measurePhrase, percent, percentTick, twoDecimals } from '../figureNumbers';
import { forestFigure, type ForestGroup } from '../forestFigure';
import { items, type ComparedPair } from './comparedPair';

/** The run's shares and its mean as the judge has them and corrected by the labels, for the whole run and by condition. */
export function correctedFigures({ report, cut }: ComparedPair): Figure[] {
  const answer = report.questions?.corrected.answer;
  if (!answer) return [];
  const targets = answer.whole.map(({ target }) => target);
  const first = targets.filter(target => target.kind === 'share');
  const chosen = first.find(target => target.cut === cut) ?? first[0];
  return [...(chosen ? [chosen] : []), ...targets.filter(({ kind }) => kind === 'mean')].map(target => {
    const share = target.kind === 'share';
    const format = share ? percent : twoDecimals;
    const behindOf = (fields?: Readonly<Record<string, string>>): { readonly behind?: ItemsBehind } =>
      share
        ? {
            behind: {
              kind: 'where',
              title: `judge score ≥ ${asTick(target.cut)}${fields ? `, ${Object.values(fields).join(', ')}` : ''}`,
              judge: { min: target.cut, max: report.scale?.max ?? Number.MAX_SAFE_INTEGER },
              ...(fields ? { fields } : {}),
            },
          }
        : {};
    const row = (
      label: string,
      estimates: readonly CorrectedEstimate[],
      fields?: Readonly<Record<string, string>>,
    ) => {
      const estimate = estimates.find(each => isSame(each.target, target));
      return {
        label,
        values: estimate
          ? [
              {
                series: 0,
                measure: estimate.corrected,
                words: [
                  `${label}: corrected ${measureLines(estimate.corrected, format)[0] ?? ''}`,
                  ...measureLines(estimate.corrected, format).slice(1),
                ],
                ...behindOf(fields),
              },
              {
                series: 1,
                measure: estimate.naive,
                words: [
                  `${label}: the judge alone ${measureLines(estimate.naive, format)[0] ?? ''}`,
                  ...measureLines(estimate.naive, format).slice(1),
                ],
                ...behindOf(fields),
              },
            ]
          : [],
      };
    };
    const whole = answer.whole.find(each => isSame(each.target, target));
    const fields = [...new Set(answer.groups.map(({ field }) => field))];
    const groups: ForestGroup[] = [
      { rows: [row('all', answer.whole)] },
      ...fields.map(field => ({
        title: field,
        rows: answer.groups
          .filter(group => group.field === field && group.estimates)
          .map(({ value, estimates = [] }) => row(value, estimates, { [field]: value })),
      })),
    ].filter(group => group.rows.length > 0);
    const refused = answer.groups.filter(group => group.refused !== undefined);
    return forestFigure({
      id: share ? 'corrected-share' : 'corrected-mean',
      title: share
        ? `The run’s share of items ≥ ${asTick(target.cut)}, corrected`
        : 'The run’s mean score, corrected',
      summary: `${targetText(target)} of the run: ${whole ? `corrected ${measurePhrase(whole.corrected, format)}, the judge alone ${measurePhrase(whole.naive, format)}` : 'no estimate'}, from ${items(answer.labels)} labelled of ${items(answer.runItems)}.`,
      caption: `Circles: corrected by the human labels; diamonds: the judge alone. Lines: 95% intervals.${
        refused.length > 0 ? ` Too few labels for ${refused.map(({ value }) => value).join(', ')}.` : ''
      }`,
      axis: share ? { title: targetText(target), tick: percentTick } : { title: targetText(target) },
      series: [
        { label: 'corrected', tone: 'human', shape: 'circle' },
        { label: 'the judge alone', tone: 'judge', shape: 'diamond', hollow: true },
      ],
      groups,
    });
  });
}

function isSame(one: Target, other: Target): boolean {
  return one.kind === 'mean' ? other.kind === 'mean' : other.kind === 'share' && one.cut === other.cut;
}
