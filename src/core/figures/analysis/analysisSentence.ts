import type { AnalysisGroup, AnalysisReport, Effect } from '../../analysis/analysisReport';
import { differenceKind, effectName, withinName } from './effectWords';
import { eventName } from './eventFigure';
import { countWords, numberWords, rangeWords, valueWords } from './valueWords';

/** What the run shows, in a few sentences: how much was scored by whom, where the mean is highest, what the treatment changes. */
export function analysisSentence(report: AnalysisReport): string {
  return [
    scoredSentence(report),
    meansSentence(report),
    eventSentence(report),
    legibilitySentence(report),
    effectSentence(report),
  ]
    .filter(sentence => sentence !== null)
    .join(' ');
}

function scoredSentence({ groups, criterion, part, judge, raters, scores }: AnalysisReport): string {
  const turns = countWords(
    groups.reduce((sum, { scored }) => sum + scored, 0),
    part === 'reasoning' ? 'reasoning' : 'turn',
  );
  const rollouts = countWords(
    groups.reduce((sum, group) => sum + group.rollouts, 0),
    'rollout',
  );
  const people = raters.join(', ') || 'the raters';
  const by =
    scores === 'human'
      ? `labels of ${people}`
      : `scores of ${judge ?? 'the judge'}${scores === 'corrected' ? `, corrected by the labels of ${people}` : ''}`;
  return `${capital(criterion)} ${by}: ${turns} of ${rollouts}.`;
}

function meansSentence({ groups }: AnalysisReport): string | null {
  const known = groups.filter(({ mean }) => mean.value !== null);
  const value = ({ mean }: AnalysisGroup): number => mean.value ?? 0;
  const [first] = known;
  if (!first) return null;
  const highest = known.reduce((a, b) => (value(b) > value(a) ? b : a), first);
  const lowest = known.reduce((a, b) => (value(b) < value(a) ? b : a), first);
  const told = (group: AnalysisGroup): string => `${group.label}, ${valueWords(group.mean, 'score')}`;
  if (known.length === 1) return `The mean is ${valueWords(first.mean, 'score')}.`;
  if (highest === lowest) return `The mean is the same in every group, ${valueWords(first.mean, 'score')}.`;
  return `The mean is highest in ${told(highest)}, and lowest in ${told(lowest)}.`;
}

function eventSentence({ trajectory, groups }: AnalysisReport): string | null {
  if (!trajectory) return null;
  const name = eventName(trajectory);
  const all = groups.reduce((sum, { rollouts }) => sum + rollouts, 0);
  const { rollouts } = trajectory.event;
  if (name === 'self-deletion')
    return rollouts === 0
      ? 'No rollout deletes itself.'
      : `${rollouts.toLocaleString('en-US')} of ${countWords(all, 'rollout')} ${rollouts === 1 ? 'deletes itself' : 'delete themselves'}.`;
  return `${rollouts.toLocaleString('en-US')} of ${countWords(all, 'rollout')} ${rollouts === 1 ? 'has' : 'have'} the event.`;
}

function legibilitySentence({ legibility, groups }: AnalysisReport): string | null {
  if (!legibility) return null;
  const empty = legibility.rows.filter(({ emptyAnswers }) => emptyAnswers.count > 0);
  const errors = legibility.rows.filter(({ errors: found }) => found.count > 0);
  const list = (rows: typeof empty, count: (row: (typeof rows)[number]) => number): string =>
    rows.map(row => `${groups[row.group]?.label ?? ''} ${String(count(row))}`).join(', ');
  const parts = [
    ...(empty.length > 0 ? [`Empty answers: ${list(empty, row => row.emptyAnswers.count)}.`] : []),
    ...(errors.length > 0 ? [`Errors: ${list(errors, row => row.errors.count)}.`] : []),
  ];
  return parts.length === 0 ? 'No answer is empty and no record holds an error.' : parts.join(' ');
}

/** Of the first measure that has a difference, in every combination of the other fields. */
function effectSentence({ effects }: AnalysisReport): string | null {
  const measure = effects.find(({ difference }) => difference.value !== null)?.measure;
  const told = effects
    .filter(effect => effect.measure === measure && effect.difference.value !== null)
    .slice(0, 4);
  const [first] = told;
  if (!first) return null;
  return `Against ${first.baseline}, the ${effectName(first)} changes by ${told.map(changeWords).join('; ')}.`;
}

function changeWords(effect: Effect): string {
  const { difference, treated, reading } = effect;
  const kind = differenceKind(effect);
  const interval = difference.ci ? ` (95% interval ${rangeWords(difference.ci, kind)})` : '';
  const where = [treated, withinName(effect)].filter(Boolean).join(' · ');
  return `${numberWords(difference.value ?? 0, kind)}${interval} in ${where}: ${reading}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
