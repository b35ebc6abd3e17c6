/** A JSON object that comes in pieces, taken apart into what stands under its keys and the elements of one list of it. */
export interface LogPieces {
  /** The next bytes, in order. */
  push(bytes: Uint8Array): void;
  /** Whether the object has ended. */
  readonly isOver: boolean;
  /** Keys of the object as far as it has come. */
  readonly keys: ReadonlySet<string>;
}

export interface LogSink {
  /** Whether the text under a key is wanted. */
  readonly wants: (key: string) => boolean;
  readonly onValue: (key: string, text: string) => void;
  /** The key of the list, and bytes of its elements that are objects; after the last ones of each `onEnd`. */
  readonly list: string;
  readonly onElement: (bytes: Uint8Array) => void;
  readonly onEnd: () => void;
}

const quote = 34;
const backslash = 92;
const decoder = new TextDecoder();

/**
 * Goes by brackets, quotes, colons and commas alone: what is no JSON is found by the one who parses the elements. Bytes of an
 * element are given as they come, so that no element has to be in memory as a whole.
 */
export function logPieces(sink: LogSink): LogPieces {
  const keys = new Set<string>();
  let depth = 0;
  let inString = false;
  /** Backslashes at the end of the last piece, where a string goes on. */
  let backslashes = 0;
  let key = '';
  let isKey = false;
  let isOver = false;
  /** What is being taken down, and its earlier pieces. */
  let taking: 'key' | 'value' | 'element' | null = null;
  let held: Uint8Array[] = [];

  const flush = (bytes: Uint8Array, start: number, end: number): void => {
    if (taking === null || end <= start) return;
    if (taking === 'element') sink.onElement(bytes.subarray(start, end));
    else held.push(bytes.slice(start, end));
  };
  const taken = (): string => {
    const text = held.map(piece => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
    held = [];
    taking = null;
    return text;
  };
  const endValue = (): void => {
    if (taking === 'value') sink.onValue(key, taken());
  };

  const push = (bytes: Uint8Array): void => {
    let start = 0;
    let at = 0;
    while (at < bytes.length && !isOver) {
      if (inString) {
        const end = stringEnd(bytes, at, backslashes);
        backslashes = end.backslashes;
        at = end.at;
        inString = !end.isClosed;
        if (inString || taking !== 'key') continue;
        flush(bytes, start, at - 1);
        key = keyText(taken());
        keys.add(key);
        continue;
      }
      const code = bytes[at] ?? 0;
      at += 1;
      if (code === quote) {
        inString = true;
        backslashes = 0;
        if (depth === 1 && isKey) {
          taking = 'key';
          start = at;
        }
      } else if (code === 0x7b || code === 0x5b) {
        depth += 1;
        if (depth === 1) isKey = true;
        if (depth === 3 && code === 0x7b && key === sink.list && taking === null) {
          taking = 'element';
          start = at - 1;
        }
      } else if (code === 0x7d || code === 0x5d) {
        depth -= 1;
        if (depth === 2 && taking === 'element') {
          flush(bytes, start, at);
          taking = null;
          sink.onEnd();
        }
        if (depth > 0) continue;
        flush(bytes, start, at - 1);
        endValue();
        isOver = true;
      } else if (depth === 1 && code === 0x3a) {
        isKey = false;
        if (sink.wants(key)) {
          taking = 'value';
          start = at;
        }
      } else if (depth === 1 && code === 0x2c) {
        flush(bytes, start, at - 1);
        endValue();
        isKey = true;
      }
    }
    if (!isOver) flush(bytes, start, bytes.length);
  };

  return {
    push,
    keys,
    get isOver() {
      return isOver;
    },
  };
}

/** Where a string that goes on at `at` ends, behind its quote, or that it does not; `before`: backslashes in front of it. */
function stringEnd(
  bytes: Uint8Array,
  at: number,
  before: number,
): { at: number; isClosed: boolean; backslashes: number } {
  for (let end = bytes.indexOf(quote, at); ; end = bytes.indexOf(quote, end + 1)) {
    const stop = end < 0 ? bytes.length : end;
    let count = 0;
    while (stop - count > at && bytes[stop - count - 1] === backslash) count += 1;
    const all = count === stop - at ? count + before : count;
    if (end < 0) return { at: stop, isClosed: false, backslashes: all };
    if (all % 2 === 0) return { at: end + 1, isClosed: true, backslashes: 0 };
  }
}

/** A key between its quotes; with escapes that JSON does not have as it stands. */
function keyText(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

/** The object that these bytes begin with, as far as they go: its keys, without reading any text. */
export function firstObject(bytes: Uint8Array): Pick<LogPieces, 'keys' | 'isOver'> {
  const nothing = (): void => undefined;
  const sink = { wants: () => false, onValue: nothing, list: '', onElement: nothing, onEnd: nothing };
  const object = logPieces(sink);
  object.push(bytes);
  return object;
}
