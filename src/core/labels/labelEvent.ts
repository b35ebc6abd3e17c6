import * as z from 'zod';

/** A name that may stand in a file name: rater, subset, run, criterion. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;
const reservedRaters = new Set(['consensus', 'judge']);

/** Why a text may not be a rater's name; `null` where it may. */
export function refuseRater(name: string): string | null {
  if (!slugPattern.test(name)) return 'Use 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit.';
  if (reservedRaters.has(name)) return `"${name}" is reserved.`;
  return null;
}

/** The nearest allowed rater name to a person's name, '' where nothing is left of it. */
export function proposeRater(name: string): string {
  const slug = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return refuseRater(slug) === null ? slug : '';
}

const scale = z.looseObject({ min: z.number(), max: z.number(), worst: z.enum(['min', 'max']) });
const item = z.looseObject({
  rollout: z.string(),
  turn: z.number().int().positive(),
  part: z.enum(['response', 'reasoning']),
  criterion: z.string(),
  sha256: z.string(),
  contextSha256: z.string(),
});
const subset = z.looseObject({ name: z.string(), sha256: z.string(), slot: z.number().int() });
const span = z.looseObject({ start: z.number().int(), end: z.number().int(), quote: z.string() });

const common = { v: z.literal(1), id: z.string(), at: z.string(), rater: z.string() };
const slotted = { item, subset: subset.optional() };

export const labelEventSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    ...common,
    kind: z.literal('score'),
    ...slotted,
    value: z.number(),
    scale,
    rubric: z.string(),
    phase: z.enum(['first', 'revision', 'repeat']),
    judgeVisible: z.boolean().nullable(),
    elapsedMs: z.number().nonnegative().optional(),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('cannot-assess'),
    ...slotted,
    reason: z.string().optional(),
    phase: z.enum(['first', 'revision', 'repeat']).optional(),
    judgeVisible: z.boolean().nullable().optional(),
    elapsedMs: z.number().nonnegative().optional(),
  }),
  z.looseObject({ ...common, kind: z.literal('skip'), ...slotted }),
  z.looseObject({ ...common, kind: z.literal('dismiss'), ...slotted, reason: z.string().optional() }),
  z.looseObject({
    ...common,
    kind: z.literal('note'),
    ...slotted,
    on: z.string().optional(),
    text: z.string(),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('evidence'),
    ...slotted,
    on: z.string().optional(),
    spans: z.array(span),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('cause'),
    ...slotted,
    on: z.string().optional(),
    code: z.string(),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('flag'),
    ...slotted,
    on: z.string().optional(),
    code: z.string(),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('exposed'),
    scope: z.enum(['item', 'rollout', 'run']),
    what: z.enum(['judge', 'raters', 'report']),
    item: item.partial().optional(),
  }),
  z.looseObject({ ...common, kind: z.literal('retract'), target: z.string() }),
]);

/** One line of a label log. */
export type LabelEvent = z.infer<typeof labelEventSchema>;
export type ScoreEvent = Extract<LabelEvent, { kind: 'score' }>;
export type CannotAssessEvent = Extract<LabelEvent, { kind: 'cannot-assess' }>;
