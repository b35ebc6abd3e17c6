import { open, rename, rm } from 'node:fs/promises';

/** As `writeWhole`, of a text that comes in pieces and is never held whole. Rejects with what the pieces reject with, and leaves nothing. */
export async function writePieces(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const temporary = `${path}.${String(process.pid)}.part`;
  try {
    const handle = await open(temporary, 'w');
    try {
      for await (const text of gathered(pieces)) await handle.appendFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

const enough = 65_536;

/** In writes of some size: a line each would take a call each. */
async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < enough) continue;
    yield waiting;
    waiting = '';
  }
  if (waiting !== '') yield waiting;
}
