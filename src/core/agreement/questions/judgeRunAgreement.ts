import type { Measures } from '../agreementReport';
import { judgeRunName } from '../judgeRuns';
import type { Rubric } from '../../labels/rubric';
import type { RolloutSummary } from '../../rollout/runScan';
import { populationOf } from '../../subset/population';
import { clusterIn } from '../clusterIn';
import { counted, estimateText, listText } from './estimateText';
import { plainSample } from './plainSample';
import { refuse, type Question } from './question';
import type { Ratings } from './ratings';
import { selfAgreement } from './selfAgreement';

/** The judge beside another run of the same model, on all items of the run that both scored. */
export interface JudgeRunAgreement {
  readonly run: string;
  readonly n: number;
  readonly clusters: number;
  /** The mean difference is the judge − the other run. */
  readonly measures: Measures;
}

/** The judge against its own other runs: what it would agree with itself. */
export function judgeRunAgreementOf(
  ratings: Ratings,
  rollouts?: readonly RolloutSummary[],
  rubric?: Rubric,
): Question<readonly JudgeRunAgreement[]> {
  const { judge, table, seed } = ratings;
  if (!judge || !rollouts || !rubric)
    return refuse('Without rollouts there are no other runs of the judge to compare it with.');
  const others = ownRuns(rollouts, rubric, judge.name);
  if (others.length === 0) return refuse(`The file holds no other run of ${judge.name}.`);
  const { items } = populationOf({ rollouts, rubric }, judge.name);
  const answer = others.flatMap((run): JudgeRunAgreement[] => {
    const theirs = populationOf({ rollouts, rubric }, run).items;
    const both = items.flatMap(({ score, rollout }, place) => {
      const other = theirs[place]?.score ?? null;
      return score === null || other === null ? [] : [{ score, other, cluster: clusterIn(table, rollout) }];
    });
    if (both.length === 0) return [];
    const sample = plainSample(
      [both.map(({ score }) => score), both.map(({ other }) => other)],
      both.map(({ cluster }) => cluster),
      rubric.scale,
      seed,
    );
    return [{ run, n: sample.n, clusters: sample.clusters.length, measures: selfAgreement(sample) }];
  });
  if (answer.length === 0) return refuse(`No item has scores of ${judge.name} and of another of its runs.`);
  const each = answer.map(
    ({ run, n, measures }) =>
      `with ${run} at κ with quadratic weights = ${estimateText(measures['cohenKappaQuadratic'] ?? { value: null })}, on ${counted(n, 'item')} of the run`,
  );
  return {
    answer,
    sentence: `${judge.name} agrees ${listText(each)}: what it would agree with itself says nothing of whether it is right.`,
  };
}

/** Other runs of the judge's model, by name. */
function ownRuns(rollouts: readonly RolloutSummary[], rubric: Rubric, judge: string): string[] {
  const models = new Map<string, Set<string>>();
  for (const rollout of rollouts) {
    for (const score of rollout.judge) {
      if (score.criterion !== rubric.criterion || score.part !== rubric.part || score.value === null)
        continue;
      const name = judgeRunName(score);
      models.set(name, (models.get(name) ?? new Set()).add(score.model));
    }
  }
  const own = models.get(judge) ?? new Set<string>();
  return [...models]
    .filter(([name, those]) => name !== judge && [...those].some(model => own.has(model)))
    .map(([name]) => name)
    .sort((a, b) => (a < b ? -1 : 1));
}
