import * as z from 'zod';
import type { AnalysisChoice, AnalysisToHost } from '../protocol/analysisProtocol';
import { itemsBehind } from './itemsBehind';

const name = z.string().max(1000);
const choice: z.ZodType<AnalysisChoice> = z.strictObject({
  scores: z.enum(['judge', 'human', 'corrected']),
  subset: name.nullable(),
  by: z.array(name).max(6).nullable(),
  thresholds: z.array(z.number()).min(1).max(12).nullable(),
  survivorsOnly: z.boolean(),
  event: name.nullable(),
  align: name.nullable(),
  compare: z.union([z.strictObject({ field: name, baseline: name }), z.enum(['usual', 'none'])]),
});

const none = z.strictObject({});
const chosen = z.strictObject({ choice: choice.nullable() });
const id = z.number().int();

/** What may come from the analysis page, to the letter. */
export const analysisRequest: z.ZodType<AnalysisToHost> = z.discriminatedUnion('name', [
  z.strictObject({ id, name: z.literal('ready'), params: chosen }),
  z.strictObject({ id, name: z.literal('refresh'), params: chosen }),
  z.strictObject({ id, name: z.literal('cancel'), params: none }),
  z.strictObject({ id, name: z.literal('openItems'), params: z.strictObject({ behind: itemsBehind }) }),
  z.strictObject({ id, name: z.literal('copyMarkdown'), params: none }),
  z.strictObject({ id, name: z.literal('saveFigures'), params: none }),
  z.strictObject({ id, name: z.literal('chooseReference'), params: none }),
  z.strictObject({ id, name: z.literal('dropReference'), params: none }),
]);
