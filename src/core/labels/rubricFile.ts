import * as z from 'zod';
import { compareCodeUnits, decodeUtf8 } from '../bytes/text';
import { slugPattern } from './labelEvent';
import type { Part, Rubric, Scale } from './rubric';

/** Scores on a scale, at most: the ladder draws one row for each. */
const mostPoints = 101;

const integer = z.number().int();
/** Text that stays on one line. */
const line = (most: number) =>
  z
    .string()
    .regex(/^(?=.*\S)[^\r\n]*$/)
    .max(most);

const scale = z.strictObject({
  min: integer.describe('The lowest score.'),
  max: integer.describe(
    `The highest score: above the lowest, and at most ${String(mostPoints)} scores in all.`,
  ),
  worst: z.enum(['min', 'max']).default('max').describe('Which end of the scale is the bad one.'),
});

/** A rubric file as a person writes it. `media/rubric.schema.json` is made from it, for completion in editors. */
export const rubricFileSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds this schema; nothing else uses it.'),
    criterion: z
      .string()
      .regex(slugPattern)
      .describe(
        'The criterion’s name, the same as the file’s: 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit. That of a built-in criterion (frustration, legibility) overrides its rubric.',
      ),
    title: line(80)
      .optional()
      .describe(
        'Heading of the label panel, e.g. “Sycophancy of this response”. Made from the name where absent.',
      ),
    summary: line(80)
      .optional()
      .describe(
        'What both ends of the scale mean, e.g. “0 none … 10 extreme”. Made from their anchors where absent.',
      ),
    part: z
      .enum(['response', 'reasoning'])
      .describe('What is scored: the text of each assistant turn, or its chain of thought.'),
    scale: scale.describe('The integer scale. Labels given on another scale are never converted.'),
    thresholds: z
      .array(integer)
      .max(20)
      .default([])
      .describe('Cuts T of “score ≥ T”, ascending; the first is drawn on the ladder.'),
    thresholdMeaning: line(80)
      .optional()
      .describe('What reaching the first threshold is called, e.g. “counts as sycophantic”.'),
    anchors: z
      .record(z.string().regex(/^(0|-?[1-9][0-9]*)$/), line(200))
      .default({})
      .describe('What a score means, by score: about 35 characters each. Scores between anchors need none.'),
    guidance: z
      .array(line(1000))
      .max(20)
      .optional()
      .describe('Longer sentences on how to score, shown beside the text when asked for.'),
  })
  .meta({
    title: 'Rubric of Rollout Annotator',
    description: 'How a criterion is scored. Labels carry its hash: any change makes another version of it.',
  });

/** A rubric from its file's content, or a clause that says why it is none. `name` is the file's, without ".json". */
export function decodeRubric(bytes: Uint8Array, name: string): Rubric | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(bytes).text.replace(/^\uFEFF/, ''));
  } catch {
    return { reason: 'not valid JSON' };
  }
  const read = rubricFileSchema.safeParse(value, { reportInput: true });
  if (!read.success) return { reason: `not a rubric: ${issueText(read.error.issues[0])}` };
  const { criterion, title, summary, part, scale, thresholds, thresholdMeaning, guidance } = read.data;
  const anchors = sortedAnchors(read.data.anchors);
  const wrong = refuse({ name, criterion, scale, thresholds, anchors });
  if (wrong !== null) return { reason: `not a rubric: ${wrong}` };
  // The order of the keys is part of the hash: always that of the built-in rubrics, whatever the file's.
  return {
    criterion,
    title: title ?? defaultTitle(criterion, part),
    summary: summary ?? defaultSummary(scale, anchors),
    part,
    scale: { min: scale.min, max: scale.max, worst: scale.worst },
    thresholds,
    thresholdMeaning: thresholdMeaning ?? 'reaches the threshold',
    anchors,
    ...(guidance === undefined ? {} : { guidance }),
  };
}

interface Checked {
  readonly name: string;
  readonly criterion: string;
  readonly scale: Scale;
  readonly thresholds: readonly number[];
  readonly anchors: Rubric['anchors'];
}

/** What a JSON schema can't say. */
function refuse({ name, criterion, scale, thresholds, anchors }: Checked): string | null {
  const { min, max } = scale;
  const on = (score: number): boolean => score >= min && score <= max;
  const range = `the scale ${String(min)} to ${String(max)}`;
  if (criterion !== name) return `it names the criterion "${criterion}", its file is "${name}.json"`;
  if (min >= max) return `the scale’s "min", ${String(min)}, is not below its "max", ${String(max)}`;
  if (max - min >= mostPoints)
    return `${range} has ${String(max - min + 1)} scores, and ${String(mostPoints)} are the most`;
  const off = thresholds.find(cut => !on(cut));
  if (off !== undefined) return `the threshold ${String(off)} is off ${range}`;
  if (thresholds.some((cut, index) => cut <= (thresholds[index - 1] ?? -Infinity)))
    return 'the thresholds do not ascend';
  const anchor = Object.keys(anchors).find(score => !on(Number(score)));
  return anchor === undefined ? null : `the anchor ${anchor} is off ${range}`;
}

function issueText(issue: z.core.$ZodIssue | undefined): string {
  const at = `"${issue?.path.join('.') ?? ''}"`;
  if (at === '""' && issue?.code === 'invalid_type') return 'it is no JSON object';
  if (at === '"criterion"' && issue?.code === 'invalid_format')
    return '"criterion" must be 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit';
  switch (issue?.code) {
    case 'unrecognized_keys':
      return `it has an unknown field "${[...issue.path, issue.keys[0] ?? ''].join('.')}"`;
    case 'invalid_type':
      return issue.input === undefined ? `${at} is missing` : `${at} must be ${kindText(issue.expected)}`;
    case 'invalid_value':
      return `${at} must be one of ${issue.values.map(value => `"${String(value)}"`).join(', ')}`;
    case 'invalid_key':
      return `${at} must have a whole number, the anchor’s score, as its name`;
    case 'invalid_format':
      return `${at} must be one line of text, not blank`;
    case 'too_big':
      return issue.origin === 'string'
        ? `${at} must be at most ${String(issue.maximum)} characters long`
        : `${at} must ${issue.origin === 'array' ? 'hold' : 'be'} at most ${String(issue.maximum)}`;
    default:
      return `${at}: ${issue?.message ?? 'it can’t be used'}`;
  }
}

function kindText(expected: string): string {
  if (expected === 'int' || expected === 'number') return 'a whole number';
  if (expected === 'string') return 'text';
  if (expected === 'array') return 'a list';
  return 'a JSON object';
}

/** By score: keys under 0 would keep the file's order, and so change the hash. */
function sortedAnchors(anchors: Readonly<Record<string, string>>): Record<number, string> {
  const scores = Object.keys(anchors).map(Number);
  return Object.fromEntries(scores.sort((a, b) => a - b).map(score => [score, anchors[String(score)] ?? '']));
}

function defaultTitle(criterion: string, part: Part): string {
  const words = criterion.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} of ${part === 'response' ? 'this response' : 'the reasoning'}`;
}

function defaultSummary({ min, max, worst }: Scale, anchors: Rubric['anchors']): string {
  const end = (score: number, at: Scale['worst']): string =>
    `${String(score)} ${anchors[score] ?? (at === worst ? 'worst' : 'best')}`;
  return `${end(min, 'min')} … ${end(max, 'max')}`;
}

/** The built-in rubrics, each in its place with the file's in its stead where there is one; custom ones follow by name. */
export function rubricsWith(builtIn: readonly Rubric[], files: readonly Rubric[]): readonly Rubric[] {
  const byName = new Map(files.map(rubric => [rubric.criterion, rubric]));
  const known = new Set(builtIn.map(({ criterion }) => criterion));
  const custom = [...byName.values()].filter(({ criterion }) => !known.has(criterion));
  return [
    ...builtIn.map(rubric => byName.get(rubric.criterion) ?? rubric),
    ...custom.sort((a, b) => compareCodeUnits(a.criterion, b.criterion)),
  ];
}

/** The text of a rubric's file, laid out for a person to edit. Read again it is the same rubric, with the same hash. */
export function rubricFileText(rubric: Rubric): string {
  const { criterion, title, summary, part, scale, thresholds, thresholdMeaning, anchors, guidance } = rubric;
  const text = (value: unknown): string => JSON.stringify(value);
  const block = (open: string, lines: readonly string[], close: string): string =>
    lines.length === 0
      ? open + close
      : `${open}\n${lines.map(each => `    ${each}`).join(',\n')}\n  ${close}`;
  const scores = Object.keys(anchors)
    .map(Number)
    .sort((a, b) => a - b);
  const fields: readonly (readonly [string, string])[] = [
    ['criterion', text(criterion)],
    ['title', text(title)],
    ['summary', text(summary)],
    ['part', text(part)],
    ['scale', `{ "min": ${String(scale.min)}, "max": ${String(scale.max)}, "worst": ${text(scale.worst)} }`],
    ['thresholds', `[${thresholds.join(', ')}]`],
    ['thresholdMeaning', text(thresholdMeaning)],
    [
      'anchors',
      block(
        '{',
        scores.map(score => `"${String(score)}": ${text(anchors[score])}`),
        '}',
      ),
    ],
    ...(guidance ? [['guidance', block('[', guidance.map(text), ']')] as const] : []),
  ];
  return `{\n${fields.map(([name, value]) => `  "${name}": ${value}`).join(',\n')}\n}\n`;
}
