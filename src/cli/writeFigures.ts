import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFiles } from '../core/agreement/agreementMarkdownFigures';
import { inputFailure } from './failure';

/** Writes figures into a folder, which is made where it is not there; those of the same names are replaced. */
export async function writeFigures(folder: string, figures: ReportFiles['figures']): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, svg } of figures) await writeFile(join(folder, name), svg);
  } catch (error) {
    throw inputFailure(
      `${folder}: the figures could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
