import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFiles } from '../core/agreement/agreementMarkdownFigures';
import { inputFailure } from './failure';

/** Writes figures into a folder, which is made where it is not there. Files of these names are replaced with `force` alone. */
export async function writeFigures(
  folder: string,
  figures: ReportFiles['figures'],
  force: boolean,
): Promise<void> {
  let there: number;
  try {
    await mkdir(folder, { recursive: true });
    const names = new Set(await readdir(folder));
    there = figures.filter(({ name }) => names.has(name)).length;
    if (there === 0 || force)
      for (const { name, svg } of figures)
        await writeFile(join(folder, name), svg, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw inputFailure(
      `${folder}: the figures could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (there > 0 && !force)
    throw inputFailure(
      `${folder}: the folder already holds ${there === 1 ? 'a figure' : `${String(there)} figures`} of these names: --force replaces them`,
    );
}
