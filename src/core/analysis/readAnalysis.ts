import { ratedRun, type RatedRun, type RatedRunOptions } from '../agreement/ratedRun';
import type { ByteSource } from '../bytes/byteSource';
import type { TextFacts } from './analysisInput';
import { readFacts, type FactsWanted } from './readFacts';

export interface ReadWanted extends FactsWanted {
  /** What labels are read by; absent where the scores are the judge's. */
  readonly labels?: Omit<RatedRunOptions, 'rollouts' | 'rubric' | 'onItem'>;
}

/** All that an analysis needs of the file's text: a pass for the facts, and one over the labelled items where labels are used. */
export async function readAnalysis(
  source: ByteSource,
  { labels, ...wanted }: ReadWanted,
): Promise<{ readonly facts: TextFacts; readonly rated?: RatedRun }> {
  const facts = await readFacts(source, wanted);
  if (!labels) return { facts };
  const { rollouts, rubric } = wanted;
  return { facts, rated: await ratedRun(source, { ...labels, rollouts, rubric }) };
}
