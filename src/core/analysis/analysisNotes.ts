import { counted, listText } from '../agreement/questions/estimateText';
import type { RolloutSummary } from '../rollout/runScan';
import type { Population } from '../subset/population';
import type { ScoreSource } from './analysisReport';
import type { Belongs } from './estimates';
import type { EventTurnOf } from './eventRates';

export interface Noted {
  readonly population: Population;
  /** Those of the population that are counted. */
  readonly rollouts: readonly RolloutSummary[];
  /** The judge runs of the criterion with their number of scores. */
  readonly runs: ReadonlyMap<string, number>;
  readonly scores: ScoreSource;
  readonly exists: Belongs;
  readonly eventTurn: EventTurnOf;
  readonly clusterBy: string;
  /** Fields of the groups that some rollouts lack. */
  readonly missing: readonly string[];
  readonly more: readonly string[];
}

/** What was left out, and what to bear in mind. */
export function analysisNotes(noted: Noted): string[] {
  const { population, runs, scores, clusterBy, missing, more } = noted;
  const notes = [
    clusterBy === 'rollout'
      ? 'Intervals take each rollout as one: its turns are not independent.'
      : `Intervals take all rollouts of one ${clusterBy} as one cluster, in all groups together.`,
  ];
  const out = population.rollouts.length - noted.rollouts.length;
  if (out > 0)
    notes.push(
      `${counted(out, 'rollout')} of the file without any ${population.rubric.criterion} score ${out === 1 ? 'is' : 'are'} left out.`,
    );
  if (missing.length > 0)
    notes.push(`Some rollouts have no ${listText(missing)}: they are a group of their own, “(none)”.`);
  if (scores !== 'human') notes.push(...judgeNotes(noted));
  const others = [...runs].filter(([name]) => name !== population.judge);
  if (scores !== 'human' && others.length > 0)
    notes.push(
      `Other judge runs in the file, not used here: ${others.map(([name, count]) => `${name} (${String(count)} scores)`).join(', ')}.`,
    );
  if (population.rubric.part === 'response') notes.push(...eventNotes(noted));
  return [...new Set([...notes, ...more])];
}

function judgeNotes({ population, rollouts, exists, scores }: Noted): string[] {
  const { offScale } = population;
  const own = new Set(rollouts);
  const items = population.items.filter(({ rollout, turn }) => own.has(rollout) && exists(rollout, turn));
  const unscored = items.filter(({ score }) => score === null).length;
  const notes: string[] = [];
  if (unscored > 0 && scores === 'judge')
    notes.push(
      `${counted(unscored, 'turn')} of ${String(items.length)} without a judge score ${unscored === 1 ? 'is' : 'are'} left out${offScale > 0 ? `, off the scale ${String(offScale)} of them` : ''}.`,
    );
  return notes;
}

function eventNotes({ population, rollouts, exists, eventTurn }: Noted): string[] {
  const { items } = population;
  const notes: string[] = [];
  const after = items.filter(({ rollout, turn }) => turn > (eventTurn(rollout) ?? Infinity)).length;
  if (after > 0)
    notes.push(`${counted(after, 'turn')} after a rollout’s event ${after === 1 ? 'does' : 'do'} not count.`);
  const inEvent = items.filter(
    ({ rollout, turn }) => turn === eventTurn(rollout) && !exists(rollout, turn),
  ).length;
  if (inEvent > 0)
    notes.push(
      `Of survivors only: the ${counted(inEvent, 'turn')} with an event ${inEvent === 1 ? 'does' : 'do'} not count either.`,
    );
  const withEvent = rollouts.filter(rollout => eventTurn(rollout) !== undefined).length;
  const longest = rollouts.reduce((most: number, { turns }: RolloutSummary) => Math.max(most, turns), 0);
  const short = rollouts.filter(
    rollout => rollout.turns < longest && eventTurn(rollout) === undefined,
  ).length;
  if (withEvent > 0 && short > 0)
    notes.push(
      `${counted(short, 'rollout')} without an event ended before turn ${String(longest)}: the cumulative rate counts ${short === 1 ? 'it' : 'them'} as without one to the end.`,
    );
  return notes;
}
