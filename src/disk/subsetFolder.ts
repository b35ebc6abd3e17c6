import { mkdir, open, readFile, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compareCodeUnits } from '../core/bytes/text';
import { slugPattern } from '../core/labels/labelEvent';
import { decodeManifest, encodeManifest } from '../core/subset/manifest';
import type { Manifest, Subset } from '../core/subset/manifest';
import { ioCode, ioReason } from './ioReason';

/** The subsets of an annotations folder by name, and one sentence for each manifest that can't be used. */
export interface SubsetFolder {
  readonly subsets: readonly Subset[];
  readonly problems: readonly string[];
}

/** Reads `<folder>/subsets/<name>.json`. A folder that is not there has none. Never rejects. */
export async function readSubsets(folder: string): Promise<SubsetFolder> {
  const subsets: Subset[] = [];
  const problems: string[] = [];
  const names = await readdir(join(folder, 'subsets')).catch((error: unknown) => {
    if (ioCode(error) !== 'ENOENT') problems.push(`subsets could not be read: ${ioReason(error)}.`);
    return [];
  });
  for (const file of names.sort(compareCodeUnits)) {
    const name = file.slice(0, -'.json'.length);
    if (!file.endsWith('.json') || !slugPattern.test(name)) continue;
    try {
      const path = await realpath(join(folder, 'subsets', file));
      if (!path.startsWith((await realpath(folder)) + sep))
        throw new Error('it is a link out of the annotations folder');
      if (!(await stat(path)).isFile()) throw new Error('not a file');
      const read = decodeManifest(await readFile(path));
      if ('reason' in read) problems.push(`subsets/${file}: ${read.reason}.`);
      else if (read.manifest.name !== name)
        problems.push(
          `subsets/${file}: names itself "${read.manifest.name}"; the file was renamed or copied.`,
        );
      else subsets.push(read);
    } catch (error) {
      problems.push(`subsets/${file} could not be read: ${ioReason(error)}.`);
    }
  }
  return { subsets, problems };
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
  // The name is taken first, so that of two windows one wins; the content comes by a rename, so that nobody reads half of it.
  const taken = await open(path, 'wx').catch((error: unknown) => {
    if (ioCode(error) === 'EEXIST') throw new Error(`There is a subset "${manifest.name}" already.`);
    throw error;
  });
  await taken.close();
  const temporary = `${path}.${String(process.pid)}.part`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
  return decoded;
}
