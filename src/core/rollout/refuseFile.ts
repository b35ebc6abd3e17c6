import type { ByteSource } from '../bytes/byteSource';
import type { Problem } from './problem';

/**
 * One sentence that says why a whole file can't be used, or `null` where it can be tried line by line.
 * Looks at the first bytes only.
 */
export async function refuseFile(source: ByteSource): Promise<string | null> {
  if (source.size === 0) return 'The file is empty: there is nothing to read.';
  const head = await source.read(0, Math.min(8192, source.size));
  if (head.length === 0) return 'The file is empty: there is nothing to read.';
  const ascii = String.fromCharCode(...head.subarray(0, 200));
  if (ascii.startsWith('version https://git-lfs.github.com/spec/')) {
    return 'This is a Git LFS pointer, not the rollouts themselves: run "git lfs pull" in its repository, then open it again.';
  }
  if (head[0] === 0x1f && head[1] === 0x8b)
    return 'This file is gzip-compressed: unpack it first (gunzip), then open the .jsonl.';
  if (ascii.startsWith('PK\u0003\u0004'))
    return 'This file is a zip archive, not JSON Lines: unpack it first.';
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return 'This file is UTF-16 text: save it as UTF-8, then open it again.';
  }
  if (head.includes(0))
    return 'This file is binary, not text: rollouts are read from JSON Lines, one JSON object a line.';
  return null;
}

/** The first byte that is neither a byte order mark's nor white space; `undefined` where there is none near the start. */
export async function firstByteOf(source: ByteSource): Promise<number | undefined> {
  const blank = new Set([0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d]);
  return (await source.read(0, Math.min(1024, source.size))).find(byte => !blank.has(byte));
}

/** One sentence for a file of which no line is a rollout. */
export function refuseRecords(problems: readonly Problem[], firstByte: number | undefined): string {
  const first = problems[0];
  if (!first) return 'The file holds only blank lines: there is nothing to read.';
  if (first.line === 0) return `No rollouts found: ${first.reason}.`;
  // A pretty-printed document that is no valid JSON breaks off on its first line and goes on; a single broken line is no document.
  const goesOn = problems.length > 1 && first.reason.startsWith('not valid JSON');
  if (goesOn && (firstByte === 0x5b || firstByte === 0x7b)) {
    return 'No rollouts found: this looks like one JSON document that is not valid JSON; rollouts are read from JSON Lines, one JSON object a line, or from a valid document of records.';
  }
  const more =
    problems.length > 1
      ? ` (and ${String(problems.length - 1)} more ${problems.length === 2 ? 'line' : 'lines'})`
      : '';
  return `No rollouts found: line ${String(first.line)}: ${first.reason}${more}.`;
}
