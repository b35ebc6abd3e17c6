import { cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryFolder } from './temporary.mjs';

const sample = join('media', 'sample.rollouts.jsonl');

/** A fresh workspace folder with a copy of the shipped sample, labels included, to play with. */
export function sampleWorkspace() {
  if (!existsSync(sample)) throw new Error(`${sample} is missing from the checkout.`);
  const workspace = temporaryFolder('workspace');
  const file = join(workspace.path, basename(sample));
  cpSync(sample, file);
  const labels = `${sample}.annotations`;
  if (existsSync(labels)) cpSync(labels, `${file}.annotations`, { recursive: true });
  return { ...workspace, file };
}
