import * as z from 'zod';
import { decodeUtf8, sha256HexOfBytes } from '../bytes/text';
import { itemSchema, slugPattern } from '../labels/labelEvent';

/** What each design is, and what it can carry, is in docs/statistics.md. */
export const designKinds = [
  'random',
  'stratified',
  'balanced',
  'two-stage',
  'disagreement',
  'uncertainty',
  'negative-audit',
] as const;

/** How a subset was drawn: enough, with the seed, to draw it again from the same rollouts. */
export const designSchema = z.looseObject({
  kind: z.enum(designKinds),
  /** Items wanted, without repeats. */
  n: z.number().int().positive(),
  /** Fields that make the strata; "judge" stands for the judge-score bins. */
  by: z.array(z.string()).optional(),
  allocation: z.enum(['proportional', 'equal', 'half']).optional(),
  /** Lower ends of the judge-score bins, ascending. */
  bins: z.array(z.number()).optional(),
  maxPerRollout: z.number().int().positive().optional(),
  /** What two-stage designs draw first: a field, or "rollout". */
  cluster: z.string().optional(),
  /** The cut of a negative audit and of an uncertainty-first design. */
  threshold: z.number().optional(),
  /** The judge run whose scores it went by. */
  judge: z.string().optional(),
});
export type Design = z.infer<typeof designSchema>;

export const revealSchema = z.enum(['after-subset', 'after-item', 'never']);
export type Reveal = z.infer<typeof revealSchema>;
/** What of the conversation before the turn raters see: all of it, the last k messages, or nothing. */
export const contextSchema = z.string().regex(/^(full|response-only|previous-[1-9][0-9]{0,3})$/);

const slug = z.string().regex(slugPattern);
const stratum = z.looseObject({
  id: z.string(),
  /** Field → value, or a judge-score range, in words. */
  where: z.record(z.string(), z.unknown()),
  population: z.number().int().nonnegative(),
  drawn: z.number().int().nonnegative(),
});
const slot = z.looseObject({
  item: itemSchema,
  stratum: z.string(),
  /** Inclusion probability of the item; `null` where the design has none. */
  pi: z.number().positive().max(1).nullable(),
  /** 1/π; `null` for designs that are unfit for estimation. */
  weight: z.number().positive().nullable(),
  /** Its place in the order of labelling, from 0: also its index in `items`. */
  slot: z.number().int().nonnegative(),
  /** The slot that this one asks again, unmarked. Repeats enter no number but the rater's own consistency. */
  repeatOf: z.number().int().nonnegative().optional(),
  /** Who labels it; everyone where absent. */
  raters: z.array(slug).optional(),
});

export const manifestSchema = z
  .looseObject({
    v: z.literal(1),
    name: slug,
    criterion: slug,
    role: z.enum(['validation', 'practice']),
    createdAt: z.string(),
    seed: z.number().int(),
    algorithm: z.string(),
    source: z.looseObject({
      name: z.string(),
      bytes: z.number().int().nonnegative(),
      sha256: z.string(),
      /** SHA-256 of the first and last `edgeBytes` of those bytes: what tells an appended file from a rewritten one. */
      headSha256: z.string().optional(),
      tailSha256: z.string().optional(),
    }),
    design: designSchema,
    reveal: revealSchema,
    context: contextSchema,
    show: z.array(z.string()),
    strata: z.array(stratum),
    items: z.array(slot).min(1),
  })
  .superRefine((manifest, context) => {
    manifest.items.forEach((each, index) => {
      const say = (message: string): void =>
        context.addIssue({ code: 'custom', path: ['items', index], message });
      if (each.slot !== index) say(`slot ${String(each.slot)} stands at place ${String(index)}`);
      if (each.item.criterion !== manifest.criterion) say(`is of another criterion, ${each.item.criterion}`);
      if (each.repeatOf !== undefined && !(each.repeatOf < each.slot))
        say('repeats a slot that is not before it');
    });
  });

/** A validation or practice subset: which items, in which order, drawn how, shown how. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestSlot = Manifest['items'][number];
export type Stratum = Manifest['strata'][number];

/** Bytes at each end of a file whose hash is kept. */
export const edgeBytes = 65_536;

/** A manifest as it stands on the disk. `sha256` is of the file's bytes: what labels and reports cite. */
export interface Subset {
  readonly manifest: Manifest;
  readonly sha256: string;
}

/** Decodes a manifest's file, or says in a clause why it is none. */
export function decodeManifest(bytes: Uint8Array): Subset | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(bytes).text.replace(/^\uFEFF/, ''));
  } catch {
    return { reason: 'not valid JSON' };
  }
  const read = manifestSchema.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    return { reason: `not a subset manifest: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() };
  }
  return { manifest: read.data, sha256: sha256HexOfBytes(bytes) };
}

/** The text of a manifest's file. */
export function encodeManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The slots that a rater is asked, in order. */
export function slotsOf(manifest: Manifest, rater: string | null): ManifestSlot[] {
  return manifest.items.filter(
    slot => slot.raters === undefined || rater === null || slot.raters.includes(rater),
  );
}
