import type { Design } from '../../subset/manifest';
import { drawStudy } from './drawStudy';
import { randomStream } from './randomStream';
import { halfWidthIn, type PlannedTarget } from './studyHalfWidth';
import type { StudyPool } from './studyPool';

export interface StudySearch {
  readonly pool: StudyPool;
  readonly design: Design;
  readonly target: PlannedTarget;
  readonly wantedHalfWidth: number;
  readonly studies: number;
  readonly seed: number;
  /** Called after each n that was tried. */
  readonly progress?: (tried: TriedSize) => void;
}

export interface TriedSize {
  readonly n: number;
  readonly enough: boolean;
}

/** Of the studies, at least this share has to be as narrow as wanted. */
export const wantedShare = 0.8;
const fewestItems = 20;

/**
 * The smallest n, to 1%, at which the interval is as narrow as wanted in 80% of the simulated studies; `null` where all
 * items of the run are too few. n is doubled, then halved in on: study k of every n starts from the same seed.
 */
export function smallestStudy({ pool, progress, ...search }: StudySearch): number | null {
  const halfWidth = halfWidthIn(pool, search.target, search.seed);
  const most = Math.floor((pool.judge.length * pool.runClusters) / pool.clusters.length);
  const allowed = search.studies - Math.ceil(wantedShare * search.studies);
  const enough = (n: number): boolean => {
    let wide = 0;
    for (let study = 0; study < search.studies && wide <= allowed; study++) {
      const random = randomStream(search.seed, `study ${String(study)}`);
      const drawn = drawStudy(pool, search.design, n, random);
      const half = drawn ? halfWidth(drawn, random) : Infinity;
      if (!(half <= search.wantedHalfWidth)) wide++;
    }
    progress?.({ n, enough: wide <= allowed });
    return wide <= allowed;
  };
  let low = Math.min(most, Math.max(fewestItems, 2 * pool.strata)) - 1;
  let high = low + 1;
  while (!enough(high)) {
    if (high >= most) return null;
    low = high;
    high = Math.min(most, 2 * high);
  }
  while (high - low > Math.max(1, Math.floor(high / 100))) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
