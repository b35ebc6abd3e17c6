/** Bytes by range: all that reading a rollout file needs, whatever holds them. */
export interface ByteSource {
  /** Bytes in all, when the source was opened. */
  readonly size: number;
  /** The bytes of [offset, offset + length), fewer at the end of the source. Rejects on I/O errors. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A source over bytes in memory: small files of other schemes, and tests. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}
