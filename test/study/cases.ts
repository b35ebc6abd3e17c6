import type { Setting } from './model';

export type DesignName = 'random' | 'proportional' | 'half-balanced' | 'equal';

/** One row of the study: runs of so many rollouts from a setting, of which n items are drawn by a design and labelled. */
export interface Case extends Setting {
  readonly rollouts: number;
  readonly n: number;
  readonly design: DesignName;
}

const designs = ['random', 'proportional', 'half-balanced'] as const;
const both = [0.1, 0.4] as const;

/** Sizes with 60 labelled clusters or more, 1.4, 2.9 and 5.3 items in each; n is what is drawn, and 3% of it is lost. */
const sizes = [
  { rollouts: 150, n: 105 },
  { rollouts: 75, n: 210 },
  { rollouts: 75, n: 415 },
];

function casesOf(
  given: { rollouts: number; n: number }[],
  profiles: readonly Setting['profile'][],
  names: readonly DesignName[],
): Case[] {
  return profiles.flatMap(profile =>
    both.flatMap(icc => given.flatMap(size => names.map(design => ({ profile, icc, ...size, design })))),
  );
}

/** Those that may be gated, then those that are printed: few items, few clusters, equal allocation, rare scores. */
export const cases: readonly Case[] = [
  ...casesOf(sizes, ['40%', '8%'], designs),
  ...casesOf([{ rollouts: 150, n: 52 }], ['40%', '8%'], designs),
  ...casesOf(
    [
      { rollouts: 20, n: 105 },
      { rollouts: 40, n: 105 },
    ],
    ['40%', '8%'],
    designs,
  ),
  ...casesOf(sizes.slice(0, 2), ['40%', '8%'], ['equal']),
  ...casesOf(sizes.slice(0, 2), ['3%'], designs),
];

export function caseName({ profile, icc, rollouts, n, design }: Case): string {
  return `${profile} ICC ${icc} ${n} items of ${rollouts} rollouts, ${design}`;
}
