import { listText } from '../agreement/questions/estimateText';
import type { AnalysisReport } from './analysisReport';

/** What was counted, in a sentence or two: whose scores, of what, by what. */
export function subjectText(report: AnalysisReport): string {
  const { criterion, part, scale, scores, judge, raters, subset, by, groups, trajectory } = report;
  const whose = {
    judge: judgeText(judge),
    human: `by ${listText(raters)}`,
    corrected: `${judgeText(judge)}, corrected by the labels of ${listText(raters)}`,
  }[scores];
  const within = subset === null ? '' : ` in the subset ${subset}`;
  const grouped = by.length === 0 ? 'all rollouts together' : `by ${listText(by)}`;
  const survivors = trajectory?.survivorsOnly === true ? '; survivors only' : '';
  return `The ${criterion} of each ${part}, from ${String(scale.min)} to ${String(scale.max)} (worst: ${String(scale[scale.worst])}), ${whose}${within}; ${groups.length === 1 ? 'one group' : `${String(groups.length)} groups`}, ${grouped}${survivors}.`;
}

const judgeText = (name: string | null): string =>
  name === null || name === 'judge' ? 'by the judge' : `by the judge ${name}`;

/** How the report's intervals were made, and why some values have none: each once, in the order of its first use. */
export function intervalsText(report: AnalysisReport): string {
  const methods = new Set<string>();
  const reasons = new Set<string>();
  const walk = (data: unknown): void => {
    if (typeof data !== 'object' || data === null) return;
    if ('value' in data) {
      if ('method' in data && typeof data.method === 'string') methods.add(inGeneral(data.method));
      if ('reason' in data && typeof data.reason === 'string') reasons.add(inGeneral(data.reason));
    }
    Object.values(data).forEach(walk);
  };
  walk(report);
  return [
    methods.size === 0 ? 'No interval could be given.' : `95% intervals: ${[...methods].join('; ')}.`,
    ...(reasons.size === 0 ? [] : [`Where one is missing: ${[...reasons].join('; ').replace(/\.$/, '')}.`]),
  ].join(' ');
}

/** One sentence of all that differ in their counts alone. */
function inGeneral(text: string): string {
  return text
    .replace(/n = \d+ rollouts/, 'n = the rollouts')
    .replace(/no interval from \d+ clusters?:/, 'no interval from so few clusters:')
    .replace(/^\d+ labelled items?:/, 'too few labelled items:')
    .replace(/^Labels in \d+ clusters?:/, 'labels in too few clusters:')
    .replace(/\.$/, '');
}
