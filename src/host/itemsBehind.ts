import * as z from 'zod';
import type { ItemsBehind } from '../core/figures/figure';

const title = z.string().max(400);
const score = z.number();

/** What a page may ask to be opened, to the letter. */
export const itemsBehind: z.ZodType<ItemsBehind> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('units'), title, units: z.array(z.string()).min(1) }),
  z.strictObject({
    kind: z.literal('where'),
    title,
    judge: z.strictObject({ min: score, max: score }).exactOptional(),
    turn: z.number().int().exactOptional(),
    fields: z.record(z.string(), z.string().nullable()).exactOptional(),
  }),
]);
