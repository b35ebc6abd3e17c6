import { mkdir, open, realpath, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { decodeManifest, encodeManifest } from '../core/subset/manifest';
import type { Manifest, Subset } from '../core/subset/manifest';
import { ioCode } from './ioReason';
import { readNamedFiles } from './namedFiles';
import { writeWhole } from './writeWhole';

/** The subsets of an annotations folder by name, and one sentence for each manifest that can't be used. */
export interface SubsetFolder {
  readonly subsets: readonly Subset[];
  readonly problems: readonly string[];
}

/** Reads `<folder>/subsets/<name>.json`. A folder that is not there has none. Never rejects. */
export async function readSubsets(folder: string): Promise<SubsetFolder> {
  const { found, problems } = await readNamedFiles(folder, 'subsets', (bytes, name) => {
    const read = decodeManifest(bytes);
    if ('reason' in read || read.manifest.name === name) return read;
    return { reason: `names itself "${read.manifest.name}"; the file was renamed or copied` };
  });
  return { subsets: found, problems };
}

/** Writes a new manifest, whole or not at all. Rejects where its name is taken or the folder can't be written. */
export async function writeSubset(folder: string, manifest: Manifest): Promise<Subset> {
  const bytes = Buffer.from(encodeManifest(manifest));
  const decoded = decodeManifest(bytes);
  if ('reason' in decoded) throw new Error(`The subset can’t be written: ${decoded.reason}.`);
  const place = join(folder, 'subsets');
  await mkdir(place, { recursive: true });
  if (!(await realpath(place)).startsWith((await realpath(folder)) + sep))
    throw new Error('subsets/ is a link out of the annotations folder.');
  const path = join(place, `${manifest.name}.json`);
  // The name is taken first, so that of two windows one wins.
  const taken = await open(path, 'wx').catch((error: unknown) => {
    if (ioCode(error) === 'EEXIST') throw new Error(`There is a subset “${manifest.name}” already.`);
    throw error;
  });
  await taken.close();
  try {
    await writeWhole(path, bytes);
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
  return decoded;
}
