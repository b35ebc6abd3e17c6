import { assignRaters } from './assignment';
import { drawItems } from './draw';
import type { Draw } from './draw';
import { orderOf } from './order';
import type { PlannedSlot, SubsetInput, SubsetOptions, SubsetPlan } from './plan';
import { fieldNames, populationOf } from './population';
import type { Population } from './population';
import { previewOf, strataOf } from './preview';
import { refuseOptions } from './refuseOptions';
import { repeatGap, withRepeats } from './repeats';
import { noSuchField, resolveDesign } from './resolveDesign';
import { seededStream } from './seeded';

/**
 * Draws a subset and says what it gives, or why it can't be drawn, in one sentence. The same rollouts in any order, options
 * and seed give the same plan on every machine. The plan's options are those given with the design's defaults filled in.
 */
export function planSubset(input: SubsetInput, options: SubsetOptions): SubsetPlan | { refused: string } {
  const wrong = refuseOptions(options);
  if (wrong !== null) return { refused: wrong };
  const population = populationOf(input, options.design.judge);
  const { criterion, part } = input.rubric;
  if (population.items.length === 0)
    return {
      refused: `There are no ${criterion} items: no turn of the file has ${part === 'response' ? 'text' : 'raw reasoning'}.`,
    };
  const known = fieldNames(population.rollouts);
  const unknown = options.show.find(field => !known.includes(field));
  if (unknown !== undefined) return { refused: noSuchField(unknown, known) };
  const resolved = resolveDesign(population, options.design);
  if ('refused' in resolved) return resolved;
  const { design } = resolved;
  const draw = drawItems(population, design, options.seed, options.role);
  if ('refused' in draw) return draw;
  const settled: SubsetOptions = {
    ...options,
    design,
    // What practice is: the judge is shown after each item.
    reveal: options.role === 'practice' ? 'after-item' : options.reveal,
  };
  const slots = slotsOfDraw(population, settled, draw);
  if ('refused' in slots) return slots;
  return {
    options: settled,
    slots,
    strata: strataOf(draw),
    preview: previewOf(population, settled, draw, slots),
  };
}

function slotsOfDraw(
  { rubric: { part, criterion } }: Population,
  { seed, repeats, raters, overlap }: SubsetOptions,
  draw: Draw,
): PlannedSlot[] | { refused: string } {
  const order = orderOf(draw.items, seededStream(seed, 'order'));
  const ordered = withRepeats(order, repeats, seededStream(seed, 'repeats'));
  if (ordered === null)
    return {
      refused: `${repeats === 1 ? 'One repeat doesn’t' : `${String(repeats)} repeats don’t`} fit among ${String(order.length)} items: each has to come ${String(repeatGap)} slots or more after its first, and the turns of a rollout in order.`,
    };
  const assigned = assignRaters(ordered, raters, overlap, seededStream(seed, 'assignment'));
  return ordered.map(({ drawn, repeatOf }, slot): PlannedSlot => {
    const { item, stratum, pi } = drawn;
    return {
      key: { rollout: item.rollout.id, turn: item.turn, part, criterion },
      stratum,
      pi,
      weight: pi === null ? null : 1 / pi,
      slot,
      ...(repeatOf === undefined ? {} : { repeatOf }),
      ...(raters.length === 0 ? {} : { raters: assigned.get(drawn) ?? [] }),
    };
  });
}
