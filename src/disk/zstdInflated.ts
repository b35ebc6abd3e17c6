import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Decompress } from 'fzstd';
import { DamagedEntry } from './damagedEntry';
import type { CountBytes } from './zipInflate';

/** Packed bytes between two turns of the thread for others: a few milliseconds' work. */
const step = 8 * 1024;

/** The only one of the ways that runs in this thread: Node has no zstd before 22. */
export async function* zstdInflated(packed: Readable, count: CountBytes): AsyncGenerator<Uint8Array> {
  let found: Uint8Array[] = [];
  let counted: { readonly error: unknown } | null = null;
  const plain = new Decompress(piece => {
    try {
      count(piece.length);
    } catch (error) {
      counted = { error };
      throw error;
    }
    // What was unpacked is looked up again for what follows: the one who takes it may write in its own copy.
    found.push(piece.slice());
  });
  const push = (bytes: Uint8Array, isLast: boolean): void => {
    try {
      plain.push(bytes, isLast);
    } catch (error) {
      if (counted) throw counted.error;
      throw new DamagedEntry('', { cause: error });
    }
  };
  for await (const piece of packed as AsyncIterable<Uint8Array>) {
    for (let at = 0; at < piece.length; at += step) {
      push(piece.subarray(at, at + step), false);
      yield* found;
      found = [];
      await setImmediate();
    }
  }
  push(new Uint8Array(0), true);
  yield* found;
}
