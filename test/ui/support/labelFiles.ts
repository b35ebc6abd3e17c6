import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeLog } from '../../../src/core/labels/labelLog';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';

/** All label events beside a rollout file, in order of their ids: what is on the disk, whatever the page says. */
export function labelsOnDisk(rolloutFile: string): LabelEvent[] {
  const folder = join(`${rolloutFile}.annotations`, 'labels');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.jsonl'),
  );
  return files
    .flatMap(name => decodeLog(readFileSync(join(folder, name))).events)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
