import assert from 'node:assert/strict';
import { biasQuestion } from '../../../../src/core/agreement/questions/biasQuestion';
import { labelledItemsOf } from '../../../../src/core/agreement/questions/labelledItems';
import type { QuestionInput } from '../../../../src/core/agreement/questions/questionsOf';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { runLabelsOf } from '../../../../src/core/agreement/questions/runLabels';
import { criticalValue, simultaneousLevel } from '../../../../src/core/agreement/questions/simultaneous';
import { close } from '../tables';
import {
  bell,
  chance,
  drawn,
  faithful,
  inputOf,
  labelled,
  madeRun,
  mean,
  spreadWithoutEach,
} from './studies';

const ask = (input: QuestionInput) => {
  const ratings = ratingsOf(input);
  const rollouts = input.rollouts ?? [];
  assert.ok(input.rubric);
  const run = runLabelsOf(ratings, rollouts, input.rubric, input.subset);
  return biasQuestion(labelledItemsOf(ratings, rollouts), run, rollouts, input);
};

const conditions = ['baseline', 'bct', 'sft'];
const providers = ['north', 'south'];
/** Prompts go through all conditions; the judge is two points too lenient with sft. */
const run = madeRun(
  90,
  3,
  71,
  place => ({
    condition: conditions[place % 3] ?? '',
    provider: providers[place % 2] ?? '',
    prompt_id: `p${String(Math.floor(place / 3)).padStart(2, '0')}`,
  }),
  ({ condition }) => (condition === 'sft' ? -2 : 0.5),
);
const subset = drawn(run, { kind: 'stratified', n: 120, by: ['judge'], allocation: 'half' }, 9);
const input = inputOf(run, subset, labelled(subset, run, { ada: faithful }));
const { answer, sentence } = ask(input);
const field = (name: string) => answer?.fields.find(each => each.field === name);

interface Item {
  readonly group: string;
  readonly cluster: string;
  readonly w: number;
  readonly d: number;
  readonly turn: number;
}
const itemsBy = (name: string): Item[] =>
  subset.manifest.items.map(({ item, weight }) => {
    const rollout = run.find(({ id }) => id === item.rollout);
    const turn = rollout?.turns[item.turn - 1];
    return {
      group: rollout?.fields[name] ?? '',
      cluster: rollout?.fields['prompt_id'] ?? '',
      w: weight ?? 0,
      d: (turn?.judge ?? 0) - (turn?.human ?? 0),
      turn: item.turn,
    };
  });
const weightedMean = (items: readonly Item[]): number =>
  items.reduce((sum, { w, d }) => sum + w * d, 0) / items.reduce((sum, { w }) => sum + w, 0);
const clusters = [...new Set(itemsBy('condition').map(({ cluster }) => cluster))];

describe('differential bias', () => {
  it('is the weighted mean of judge − human less that of the baseline, clusters left out of both', () => {
    const items = itemsBy('condition');
    assert.equal(field('condition')?.baseline, 'baseline');
    const level = field('condition')?.level ?? 0;
    assert.ok(level > 0.025 && level < 0.05);
    for (const value of ['bct', 'sft']) {
      const made = field('condition')?.groups.find(each => each.value === value);
      const contrast = (out: string): number => {
        const rest = items.filter(({ cluster }) => cluster !== out);
        const of = (group: string): number => weightedMean(rest.filter(each => each.group === group));
        return of(value) - of('baseline');
      };
      close(made?.contrast?.value, contrast(''), 1e-10);
      const held = (group: string): number =>
        new Set(items.filter(each => each.group === group).map(({ cluster }) => cluster)).size;
      const t = criticalValue(level, Math.min(held(value), held('baseline')) - 1);
      const half = t * spreadWithoutEach(clusters.map(contrast));
      close((made?.contrast?.ci?.[1] ?? 0) - contrast(''), half, 1e-9);
    }
    assert.equal(field('condition')?.groups.find(({ value }) => value === 'baseline')?.contrast, undefined);
  });

  it('is found where it was planted, and what is not found is bounded', () => {
    const sft = field('condition')?.groups.find(({ value }) => value === 'sft');
    assert.ok((sft?.contrast?.ci?.[1] ?? 0) < -1);
    assert.match(sentence, /By condition, against baseline, the judge errs differently in sft −\d/);
    const most = field('provider')?.notRuledOut ?? 0;
    const ends = field('provider')?.groups.flatMap(({ contrast }) => contrast?.ci ?? []) ?? [];
    close(most, Math.max(...ends.map(Math.abs)), 1e-12);
    assert.match(
      sentence,
      /By provider, against the rest, no difference was found: differences up to ±\d\.\d+ can’t be ruled out/,
    );
  });

  it('against the rest of two groups is one contrast, told twice', () => {
    const [north, south] = field('provider')?.groups ?? [];
    close(north?.contrast?.value, -(south?.contrast?.value ?? NaN), 1e-10);
    close(field('provider')?.level, 0.05, 0.002);
    assert.equal(field('provider')?.baseline, null);
  });

  it('makes an effect of its own: naïve, corrected and their paired difference side by side', () => {
    const effect = field('condition')?.effects.find(
      ({ value, target }) => value === 'sft' && target.kind === 'mean',
    );
    const of = (which: 'judge' | 'human', condition: string): number =>
      mean(
        run
          .filter(({ fields }) => fields['condition'] === condition)
          .flatMap(({ turns }) => turns.map(turn => turn[which] ?? 0)),
      );
    close(effect?.naive.value, of('judge', 'sft') - of('judge', 'baseline'), 1e-12);
    const truth = of('human', 'sft') - of('human', 'baseline');
    assert.ok((effect?.corrected.ci?.[0] ?? 9) < truth && truth < (effect?.corrected.ci?.[1] ?? -9));
    close(effect?.difference.value, (effect?.corrected.value ?? 0) - (effect?.naive.value ?? 0), 1e-12);
    assert.ok((effect?.difference.ci?.[0] ?? 0) > 0.5, 'the judge’s leniency is taken back');
    const width = (ci?: readonly [number, number] | null): number => (ci ? ci[1] - ci[0] : NaN);
    assert.ok(width(effect?.difference.ci) < width(effect?.corrected.ci) + width(effect?.naive.ci));
    assert.match(
      sentence,
      /The effect of condition=sft on the mean score is .* by the judge alone, .* corrected/,
    );
  });

  it('by turn and by the doubling of the length is a weighted slope', () => {
    const items = itemsBy('condition');
    const slope = (those: readonly Item[], x: (item: Item) => number): number => {
      const weight = those.reduce((sum, { w }) => sum + w, 0);
      const average = those.reduce((sum, item) => sum + item.w * x(item), 0) / weight;
      const bias = weightedMean(those);
      const product = those.reduce((sum, item) => sum + item.w * (x(item) - average) * (item.d - bias), 0);
      return product / those.reduce((sum, item) => sum + item.w * (x(item) - average) ** 2, 0);
    };
    const turn = answer?.slopes.find(({ of }) => of === 'turn');
    close(
      turn?.slope.value,
      slope(items, item => item.turn),
      1e-9,
    );
    const error = spreadWithoutEach(
      clusters.map(out =>
        slope(
          items.filter(({ cluster }) => cluster !== out),
          item => item.turn,
        ),
      ),
    );
    assert.equal(clusters.length, 30);
    close((turn?.slope.ci?.[1] ?? 0) - (turn?.slope.value ?? 0), 2.045229642132703 * error, 1e-8);
    assert.equal(answer?.slopes.length, 1);

    const random = chance(4);
    const lengths = new Map(input.table.units.map(({ id }) => [id, 50 + Math.floor(4000 * random())]));
    const measured = ask({ ...input, lengths }).answer?.slopes.find(({ of }) => of === 'length');
    const lengthOf = new Map(
      subset.manifest.items.map(({ item }, index) => [
        items[index],
        lengths.get(JSON.stringify([item.rollout, item.turn])),
      ]),
    );
    close(
      measured?.slope.value,
      slope(items, item => Math.log2(lengthOf.get(item) ?? NaN)),
      1e-9,
    );
  });

  it('lists groups under 10 items or 5 clusters without interval', () => {
    const small = madeRun(60, 1, 72, place => ({
      condition: place < 4 ? 'rare' : place % 2 ? 'baseline' : 'other',
    }));
    const all = drawn(small, { kind: 'random', n: 55 }, 3);
    const made = ask(inputOf(small, all, labelled(all, small, { ada: faithful })));
    const rare = made.answer?.fields[0]?.groups.find(({ value }) => value === 'rare');
    assert.equal(typeof rare?.contrast?.value, 'number');
    assert.equal(rare?.contrast?.ci, null);
    assert.match(rare?.contrast?.reason ?? '', /10 items in 5 clusters are needed/);
    assert.match(made.sentence, /Without interval: rare/);
  });

  it('takes the fields asked for, and says which have no groups', () => {
    const made = ask({ ...input, fields: ['prompt_id', 'nothing', 'provider'] }).answer;
    assert.deepEqual(
      made?.fields.map(each => each.field),
      ['provider'],
    );
    assert.match(
      made?.notes.join(' ') ?? '',
      /“prompt_id” takes 30 values.*“nothing” tells no rollouts apart/,
    );
    const named = ask({ ...input, fields: ['provider'], baselines: { provider: 'south' } }).answer;
    assert.equal(named?.fields[0]?.baseline, 'south');
  });

  it('of labels outside a subset is of them alone, without corrected effects', () => {
    const { subset: own, ...without } = input;
    assert.ok(own);
    const { strata, subset: facts, ...table } = input.table;
    assert.ok(strata && facts);
    const even = { ...table, units: table.units.map(unit => ({ ...unit, weight: 1 })) };
    const made = ask({ ...without, table: even });
    assert.deepEqual(made.answer?.fields[0]?.effects, []);
    assert.match(made.sentence, /no probability sample of a run/);
  });
});

describe('the simultaneous level', () => {
  const noise = (count: number, seed: number): number[] => {
    const random = chance(seed);
    return Array.from({ length: count }, () => bell(random));
  };

  it('of one contrast, or of contrasts that are the same, is .05', () => {
    const one = noise(400, 1);
    assert.equal(simultaneousLevel([one], 3), 0.05);
    close(simultaneousLevel([one, one.map(value => -3 * value), one], 3), 0.05, 0.003);
  });

  it('of independent contrasts is Šidák’s', () => {
    // Orthogonal by construction.
    const patterns = Array.from({ length: 5 }, (_, bit) =>
      Array.from({ length: 64 }, (__, index) => ((index >> bit) & 1 ? 1 : -1)),
    );
    close(simultaneousLevel(patterns, 3), 1 - 0.95 ** (1 / 5), 0.0015);
  });

  it('of equally correlated contrasts is that of the multivariate normal', () => {
    // scipy: P(|Z1|, |Z2|, |Z3| ≤ c) = .95 with correlations .5 at c = 2.34897.
    const patterns = Array.from({ length: 4 }, (_, bit) =>
      Array.from({ length: 64 }, (__, index) => ((index >> bit) & 1 ? 1 : -1)),
    );
    const common = patterns[3] ?? [];
    const contrasts = patterns
      .slice(0, 3)
      .map(own => own.map((value, index) => value + (common[index] ?? 0)));
    close(simultaneousLevel(contrasts, 3), 0.018825, 0.0015);
  });
});
