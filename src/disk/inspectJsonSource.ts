import { setImmediate } from 'node:timers/promises';
import { inspectFacts } from '../core/containers/inspectFacts';
import { firstObject, logPieces } from '../core/containers/logPieces';
import { parseRecord } from '../core/rollout/parseRecord';
import { derivedSource, onOneLine } from './derivedSource';
import type { FileSource } from './fileSource';
import type { Unpacking } from './openRollouts';

/** Bytes of the first look at a file: a log begins with its version, status and what was run. */
const firstLook = 64 * 1024;
/** Bytes between two turns of the thread for others. */
const chunk = 256 * 1024;

const ofHead: ReadonlySet<string> = new Set(['status', 'eval']);

/** The samples of an Inspect log that is one JSON document; `null` for any other file. */
export async function inspectJsonSource(
  source: FileSource,
  { folder, onProgress = () => true }: Unpacking,
): Promise<FileSource | null> {
  if (!isLog(await source.read(0, Math.min(firstLook, source.size)))) return null;
  return derivedSource(folder, async lines => {
    const head: Record<string, unknown> = {};
    /** What stands behind each sample. */
    let end: string | null = null;
    let found: (Uint8Array | string)[] = [];
    let isInside = false;
    let count = 0;
    let whole = 0;
    const log = logPieces({
      wants: key => ofHead.has(key),
      onValue: (key, text) => {
        const parsed = parseRecord(`{"value":${text}}`);
        if ('record' in parsed) head[key] = parsed.record['value'];
      },
      list: 'samples',
      onElement: bytes => {
        if (!isInside) found.push('{"sample":');
        isInside = true;
        found.push(onOneLine(bytes));
      },
      onEnd: () => {
        // What stands behind the samples is not known yet: Inspect writes its head in front.
        end ??= `,"inspect":${JSON.stringify(inspectFacts(head))}}\n`;
        found.push(end);
        isInside = false;
        count += 1;
      },
    });
    for (let at = 0; at < source.size && !log.isOver; at += chunk) {
      log.push(await source.read(at, Math.min(chunk, source.size - at)));
      for (const piece of found) {
        await lines.write(piece);
        if (piece === end) whole = lines.length;
      }
      found = [];
      if (!onProgress(Math.min(1, (at + chunk) / source.size))) throw new Error('it is not wanted any more');
      await setImmediate();
    }
    if (isInside) await lines.cutTo(whole);
    if (count === 0) throw new Error('it is an Inspect log without samples');
    return log.isOver ? null : 'the log is cut short: the samples before that are shown';
  });
}

/** Whether these are the first bytes of a log: `{"version": …, "status": …, "eval": {"task": …`. */
function isLog(bytes: Uint8Array): boolean {
  const first = bytes.find(code => code > 32 && code !== 0xef && code !== 0xbb && code !== 0xbf);
  if (first !== 0x7b) return false;
  const run = firstObject(bytes);
  if (!run.keys.has('eval') || !(run.keys.has('status') || run.keys.has('version'))) return false;
  const text = new TextDecoder().decode(bytes);
  const at = text.indexOf('"eval"');
  const hasTask = /^"eval"\s*:\s*\{/.test(text.slice(at, at + 100)) && text.includes('"task"', at);
  return hasTask && (!run.isOver || run.keys.has('samples'));
}
