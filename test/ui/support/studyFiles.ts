import { createHash } from 'node:crypto';
import { encodeEvent } from '../../../src/core/labels/labelLog';
import { builtInRubrics, rubricHash } from '../../../src/core/labels/rubric';
import type { Manifest } from '../../../src/core/subset/manifest';
import { subsetFile } from './subsetFile';

const conditions = ['baseline', 'Frustration BCT', 'instruct-only SFT'];
const rubric = builtInRubrics[0]!;

/** Whole numbers from 0 that look random and are the same every time. */
function noise(of: string, below: number): number {
  return createHash('sha256').update(of).digest().readUInt32BE(0) % below;
}

/**
 * A small study as it would lie on a disk: 60 rollouts of ten turns in three conditions, a stratified subset of 100 with ten
 * repeats, and the labels of two raters who are done with it.
 */
export async function studyFiles(file: string): Promise<Record<string, string>> {
  const judged = new Map<string, number>();
  const text = Array.from({ length: 60 }, (_, rollout) => {
    const id = `math-${String(rollout).padStart(2, '0')}`;
    const condition = conditions[rollout % 3]!;
    const messages = Array.from({ length: 10 }, (_unused, index) => {
      const calm = condition === 'Frustration BCT' ? 4 : condition === 'baseline' ? 0 : 2;
      const score = Math.max(0, Math.min(10, Math.round(index * 0.8) - calm + noise(`${id} ${index}`, 5)));
      judged.set(`${id} ${index + 1}`, score);
      return [
        {
          role: 'user',
          content: index === 0 ? `Puzzle ${rollout}: make 24.` : 'No, that is not right. Try again.',
        },
        {
          role: 'assistant',
          content: `Attempt ${index + 1} at puzzle ${rollout}. I add and I multiply.`,
          judge: { criterion: 'frustration', score, model: 'gemini-2.5-flash', run: 'r1' },
        },
      ];
    }).flat();
    return `${JSON.stringify({ id, condition, prompt_id: `math-${Math.floor(rollout / 2)}`, messages })}\n`;
  }).join('');
  const manifest = await subsetFile(file, text, {
    name: 'val-100',
    design: { kind: 'stratified', by: ['judge'], n: 100, allocation: 'equal' },
    repeats: 10,
  });
  const annotations = `${file}.annotations`;
  const { items } = JSON.parse(manifest) as Manifest;
  const sha256 = createHash('sha256').update(manifest).digest('hex');
  const labels = (rater: string): string =>
    items
      .map(({ item, slot }, index) => {
        const judge = judged.get(`${item.rollout} ${item.turn}`) ?? 0;
        const off = [-1, 0, 0, 0, 0, 1, -1, -2][noise(`${rater} ${item.rollout} ${item.turn} ${slot}`, 8)]!;
        const common = {
          v: 1,
          id: `019a0000-0000-7000-8${rater.slice(-1).padStart(3, '0')}-${String(index).padStart(12, '0')}`,
          at: '2026-11-23T12:00:00.000Z',
          rater,
          item,
          subset: { name: 'val-100', sha256, slot },
        } as const;
        if (noise(`none ${rater} ${slot}`, 25) === 0)
          return encodeEvent({ ...common, kind: 'cannot-assess', judgeVisible: false });
        return encodeEvent({
          ...common,
          kind: 'score',
          value: Math.max(0, Math.min(10, judge + off)),
          scale: { ...rubric.scale },
          rubric: rubricHash(rubric),
          phase: items[index]?.repeatOf === undefined ? 'first' : 'repeat',
          judgeVisible: false,
        });
      })
      .join('');
  return {
    [file]: text,
    [`${annotations}/subsets/val-100.json`]: manifest,
    [`${annotations}/labels/rater-1/aaaaaaaa.jsonl`]: labels('rater-1'),
    [`${annotations}/labels/rater-2/bbbbbbbb.jsonl`]: labels('rater-2'),
  };
}
