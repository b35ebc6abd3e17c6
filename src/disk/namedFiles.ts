import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compareCodeUnits } from '../core/bytes/text';
import { slugPattern } from '../core/labels/labelEvent';
import { ioCode, ioReason } from './ioReason';

/** A file of an annotations folder, decoded, or one clause on why it can't be used. */
type Decoded<T> = T | { readonly reason: string };

/**
 * Reads `<folder>/<kind>/<name>.json`, by name; names are slugs. One sentence for each file that can't be used. A folder
 * that is not there has none. Never rejects.
 */
export async function readNamedFiles<T extends object>(
  folder: string,
  kind: string,
  decode: (bytes: Uint8Array, name: string) => Decoded<T>,
): Promise<{ readonly found: readonly T[]; readonly problems: readonly string[] }> {
  const found: T[] = [];
  const problems: string[] = [];
  const names = await readdir(join(folder, kind)).catch((error: unknown) => {
    if (ioCode(error) !== 'ENOENT') problems.push(`${kind} could not be read: ${ioReason(error)}.`);
    return [];
  });
  for (const file of names.sort(compareCodeUnits)) {
    if (!file.endsWith('.json')) continue;
    const name = file.slice(0, -'.json'.length);
    if (!slugPattern.test(name)) {
      problems.push(
        `${kind}/${file}: a name here is 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit.`,
      );
      continue;
    }
    try {
      const path = await realpath(join(folder, kind, file));
      if (!path.startsWith((await realpath(folder)) + sep))
        throw new Error('it is a link out of the annotations folder');
      // A named pipe would be waited for.
      if (!(await stat(path)).isFile()) throw new Error('not a file');
      const read = decode(await readFile(path), name);
      if ('reason' in read) problems.push(`${kind}/${file}: ${read.reason}.`);
      else found.push(read);
    } catch (error) {
      problems.push(`${kind}/${file} could not be read: ${ioReason(error)}.`);
    }
  }
  return { found, problems };
}
