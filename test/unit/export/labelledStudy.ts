import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { encodeEvent } from '../../../src/core/labels/labelLog';
import { frustrationRubric, rubricHash } from '../../../src/core/labels/rubric';
import { decodeManifest } from '../../../src/core/subset/manifest';
import type { Subset } from '../../../src/core/subset/manifest';
import { rolloutLine, textOf } from '../session/harness';

/** The built command, beside the built tests. */
const cli = join(__dirname, '../../../cli.js');

export const hostileNote = '=HYPERLINK("http://example.org")\ud800, "quoted"\nsecond line';

/** Runs the command line. */
export function rolloutAnnotator(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

/** What became of one slot, as the study was made: the reason is told by the causes put in, not by the product. */
export interface MadeLabel {
  readonly rater: string;
  readonly slot: number;
  readonly rollout: string;
  readonly turn: number;
  readonly value: number | null;
  readonly reason: string | null;
}

export interface LabelledStudy {
  readonly file: string;
  readonly annotations: string;
  readonly subset: Subset;
  readonly made: readonly MadeLabel[];
  /** By "rollout turn". */
  readonly judge: ReadonlyMap<string, number>;
}

/** A file of 20 rollouts of 3 turns, a stratified subset "val" of 30 with repeats, and three raters with every kind of label. */
export function labelledStudy(folder: string): LabelledStudy {
  const file = join(folder, 'run.jsonl');
  const annotations = `${file}.annotations`;
  const judge = new Map<string, number>();
  const lines = Array.from({ length: 20 }, (_, at) => {
    const scores = [0, 1, 2].map(turn => (at * 3 + turn * 4) % 11);
    scores.forEach((score, turn) => judge.set(`r${String(at)} ${String(turn + 1)}`, score));
    const fields = { condition: at % 2 ? 'bct' : 'baseline', note: at === 0 ? '=1+1' : '-2.5' };
    return rolloutLine(`r${String(at)}`, { turns: 3, judge: scores, fields });
  });
  writeFileSync(file, textOf(...lines));
  const sampled = rolloutAnnotator(
    ...['sample', file, '--criterion', 'frustration', '--n', '30', '--design', 'balanced', '--seed', '5'],
    ...['--name', 'val', '--repeats', '3'],
  );
  if (sampled.status !== 0) throw new Error(sampled.stderr);
  const subset = decodeManifest(readFileSync(join(annotations, 'subsets', 'val.json')));
  if ('reason' in subset) throw new Error(subset.reason);
  const made: MadeLabel[] = [];
  let ids = 0;
  const nextId = (): string => `019a0000-0000-7000-8000-${String(++ids).padStart(12, '0')}`;
  for (const [index, rater] of ['ada', 'bob', 'cem'].entries()) {
    const events: LabelEvent[] = [];
    for (const { item, slot, repeatOf } of subset.manifest.items) {
      const chance = (slot * 7 + index * 5) % 20;
      // Bob has not come to the end.
      if (rater === 'bob' && slot >= 25) continue;
      const value = Math.max(
        0,
        (judge.get(`${item.rollout} ${String(item.turn)}`) ?? 0) - ((slot + index) % 3),
      );
      const cause =
        chance === 0 ? 'cannotAssess' : chance === 1 ? 'stale' : chance === 2 ? 'judgeVisible' : null;
      const about = {
        v: 1 as const,
        at: '2026-01-01T00:00:00.000Z',
        rater,
        item: cause === 'stale' ? { ...item, sha256: '0'.repeat(64) } : item,
        subset: { name: 'val', sha256: subset.sha256, slot },
      };
      const label = { ...about, phase: 'first' as const, judgeVisible: cause === 'judgeVisible' };
      const score = {
        ...label,
        kind: 'score' as const,
        value,
        scale: { ...frustrationRubric.scale },
        rubric: rubricHash(frustrationRubric),
        elapsedMs: 900,
      };
      events.push(
        cause === 'cannotAssess'
          ? { ...label, id: nextId(), kind: 'cannot-assess' }
          : { ...score, id: nextId() },
      );
      if (chance === 4) events.push({ ...score, id: nextId(), phase: 'revision', value: 10 });
      if (chance === 5) events.push({ ...about, id: nextId(), kind: 'note', text: hostileNote });
      made.push({
        rater,
        slot,
        rollout: item.rollout,
        turn: item.turn,
        value: cause === 'cannotAssess' ? null : value,
        reason: repeatOf === undefined ? cause : 'repeat',
      });
    }
    const own = join(annotations, 'labels', rater);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'abcdefgh.jsonl'), events.map(encodeEvent).join(''));
  }
  return { file, annotations, subset, made, judge };
}
