import { basename, dirname, join } from 'node:path';
import { labelledItems, ratersOf, ratingTableOfRun } from '../core/agreement/ratingTableOfRun';
import { judgeRuns } from '../core/agreement/judgeRuns';
import type { RatingTable } from '../core/agreement/ratingTable';
import { annotationsFolderName } from '../core/labels/annotationsFolder';
import { addEvent, newLabelIndex } from '../core/labels/labelIndex';
import { builtInRubrics } from '../core/labels/rubric';
import { loadItems } from '../core/rollout/loadItems';
import { readLabelFolder } from '../disk/labelFolder';
import type { FileOptions } from './agreement';
import { inputFailure } from './failure';
import { openRun } from './openRun';

/** The ratings of a rollout file: its judge's scores, and the first labels in the folder beside it. */
export async function ratingTableOfFile(file: string, options: FileOptions): Promise<RatingTable> {
  const rubric = builtInRubrics.find(candidate => candidate.criterion === options.criterion);
  if (!rubric) {
    const known = builtInRubrics.map(candidate => candidate.criterion).join(', ');
    throw inputFailure(`there is no criterion "${options.criterion}": there are ${known}`);
  }
  const run = await openRun(file);
  try {
    if (run.refused !== null) throw inputFailure(`${file}: ${run.refused}`);
    const folder = join(dirname(file), annotationsFolderName(basename(file)));
    const read = await readLabelFolder(folder);
    const labels = newLabelIndex();
    read.events.forEach(event => void addEvent(labels, event));
    const raters = ratersOf(labels, rubric.criterion);
    if (raters.size === 0)
      throw inputFailure(`${file}: there are no ${rubric.criterion} labels in ${folder}`);
    const unknown = options.raters?.find(rater => !raters.has(rater));
    if (unknown !== undefined)
      throw inputFailure(
        `${file}: no ${rubric.criterion} labels by "${unknown}": there are labels by ${[...raters.keys()].join(', ')}`,
      );
    const { rollouts } = run.directory;
    const runs = judgeRuns(rollouts, rubric.criterion);
    const missing = options.judges?.find(name => !runs.has(name));
    if (missing !== undefined)
      throw inputFailure(
        `${file}: no judge run "${missing}": there are ${[...runs.keys()].join(', ') || 'none'}`,
      );
    const { cluster } = options;
    if (
      cluster !== undefined &&
      cluster !== 'rollout' &&
      rollouts.every(rollout => rollout.fields[cluster] === undefined)
    ) {
      const fields = [...new Set(rollouts.flatMap(rollout => Object.keys(rollout.fields)))].join(', ');
      throw inputFailure(
        `${file}: no rollout has a field "${cluster}" to cluster by: there are ${fields || 'none'}`,
      );
    }
    const table = ratingTableOfRun({
      rollouts,
      labels,
      rubric,
      itemsNow: await loadItems(run.source, rollouts, labelledItems(labels, rubric.criterion), rubric),
      source: { file, criterion: rubric.criterion },
      ...(options.raters === undefined ? {} : { raters: options.raters }),
      ...(options.judges === undefined ? {} : { judges: options.judges }),
      ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
    });
    return { ...table, notes: [...table.notes, ...read.problems] };
  } finally {
    await run.close();
  }
}
