import { readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compareCodeUnits } from '../core/bytes/text';
import { slugPattern } from '../core/labels/labelEvent';
import type { LabelEvent } from '../core/labels/labelEvent';
import { decodeLog } from '../core/labels/labelLog';
import { ioReason } from './ioReason';

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
  const root = await realpath(folder).catch(() => null);
  if (root === null) return { events: [], unknown, problems };
  for (const rater of await namesIn(join(root, 'labels'))) {
    if (!slugPattern.test(rater)) continue;
    for (const file of await namesIn(join(root, 'labels', rater))) {
      if (!file.endsWith('.jsonl')) continue;
      const name = `labels/${rater}/${file}`;
      try {
        const path = await realpath(join(root, 'labels', rater, file));
        if (!path.startsWith(root + sep)) {
          problems.push(`${name} is a link out of the annotations folder and was not read.`);
          continue;
        }
        const log = decodeLog(await readFile(path));
        unknown += log.unknown;
        found.push(...log.events.map(event => ({ event, writer: file })));
        problems.push(...log.problems.map(problem => `${name}, line ${String(problem.line)}: ${problem.reason}; the line was left out.`));
        if (log.tornBytes > 0) problems.push(`${name} ends in the middle of an event (${String(log.tornBytes)} bytes); that tail was set aside.`);
      } catch (error) {
        problems.push(`${name} could not be read: ${ioReason(error)}.`);
      }
    }
  }
  found.sort((a, b) => compareCodeUnits(a.event.id, b.event.id) || compareCodeUnits(a.writer, b.writer));
  return { events: found.map(({ event }) => event), unknown, problems };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort(compareCodeUnits);
}
