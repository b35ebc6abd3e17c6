import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { DamagedEntry } from './damagedEntry';
import { ioCode } from './ioReason';
import { zstdInflated } from './zstdInflated';

/** Told of all unpacked bytes before they are given on; what it throws ends it. */
export type CountBytes = (bytes: number) => void;

type Inflate = (packed: Readable, count: CountBytes) => AsyncIterable<Uint8Array>;

/** By the number of the method in a zip file's directory. */
const ways: ReadonlyMap<number, Inflate> = new Map([
  [0, stored],
  [8, deflated],
  [93, zstdInflated],
]);

/** What packed bytes of a zip file are. Throws `DamagedEntry` for what is none. */
export function inflated(packed: Readable, method: number, count: CountBytes): AsyncIterable<Uint8Array> {
  const way = ways.get(method);
  if (!way) throw new Error('it is packed in a way that is not read here: deflate and zstd are');
  return way(packed, count);
}

async function* stored(packed: Readable, count: CountBytes): AsyncGenerator<Uint8Array> {
  for await (const piece of packed as AsyncIterable<Uint8Array>) {
    count(piece.length);
    yield piece;
  }
}

async function* deflated(packed: Readable, count: CountBytes): AsyncGenerator<Uint8Array> {
  const plain = packed.pipe(createInflateRaw());
  packed.on('error', error => plain.destroy(error));
  try {
    yield* stored(plain, count);
  } catch (error) {
    if (ioCode(error).startsWith('Z_')) throw new DamagedEntry('', { cause: error });
    throw error;
  } finally {
    plain.destroy();
  }
}
