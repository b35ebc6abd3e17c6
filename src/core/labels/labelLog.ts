import { decodeUtf8 } from '../bytes/text';
import { eventIssueText } from './eventIssueText';
import { labelEventSchema } from './labelEvent';
import type { LabelEvent } from './labelEvent';

/** One file of a label folder, decoded. Nothing in it is lost: what can't be used is counted or reported. */
export interface DecodedLog {
  readonly events: readonly LabelEvent[];
  /** Lines of an unknown kind or a higher version: kept in the file, ignored here. */
  readonly unknown: number;
  /** One sentence a line that is neither. */
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
  /** Bytes of a last line that ends in the middle of its event: a write that was cut short. Set aside, not used. */
  readonly tornBytes: number;
}

/** The line of an event, with its line break. */
export function encodeEvent(event: LabelEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** Decodes the bytes of one writer's file. Never throws. */
export function decodeLog(bytes: Uint8Array): DecodedLog {
  const lastBreak = bytes.lastIndexOf(10) + 1;
  // An editor may have taken the last line break away: a tail that is a whole event is used.
  const end = isWhole(bytes.subarray(lastBreak)) ? bytes.length : lastBreak;
  const lines = decodeUtf8(bytes.subarray(0, end)).text.split('\n');
  const events: LabelEvent[] = [];
  const problems: { line: number; reason: string }[] = [];
  let unknown = 0;
  lines.forEach((text, index) => {
    if (text.trim() === '') return;
    const say = (reason: string): void => void problems.push({ line: index + 1, reason });
    let value: unknown;
    try {
      value = parseLine(text);
    } catch {
      say('not valid JSON');
      return;
    }
    const read = labelEventSchema.safeParse(value, { reportInput: true });
    if (read.success) events.push(read.data);
    else if (isFromLater(value)) unknown += 1;
    else say(`not a label event: ${eventIssueText(read.error.issues[0])}`);
  });
  return { events, unknown, problems, tornBytes: bytes.length - end };
}

/** Without the byte order mark that some editors add. */
const parseLine = (text: string): unknown => JSON.parse(text.trim());

function isWhole(tail: Uint8Array): boolean {
  try {
    const value = parseLine(decodeUtf8(tail).text);
    return labelEventSchema.safeParse(value).success || isFromLater(value);
  } catch {
    return false;
  }
}

const kinds = new Set(labelEventSchema.options.map(option => option.shape.kind.value as string));

function isFromLater(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { v, kind } = value as { v?: unknown; kind?: unknown };
  return (typeof v === 'number' && v > 1) || (typeof kind === 'string' && !kinds.has(kind));
}
