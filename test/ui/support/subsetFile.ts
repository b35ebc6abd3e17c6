import { memorySource } from '../../../src/core/bytes/byteSource';
import { builtInRubrics } from '../../../src/core/labels/rubric';
import { loadItems } from '../../../src/core/rollout/loadItems';
import { extendDirectory, newRunDirectory } from '../../../src/core/rollout/runDirectory';
import { scanRun } from '../../../src/core/rollout/runScan';
import { encodeManifest } from '../../../src/core/subset/manifest';
import { manifestOf } from '../../../src/core/subset/manifestOf';
import type { SubsetOptions } from '../../../src/core/subset/plan';
import { planSubset } from '../../../src/core/subset/planSubset';
import { hashSource } from '../../../src/core/subset/sourceHash';

/** The text of the manifest of a frustration subset drawn from a rollout file's text. */
export async function subsetFile(
  fileName: string,
  text: string,
  options: Partial<SubsetOptions> & Pick<SubsetOptions, 'name' | 'design'>,
): Promise<string> {
  const source = memorySource(new TextEncoder().encode(text));
  const directory = newRunDirectory();
  for await (const batch of scanRun(source)) extendDirectory(directory, batch);
  const rubric = builtInRubrics[0]!;
  const plan = planSubset(
    { rollouts: directory.rollouts, rubric },
    {
      role: 'validation',
      seed: 20261123,
      repeats: 0,
      reveal: 'after-subset',
      context: 'full',
      show: [],
      raters: [],
      overlap: null,
      ...options,
    },
  );
  if ('refused' in plan) throw new Error(plan.refused);
  const keys = plan.slots.map(({ key }) => key);
  return encodeManifest(
    manifestOf(plan, {
      rubric,
      source: { name: fileName, ...(await hashSource(source)) },
      itemsNow: await loadItems(source, directory.rollouts, keys, rubric),
      createdAt: '2026-11-23T12:00:00.000Z',
    }),
  );
}
