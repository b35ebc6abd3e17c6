import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compareCodeUnits } from '../core/bytes/text';
import { slugPattern } from '../core/labels/labelEvent';
import type { Rubric } from '../core/labels/rubric';
import { decodeRubric } from '../core/labels/rubricFile';
import { ioCode, ioReason } from './ioReason';

/** The rubric files of an annotations folder by name, and one sentence for each that can't be used. */
export interface RubricFolder {
  readonly rubrics: readonly Rubric[];
  readonly problems: readonly string[];
}

/** Reads `<folder>/rubrics/<criterion>.json`. A folder that is not there has none. Never rejects. */
export async function readRubrics(folder: string): Promise<RubricFolder> {
  const rubrics: Rubric[] = [];
  const problems: string[] = [];
  const names = await readdir(join(folder, 'rubrics')).catch((error: unknown) => {
    if (ioCode(error) !== 'ENOENT') problems.push(`rubrics could not be read: ${ioReason(error)}.`);
    return [];
  });
  for (const file of names.sort(compareCodeUnits)) {
    if (!file.endsWith('.json')) continue;
    const name = file.slice(0, -'.json'.length);
    if (!slugPattern.test(name)) {
      problems.push(
        `rubrics/${file}: a criterion’s name is 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit.`,
      );
      continue;
    }
    try {
      const path = await realpath(join(folder, 'rubrics', file));
      if (!path.startsWith((await realpath(folder)) + sep))
        throw new Error('it is a link out of the annotations folder');
      // A named pipe would be waited for.
      if (!(await stat(path)).isFile()) throw new Error('not a file');
      const read = decodeRubric(await readFile(path), name);
      if ('reason' in read) problems.push(`rubrics/${file}: ${read.reason}.`);
      else rubrics.push(read);
    } catch (error) {
      problems.push(`rubrics/${file} could not be read: ${ioReason(error)}.`);
    }
  }
  return { rubrics, problems };
}
