import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ByteSource } from '../bytes/byteSource';
import { edgeBytes } from './manifest';
import type { Manifest } from './manifest';

const chunk = 1024 * 1024;

/** What a manifest keeps of its file: its size, and SHA-256 of all of it and of its edges. */
export interface SourceHash {
  readonly bytes: number;
  readonly sha256: string;
  readonly headSha256: string;
  readonly tailSha256: string;
}

/** Reads a file once, 1 MB at a time. Rejects where it has become shorter than it was when opened. */
export async function hashSource(source: ByteSource): Promise<SourceHash> {
  const { size } = source;
  return {
    bytes: size,
    sha256: await hashOfRange(source, 0, size),
    ...(await edgesOf(source, size)),
  };
}

/**
 * Why a file no longer begins with the bytes that a subset was drawn from, in one sentence; `null` where it does. A file
 * that was only appended to keeps its subset.
 */
export async function sourceChange(manifest: Manifest, source: ByteSource): Promise<string | null> {
  const { bytes, sha256: whole, headSha256, tailSha256 } = manifest.source;
  const since = `since the subset “${manifest.name}” was drawn`;
  if (source.size < bytes)
    return `The file has become shorter ${since}: ${String(source.size)} bytes, then ${String(bytes)}.`;
  if (headSha256 === undefined || tailSha256 === undefined)
    return (await hashOfRange(source, 0, bytes)) === whole ? null : `The file has changed ${since}.`;
  const now = await edgesOf(source, bytes);
  if (now.headSha256 !== headSha256) return `The beginning of the file has changed ${since}.`;
  return now.tailSha256 === tailSha256
    ? null
    : `The file has changed ${since}: other bytes stand where it ended.`;
}

async function edgesOf(
  source: ByteSource,
  bytes: number,
): Promise<{ headSha256: string; tailSha256: string }> {
  return {
    headSha256: await hashOfRange(source, 0, Math.min(edgeBytes, bytes)),
    tailSha256: await hashOfRange(source, Math.max(0, bytes - edgeBytes), bytes),
  };
}

/** SHA-256 of the bytes [from, to), in hex. */
async function hashOfRange(source: ByteSource, from: number, to: number): Promise<string> {
  const hash = sha256.create();
  for (let at = from; at < to;) {
    const bytes = await source.read(at, Math.min(chunk, to - at));
    if (bytes.length === 0) throw new Error('the file has become shorter while it was read');
    hash.update(bytes);
    at += bytes.length;
  }
  return bytesToHex(hash.digest());
}
