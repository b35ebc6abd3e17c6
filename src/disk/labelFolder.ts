import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compareCodeUnits } from '../core/bytes/text';
import { slugPattern } from '../core/labels/labelEvent';
import type { LabelEvent } from '../core/labels/labelEvent';
import { decodeLog } from '../core/labels/labelLog';
import { ioCode, ioReason } from './ioReason';

/** All events of a folder's label files, by (id, writer). */
export interface LabelFolder {
  readonly events: readonly LabelEvent[];
  /** Events of unknown kinds or a higher version: left alone. */
  readonly unknown: number;
  /** Sentences: torn tails, lines that are no events, links out of the folder, files that can't be read. */
  readonly problems: readonly string[];
}

/** Reads `<folder>/labels/<rater>/<writer>.jsonl`. A folder that is not there is an empty one. Never rejects. */
export async function readLabelFolder(folder: string): Promise<LabelFolder> {
  const problems: string[] = [];
  const found: { event: LabelEvent; writer: string }[] = [];
  let unknown = 0;
  /** Names in a folder; why there are none is said, but for the codes that are no fault. */
  const namesIn = async (path: string, name: string, ...noFault: readonly string[]): Promise<string[]> => {
    try {
      return (await readdir(path)).sort(compareCodeUnits);
    } catch (error) {
      if (!noFault.includes(ioCode(error))) problems.push(`${name} could not be read: ${ioReason(error)}.`);
      return [];
    }
  };
  const root = await realpath(folder).catch((error: unknown) => {
    if (ioCode(error) !== 'ENOENT')
      problems.push(`The annotations folder could not be read: ${ioReason(error)}.`);
    return null;
  });
  if (root === null) return { events: [], unknown, problems };
  for (const rater of await namesIn(join(root, 'labels'), 'labels', 'ENOENT')) {
    if (!slugPattern.test(rater)) continue;
    for (const file of await namesIn(join(root, 'labels', rater), `labels/${rater}`, 'ENOENT', 'ENOTDIR')) {
      if (!file.endsWith('.jsonl')) continue;
      const name = `labels/${rater}/${file}`;
      try {
        const path = await realpath(join(root, 'labels', rater, file));
        if (!path.startsWith(root + sep)) {
          problems.push(`${name} is a link out of the annotations folder and was not read.`);
          continue;
        }
        // A named pipe would be waited for.
        if (!(await stat(path)).isFile()) throw new Error('not a file');
        const log = decodeLog(await readFile(path));
        unknown += log.unknown;
        for (const event of log.events) found.push({ event, writer: file });
        for (const { line, reason } of log.problems)
          problems.push(`${name}, line ${String(line)}: ${reason}; the line was left out.`);
        if (log.tornBytes > 0)
          problems.push(
            `${name} ends in the middle of an event (${String(log.tornBytes)} bytes); that tail was set aside.`,
          );
      } catch (error) {
        problems.push(`${name} could not be read: ${ioReason(error)}.`);
      }
    }
  }
  found.sort((a, b) => compareCodeUnits(a.event.id, b.event.id) || compareCodeUnits(a.writer, b.writer));
  return { events: found.map(({ event }) => event), unknown, problems };
}

/** Names and sizes of a folder's label files as one text: another text says that there is news. Never rejects. */
export async function labelFolderSizes(folder: string): Promise<string> {
  const labels = join(folder, 'labels');
  const names = await readdir(labels, { recursive: true }).catch((): string[] => []);
  const sizes = await Promise.all(
    names
      .filter(name => name.endsWith('.jsonl'))
      .sort(compareCodeUnits)
      .map(async name => {
        const size = await stat(join(labels, name)).then(
          stats => stats.size,
          () => 0,
        );
        return `${name} ${String(size)}`;
      }),
  );
  return `labels\n${sizes.join('\n')}`;
}
