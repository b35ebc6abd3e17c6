import { basename, dirname, join } from 'node:path';
import { annotationsFolderName } from '../core/labels/annotationsFolder';
import type { RenamedLabels } from '../disk/renamedLabels';

/**
 * Which rollout file an annotations folder beside `target` is for. Where a setting puts them elsewhere, their names end
 * with a mark of the rollout file's own folder: only files of the same folder can be told.
 */
export function earlierOwner(file: string, target: string): (folderName: string) => string | null {
  const ending =
    annotationsFolderName('') + basename(target).slice(annotationsFolderName(basename(file)).length);
  return name =>
    name.endsWith(ending) && name.length > ending.length
      ? join(dirname(file), name.slice(0, -ending.length))
      : null;
}

/** What is offered, in a sentence. */
export function offerText({ name, events, raters }: RenamedLabels): string {
  const by = `${counted(events, 'event')} by ${counted(raters.length, 'rater')}`;
  const what = events === 0 ? `The subsets and rubrics of “${name}”` : `The labels of “${name}” (${by})`;
  return `${what} were made for this file under its earlier name.`;
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
