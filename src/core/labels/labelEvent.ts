import * as z from 'zod';

/** A name that may stand in a file name: rater, subset, run, criterion. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** The rater that adjudicated labels are kept under. */
export const consensusRater = 'consensus';
const reservedRaters = new Set([consensusRater, 'judge']);

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
/** An item's key with the hashes of what was read. */
export const itemSchema = z.looseObject({
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
const slotted = { item: itemSchema, subset: subset.optional() };

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
    /** Of a consensus label: the labels it settles, and who settled it. */
    from: z.array(z.string()).optional(),
    by: z.string().optional(),
    /** Of an imported label: where it came from. */
    imported: z.looseObject({ file: z.string(), row: z.number().int() }).optional(),
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
    item: itemSchema.partial().optional(),
  }),
  z.looseObject({ ...common, kind: z.literal('retract'), target: z.string() }),
]);

/** Why judge and human differ, as the person who looked says. */
export const causeCodes = ['judge-wrong', 'rubric-gap', 'rater-slip', 'corrupted-text', 'other'] as const;
/** A stretch of an item's text that a rater marked: UTF-16 offsets [start, end) and the text between them. */
export type EvidenceSpan = z.infer<typeof span>;

/** One line of a label log. */
export type LabelEvent = z.infer<typeof labelEventSchema>;
export type ScoreEvent = Extract<LabelEvent, { kind: 'score' }>;
export type CannotAssessEvent = Extract<LabelEvent, { kind: 'cannot-assess' }>;
