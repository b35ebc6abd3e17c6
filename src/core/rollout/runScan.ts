import type { ByteSource } from '../bytes/byteSource';
import { readLine, readLines } from '../bytes/lineIndex';
import type { Line, LineOptions, LineSpan } from '../bytes/lineIndex';
import { decodeUtf8, sha256HexOfBytes } from '../bytes/text';
import { itemTurns } from './item';
import { readMessagesRecord } from './messagesFormat';
import type { MessagesFormat } from './messagesFormat';
import { parseRecord } from './parseRecord';
import type { Problem } from './problem';
import { turnCount } from './rollout';
import type { JudgeScore, Rollout } from './rollout';

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
  readonly formats: Set<MessagesFormat>;
  readonly ids: Map<string, number>;
}

/** A file of junk has hundreds of thousands of problems in one chunk: batches stay small enough to be passed as arguments. */
const maxBatch = 4096;
const maxNotes = 50;

export const newScanState = (): ScanState => ({ formats: new Set(), ids: new Map() });

/** One pass over a file, a batch for each read. Ids are settled in file order: a repeated one becomes `id~2`, `id~3`, … */
export async function* scanRun(
  source: ByteSource,
  options: LineOptions = {},
  seen: ScanState = newScanState(),
): AsyncGenerator<ScanBatch> {
  for await (const lines of readLines(source, options)) {
    let rollouts: RolloutSummary[] = [];
    let problems: Problem[] = [];
    for (const line of lines) {
      if (rollouts.length + problems.length >= maxBatch) {
        yield { rollouts, problems, bytesDone: line.offset };
        rollouts = [];
        problems = [];
      }
      const read = readRollout(line);
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
      rollouts.push(summarise(read.rollout, settled, line));
    }
    const last = lines.at(-1);
    yield { rollouts, problems, bytesDone: last ? last.offset + last.length : 0 };
  }
}

/** The rollout of a summary, read and parsed again. Rejects where another or none stands on its line now. */
export async function loadRollout(
  source: ByteSource,
  { id, span }: Pick<RolloutSummary, 'id' | 'span'>,
): Promise<{ rollout: Rollout; text: string }> {
  const read = readRollout({ ...span, bytes: await readLine(source, span) });
  if ('reason' in read) throw new Error(`line ${String(span.line)} has changed: ${read.reason}`);
  // A label must never get one rollout's id and another's hash.
  if (id !== read.id && !id.startsWith(`${read.id}~`))
    throw new Error(`line ${String(span.line)} has changed: it holds another rollout now`);
  return read;
}

function readRollout(
  line: Line,
):
  | { rollout: Rollout; text: string; id: string; format: MessagesFormat; notes: string[] }
  | { reason: string } {
  if (line.bytes === null)
    return { reason: `longer than the size limit (${String(Math.round(line.length / 1048576))} MB)` };
  const { text, exact } = decodeUtf8(line.bytes);
  const parsed = parseRecord(text);
  if ('reason' in parsed) return parsed;
  const read = readShape(parsed.record, text);
  if ('reason' in read) return read;
  const notes = [
    ...(exact ? [] : ['holds bytes that are not UTF-8; they are shown as U+FFFD']),
    ...(parsed.note === undefined ? [] : [parsed.note]),
    ...read.rollout.problems,
  ];
  const id = read.rollout.id ?? `sha256:${sha256HexOfBytes(line.bytes).slice(0, 16)}`;
  return { rollout: read.rollout, text, id, format: read.format, notes };
}

function readShape(record: Record<string, unknown>, text: string): ReturnType<typeof readMessagesRecord> {
  try {
    return readMessagesRecord(record, text);
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

function summarise(rollout: Rollout, id: string, { line, offset, length }: LineSpan): RolloutSummary {
  return {
    id,
    span: { line, offset, length },
    turns: turnCount(rollout),
    responseTurns: itemTurns(rollout, 'response'),
    reasoningTurns: itemTurns(rollout, 'reasoning'),
    judge: rollout.judgeScores.map(({ turn, part, criterion, value, model, run }) => ({
      turn,
      part,
      criterion,
      value,
      model,
      run,
    })),
    fields: Object.fromEntries(
      Object.entries(rollout.fields).filter(
        (entry): entry is [string, string | number | boolean] =>
          typeof entry[1] === 'number' ||
          typeof entry[1] === 'boolean' ||
          (typeof entry[1] === 'string' && entry[1].length <= 200),
      ),
    ),
  };
}
