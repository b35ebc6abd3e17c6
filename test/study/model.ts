import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { sha256Hex } from '../../src/core/bytes/text';

/**
 * The generating model of the coverage study, fixed before any method was tried. Turn t of rollout c has the latent score
 * x = √ρ u_c + √(1 − ρ) e_ct, which the human reports; the judge sees y = r x + √(1 − r²) (√δ v_c + √(1 − δ) w_ct) + bias,
 * all of u, e, v, w standard normal: ρ is the rollouts' share of the scores' variance, δ that of the judge's errors. Both are
 * cut into 0 to 10 at the quantiles of a profile.
 */
export interface Setting {
  readonly icc: number;
  readonly profile: keyof typeof profiles;
}

export const turns = 20;
const judgeCorrelation = 0.8;
const judgeErrorShare = 0.25;
const judgeBias = 0.2;
/** Each drawn item is lost with this chance (cannot assess, not labelled): analysis weights make up for it. */
export const lossRate = 0.03;

/** Shares of the scores 0 to 10; the share ≥ 5 is in the name. */
export const profiles = {
  '40%': [0.1, 0.1, 0.12, 0.14, 0.14, 0.12, 0.1, 0.08, 0.05, 0.03, 0.02],
  '8%': [0.45, 0.17, 0.12, 0.1, 0.08, 0.03, 0.02, 0.013, 0.009, 0.005, 0.003],
  '3%': [0.6, 0.16, 0.1, 0.07, 0.04, 0.012, 0.008, 0.004, 0.003, 0.002, 0.001],
} as const;

/**
 * First seeds: methods may be chosen on them. Confirmation seeds: the gate is read off them, once; the second ones are for what
 * was changed after that.
 */
export const seedSets = ['first', 'confirmation', 'second-confirmation'] as const;
export type Seeds = (typeof seedSets)[number];
export type Random = () => number;

/** Numbers between 0 and 1, seeded by what they are for. */
export function randomOf(seeds: Seeds | 'truth', what: string): Random {
  const hash = sha256Hex(`rollout-annotator/coverage ${seeds} ${what}`);
  const stream = xoroshiro128plusFromState(
    [0, 8, 16, 24].map(at => parseInt(hash.slice(at, at + 8), 16) | 0),
  );
  return () => ((stream.next() >>> 5) * 67108864 + (stream.next() >>> 6) + 0.5) / 9007199254740992;
}

export interface Run {
  /** Item by item, rollout after rollout. */
  readonly judge: Int8Array;
  readonly human: Int8Array;
}

/** A run of new rollouts. */
export function runOf({ icc, profile }: Setting, rollouts: number, random: Random): Run {
  const cuts = cutsOf(profiles[profile]);
  const judge = new Int8Array(rollouts * turns);
  const human = new Int8Array(rollouts * turns);
  const normal = (): number => normalQuantile(random(), 0, 1);
  const noise = Math.sqrt(1 - judgeCorrelation * judgeCorrelation);
  for (let rollout = 0; rollout < rollouts; rollout++) {
    const level = Math.sqrt(icc) * normal();
    const slant = Math.sqrt(judgeErrorShare) * normal();
    for (let turn = 0; turn < turns; turn++) {
      const latent = level + Math.sqrt(1 - icc) * normal();
      const error = slant + Math.sqrt(1 - judgeErrorShare) * normal();
      const item = rollout * turns + turn;
      human[item] = scoreOf(latent, cuts);
      judge[item] = scoreOf(judgeCorrelation * latent + noise * error + judgeBias, cuts);
    }
  }
  return { judge, human };
}

/** Latent values from which on the scores 1 to 10 are given. */
function cutsOf(shares: readonly number[]): number[] {
  let below = 0;
  return shares.slice(0, -1).map(share => normalQuantile((below += share), 0, 1));
}

function scoreOf(latent: number, cuts: readonly number[]): number {
  let score = 0;
  while (score < cuts.length && latent >= (cuts[score] ?? Infinity)) score++;
  return score;
}
