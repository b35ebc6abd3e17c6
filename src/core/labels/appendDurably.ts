/** Where a log's bytes go. Both calls reject on failure; `write` may take fewer bytes than it was given. */
export interface ByteSink {
  /** Appends and gives the number of bytes taken. */
  write(bytes: Uint8Array): Promise<number>;
  /** Resolves once all that was written is on the disk. */
  datasync(): Promise<void>;
}

/**
 * Writes all bytes and waits until they are on the disk: only then may anyone be told that they are kept.
 * A short write is completed; one that takes nothing rejects.
 */
export async function appendDurably(sink: ByteSink, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) {
    const taken = await sink.write(rest);
    if (!(taken > 0)) throw new Error('the disk took no more bytes');
    rest = rest.subarray(taken);
  }
  await sink.datasync();
}
