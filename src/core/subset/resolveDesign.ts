import { judgeRuns } from '../agreement/judgeRuns';
import { binOf, binText, defaultBins } from './judgeBins';
import type { Design } from './manifest';
import { fieldNames } from './population';
import type { Population } from './population';

/**
 * The design with its defaults filled in and without what its kind does not use: enough, with the seed, to draw again.
 * Or why this population can't be drawn from in this way.
 */
export function resolveDesign(
  population: Population,
  design: Design,
): { design: Design } | { refused: string } {
  const { kind, n, maxPerRollout } = design;
  const wrong = refuseJudge(population, design) ?? refuseFields(population, design);
  if (wrong !== null) return { refused: wrong };
  const bins = binsOf(population, design);
  const cut = design.threshold ?? population.rubric.thresholds[0];
  const cutting = kind === 'uncertainty' || kind === 'negative-audit';
  if (cutting && cut === undefined)
    return { refused: 'The criterion has no threshold of its own: name the one that is meant.' };
  if ('refused' in bins) return bins;
  const judge = usesScores(design) ? (design.judge ?? population.judge) : design.judge;
  return {
    design: {
      kind,
      n,
      ...(kind === 'stratified' ? { by: design.by, allocation: design.allocation ?? 'proportional' } : {}),
      ...(kind === 'balanced' ? { allocation: design.allocation ?? 'half' } : {}),
      ...(usesBins(design) ? { bins: bins.bins } : {}),
      ...(kind === 'two-stage'
        ? { maxPerRollout: maxPerRollout ?? 2, cluster: design.cluster ?? 'rollout' }
        : maxPerRollout === undefined
          ? {}
          : { maxPerRollout }),
      ...(cutting ? { threshold: cut } : {}),
      ...(judge == null ? {} : { judge }),
    },
  };
}

const usesBins = ({ kind, by }: Design): boolean =>
  kind === 'balanced' || (kind === 'stratified' && (by?.includes('judge') ?? false));
const usesScores = (design: Design): boolean =>
  usesBins(design) || design.kind === 'uncertainty' || design.kind === 'negative-audit';

function refuseJudge(population: Population, design: Design): string | null {
  const { criterion } = population.rubric;
  const runs = judgeRuns(population.rollouts, criterion);
  const names = [...runs.keys()].map(name => `“${name}”`).join(', ');
  if (design.judge !== undefined && !runs.has(design.judge))
    return `There is no judge run “${design.judge}”: there are ${names || 'none'}.`;
  if (usesScores(design) && population.items.every(({ score }) => score === null))
    return `The design goes by judge scores, and no item has a ${criterion} score of a judge on the scale.`;
  if (design.kind === 'disagreement' && runs.size < 2)
    return `A disagreement-first design compares judge runs, and the file has ${runs.size === 0 ? 'none' : `only one, ${names}`}.`;
  return null;
}

function refuseFields(population: Population, design: Design): string | null {
  const known = fieldNames(population.rollouts);
  const asked =
    design.kind === 'stratified'
      ? (design.by ?? []).filter(field => field !== 'judge')
      : design.kind === 'two-stage' && design.cluster !== undefined && design.cluster !== 'rollout'
        ? [design.cluster]
        : [];
  const unknown = asked.find(field => !known.includes(field));
  return unknown === undefined ? null : noSuchField(unknown, known);
}

/** The refusal of a field that no rollout has. */
export function noSuchField(field: string, known: readonly string[]): string {
  return `No rollout has a field “${field}”: there are ${known.join(', ') || 'none'}.`;
}

function binsOf(population: Population, design: Design): { bins: number[] } | { refused: string } {
  const { scale } = population.rubric;
  const usual = defaultBins(population.rubric);
  const asked = design.bins;
  if (asked === undefined || !usesBins(design)) return { bins: usual };
  const outside = asked.find(low => low < scale.min || low > scale.max);
  if (outside !== undefined)
    return {
      refused: `A judge-score bin can’t begin at ${String(outside)}: the scale is ${String(scale.min)} to ${String(scale.max)}.`,
    };
  const bins = asked[0] === scale.min ? asked : [scale.min, ...asked];
  // The usual bins are no wish for each of them: those without items are passed over.
  if (JSON.stringify(bins) === JSON.stringify(usual)) return { bins };
  const filled = new Set(population.items.map(({ score }) => binOf(score, bins)));
  const empty = bins.findIndex((low, index) => asked.includes(low) && !filled.has(index));
  return empty < 0
    ? { bins }
    : {
        refused: `No item has a judge score in the bin ${binText(bins, empty, scale)}: leave that bin out.`,
      };
}
