import type { ByteSource } from '../bytes/byteSource';
import { readDocument, splitKey } from '../bytes/documentRecords';
import { findDocument } from '../bytes/jsonDocument';
import type { DocumentOptions } from '../bytes/jsonDocument';
import { readLine, readLines } from '../bytes/lineIndex';
import type { Line, LineOptions, LineSpan } from '../bytes/lineIndex';
import type { ByteTools } from '../bytes/byteTools';
import { plainByteTools } from '../bytes/plainByteTools';
import { decodeUtf8 } from '../bytes/text';
import { itemTurns } from './item';
import { parseRecord } from './parseRecord';
import type { Problem } from './problem';
import { projectRecord } from './projectRecord';
import { readRecord, recordKeys } from './readRecord';
import type { FormatName } from './recordFormat';
import { turnCount } from './rollout';
import type { JudgeScore, Rollout } from './rollout';
import { summaryFields } from './summaryFields';

/** What is kept of each rollout after a pass over the file: no text. */
export interface RolloutSummary {
  /** Settled id: unique in the file. */
  readonly id: string;
  readonly span: LineSpan;
  readonly turns: number;
  /** Turns that are response items and reasoning items, ascending. */
  readonly responseTurns: readonly number[];
  readonly reasoningTurns: readonly number[];
  readonly judge: readonly Pick<JudgeScore, 'turn' | 'part' | 'criterion' | 'value' | 'model' | 'run'>[];
  /** Top-level fields that are short text, numbers or booleans: what rollouts are grouped and clustered by. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

export interface ScanBatch {
  readonly rollouts: readonly RolloutSummary[];
  readonly problems: readonly Problem[];
  /** Bytes done, of `source.size`. */
  readonly bytesDone: number;
}

/** What a pass carries from line to line: the formats met and how often each id was. */
export interface ScanState {
  readonly formats: Set<FormatName>;
  readonly ids: Map<string, number>;
}

export interface ScanOptions extends LineOptions, DocumentOptions {
  /** Those of the platform, where it has any. */
  readonly tools?: ByteTools;
}

/** A file of junk has hundreds of thousands of problems in one chunk: batches stay small enough to be passed as arguments. */
const maxBatch = 4096;
const maxNotes = 50;

export const newScanState = (): ScanState => ({ formats: new Set(), ids: new Map() });

/**
 * One pass over a file, a batch for each read: JSON Lines, or one document of records. Ids are settled in file order: a
 * repeated one becomes `id~2`, `id~3`, …
 */
export async function* scanRun(
  source: ByteSource,
  options: ScanOptions = {},
  seen: ScanState = newScanState(),
): AsyncGenerator<ScanBatch> {
  const { tools = plainByteTools } = options;
  const document = await findDocument(source, recordKeys, options);
  if (document?.kind === 'too-large') {
    const limit = String(Math.round(document.maxBytes / 1048576));
    const reason = `one JSON document of more than ${limit} MB: rollouts of that size are read from JSON Lines, one JSON object a line`;
    yield { rollouts: [], problems: [{ line: 0, offset: 0, reason }], bytesDone: source.size };
    return;
  }
  let isEmpty = true;
  for await (const lines of document ? readDocument(source, document, options) : readLines(source, options)) {
    isEmpty = false;
    let rollouts: RolloutSummary[] = [];
    let problems: Problem[] = [];
    for (const line of lines) {
      if (rollouts.length + problems.length >= maxBatch) {
        yield { rollouts, problems, bytesDone: line.offset };
        rollouts = [];
        problems = [];
      }
      const read = readSummary(line, tools);
      const say = (reason: string): void =>
        void problems.push({ line: line.line, offset: line.offset, reason });
      if ('reason' in read) {
        say(read.reason);
        continue;
      }
      const settled = settleId(read.id, seen.ids);
      if (settled !== read.id)
        say(
          `repeats the id of an earlier line; its labels are kept under that id with "~${settled.split('~').at(-1) ?? ''}"`,
        );
      read.notes.slice(0, maxNotes).forEach(say);
      if (read.notes.length > maxNotes) say(`has ${String(read.notes.length - maxNotes)} more problems`);
      seen.formats.add(read.format);
      rollouts.push({ ...read.summary, id: settled });
    }
    const last = lines.at(-1);
    yield { rollouts, problems, bytesDone: last ? last.offset + last.length : 0 };
  }
  if (document && isEmpty)
    yield {
      rollouts: [],
      problems: [{ line: 0, offset: 0, reason: 'the list of records is empty' }],
      bytesDone: source.size,
    };
}

/** The rollout of a summary, read and parsed again. Rejects where another or none stands on its line now. */
export async function loadRollout(
  source: ByteSource,
  { id, span }: Pick<RolloutSummary, 'id' | 'span'>,
): Promise<{ rollout: Rollout; text: string; format: FormatName }> {
  const read = readRollout({ ...span, bytes: await readLine(source, span) });
  if ('reason' in read) throw new Error(`line ${String(span.line)} can’t be read: ${read.reason}`);
  // A label must never get one rollout's id and another's hash.
  if (id !== read.id && !id.startsWith(`${read.id}~`))
    throw new Error(`line ${String(span.line)} has changed: it holds another rollout now`);
  return read;
}

/** `text` is the record without the key in front of it; the key is the id of a record that has none. */
function readRollout(
  line: Line,
): { rollout: Rollout; text: string; id: string; format: FormatName; notes: string[] } | { reason: string } {
  if (line.bytes === null)
    return { reason: `longer than the size limit (${String(Math.round(line.length / 1048576))} MB)` };
  const { key, bytes } = splitKey(line.bytes);
  const { text, exact } = decodeUtf8(bytes);
  const parsed = parseRecord(text);
  if ('reason' in parsed) return parsed;
  const read = readShape(parsed.record, text);
  if ('reason' in read) return read;
  const notes = [
    ...(exact ? [] : ['holds bytes that are not UTF-8; they are shown as U+FFFD']),
    ...(parsed.note === undefined ? [] : [parsed.note]),
    ...read.rollout.problems,
  ];
  const id = read.rollout.id ?? (key === null || key === '' ? idOfLine(bytes, plainByteTools) : key);
  return { rollout: read.rollout, text, id, format: read.format, notes };
}

function readShape(record: Record<string, unknown>, text: string): ReturnType<typeof readRecord> {
  try {
    return readRecord(record, text);
  } catch (error) {
    // JSON.parse takes any depth, JSON.stringify and recursion do not.
    if (error instanceof RangeError) return { reason: 'nested too deeply to be read' };
    throw error;
  }
}

function settleId(id: string, seen: Map<string, number>): string {
  for (;;) {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    if (count === 1) return id;
    const settled = `${id}~${String(count)}`;
    // The file may hold "x~2" as an id of its own.
    if (!seen.has(settled)) {
      seen.set(settled, 1);
      return settled;
    }
  }
}

type ReadSummary =
  | {
      readonly summary: Omit<RolloutSummary, 'id'>;
      readonly id: string;
      readonly format: FormatName;
      readonly notes: readonly string[];
    }
  | { readonly reason: string };

/** A line's summary: from its bytes where the record is plain and nothing has to be told of it, else from the rollout. */
function readSummary(line: Line, tools: ByteTools): ReadSummary {
  const { key, bytes } = line.bytes === null ? { key: null, bytes: null } : splitKey(line.bytes);
  const span = { line: line.line, offset: line.offset, length: line.length };
  const projected = bytes !== null && tools.isUtf8(bytes) ? projectRecord(bytes, tools) : null;
  if (projected === null || bytes === null) {
    const read = readRollout(line);
    if ('reason' in read) return read;
    const { rollout, id, format, notes } = read;
    return { summary: { span, ...summarise(rollout) }, id, format, notes };
  }
  const { id, format, turns, responseTurns, reasoningTurns, judgeScores, fields } = projected;
  return {
    summary: { span, turns, responseTurns, reasoningTurns, judge: judgeScores.map(withoutTexts), fields },
    id: id ?? (key === null || key === '' ? idOfLine(bytes, tools) : key),
    format,
    notes: [],
  };
}

function summarise(rollout: Rollout): Omit<RolloutSummary, 'id' | 'span'> {
  return {
    turns: turnCount(rollout),
    responseTurns: itemTurns(rollout, 'response'),
    reasoningTurns: itemTurns(rollout, 'reasoning'),
    judge: rollout.judgeScores.map(withoutTexts),
    fields: summaryFields(rollout.fields),
  };
}

const withoutTexts = ({
  turn,
  part,
  criterion,
  value,
  model,
  run,
}: JudgeScore): RolloutSummary['judge'][number] => ({ turn, part, criterion, value, model, run });

/** The id of a record that has none. */
const idOfLine = (bytes: Uint8Array, tools: ByteTools): string =>
  `sha256:${tools.sha256Hex(bytes).slice(0, 16)}`;
