import type { Rubric } from '../core/labels/rubric';
import { decodeRubric } from '../core/labels/rubricFile';
import { readNamedFiles } from './namedFiles';

/** The rubric files of an annotations folder by name, and one sentence for each that can't be used. */
export interface RubricFolder {
  readonly rubrics: readonly Rubric[];
  readonly problems: readonly string[];
}

/** Reads `<folder>/rubrics/<criterion>.json`. A folder that is not there has none. Never rejects. */
export async function readRubrics(folder: string): Promise<RubricFolder> {
  const { found, problems } = await readNamedFiles(folder, 'rubrics', decodeRubric);
  return { rubrics: found, problems };
}
