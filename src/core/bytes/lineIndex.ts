import type { ByteSource } from './byteSource';

/** Where a line's content stands in the file: without its line break and without a byte order mark. */
export interface LineSpan {
  /** 1-based, blank lines counted. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

export interface Line extends LineSpan {
  /** `null` where the line is longer than the limit. */
  readonly bytes: Uint8Array | null;
}

export interface LineOptions {
  /** A longer line is passed over and given without its bytes. */
  readonly maxLineBytes?: number;
  /** Bytes of the first read, small so that the first record is there at once, and of the later ones. */
  readonly firstChunk?: number;
  readonly chunk?: number;
}

export const defaultMaxLineBytes = 64 * 1024 * 1024;

const LF = 10;
const CR = 13;

/**
 * All lines that are not blank, in order, in batches of what one read completed.
 * Memory: one chunk and the longest line. The caller stops the pass by leaving the loop.
 */
export async function* readLines(source: ByteSource, options: LineOptions = {}): AsyncGenerator<Line[]> {
  const { maxLineBytes = defaultMaxLineBytes, firstChunk = 64 * 1024, chunk = 1024 * 1024 } = options;
  let chunkOffset = await byteOrderMarkLength(source);
  let lineStart = chunkOffset;
  let lineNumber = 0;
  let pending: Uint8Array[] = [];

  const finish = (end: number, tail: Uint8Array): Line | null => {
    const span = { line: ++lineNumber, offset: lineStart };
    const pieces = [...pending, tail];
    pending = [];
    lineStart = end + 1;
    if (end - span.offset > maxLineBytes) return { ...span, length: end - span.offset, bytes: null };
    const content = withoutCarriageReturn(pieces.length === 1 ? tail : concat(pieces));
    return isBlank(content) ? null : { ...span, length: content.length, bytes: content };
  };

  for (let size = firstChunk; chunkOffset < source.size; size = chunk) {
    const bytes = await source.read(chunkOffset, Math.min(size, source.size - chunkOffset));
    if (bytes.length === 0) break;
    const lines: Line[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      const line = finish(chunkOffset + end, bytes.subarray(start, end));
      if (line) lines.push(line);
      start = end + 1;
    }
    chunkOffset += bytes.length;
    // A line over the limit is not gathered: only its length is wanted, and that the offsets tell.
    if (chunkOffset - lineStart > maxLineBytes) pending = [];
    else if (start < bytes.length) pending.push(bytes.slice(start));
    if (lines.length > 0) yield lines;
  }
  if (lineStart < chunkOffset) {
    const last = finish(chunkOffset, new Uint8Array(0));
    if (last) yield [last];
  }
}

/** The content of a line found before. Rejects where the file has become shorter than the span. */
export async function readLine(source: ByteSource, span: LineSpan): Promise<Uint8Array> {
  const bytes = await source.read(span.offset, span.length);
  if (bytes.length < span.length)
    throw new Error(`line ${String(span.line)} is no longer in the file: it has become shorter`);
  return bytes;
}

async function byteOrderMarkLength(source: ByteSource): Promise<number> {
  const head = await source.read(0, 3);
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}

function withoutCarriageReturn(bytes: Uint8Array): Uint8Array {
  return bytes[bytes.length - 1] === CR ? bytes.subarray(0, -1) : bytes;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte === 32 || byte === 9 || byte === CR);
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
