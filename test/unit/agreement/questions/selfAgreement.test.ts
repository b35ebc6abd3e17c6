import assert from 'node:assert/strict';
import { judgeRunAgreementOf } from '../../../../src/core/agreement/questions/judgeRunAgreement';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { repeatAgreementOf } from '../../../../src/core/agreement/questions/repeatAgreement';
import type { LabelEvent } from '../../../../src/core/labels/labelEvent';
import { frustrationRubric } from '../../../../src/core/labels/rubric';
import { naiveCoefficients, type NaiveItem } from '../naive';
import { close } from '../tables';
import { drawn, faithful, inputOf, labelled, madeRun, summariesOf } from './studies';

const categories = Array.from({ length: 11 }, (_, score) => score);
const run = madeRun(60, 2, 21);
const subset = drawn(run, { kind: 'random', n: 60 }, 5, { repeats: 15 });
const repeats = subset.manifest.items.filter(({ repeatOf }) => repeatOf !== undefined);

const asked = (events: readonly LabelEvent[]) => {
  const input = inputOf(run, subset, events);
  return repeatAgreementOf(ratingsOf(input), input.labels, subset);
};

describe('a rater’s own second go', () => {
  /** One point more on every second item that is asked again. */
  const wavering = labelled(subset, run, {
    ada: ({ human }, slot) => {
      const again = repeats.findIndex(each => each.slot === slot);
      return again < 0 ? human : Math.min(10, human + (again % 2));
    },
  });

  it('is the first score of an item beside the one when it was asked again', () => {
    const { answer, sentence } = asked(wavering);
    const pairs = repeats.map(({ item }, index): NaiveItem => {
      const human = run.find(({ id }) => id === item.rollout)?.turns[item.turn - 1]?.human ?? 0;
      return { a: human, b: Math.min(10, human + (index % 2)), w: 1, cluster: item.rollout };
    });
    assert.equal(answer?.[0]?.n, 15);
    const expected = naiveCoefficients['cohenKappaQuadratic']!(pairs, categories);
    close(answer?.[0]?.measures['cohenKappaQuadratic']?.value, expected, 1e-12);
    const same = pairs.filter(({ a, b }) => a === b).length / 15;
    close(answer?.[0]?.measures['exactAgreement']?.value, same, 1e-12);
    assert.match(sentence, /repeats were not marked and enter no other number/);
  });

  it('takes no pair of which either was given with the judge in view', () => {
    const [first, second] = repeats;
    const seen = wavering.map(event =>
      event.kind === 'score' &&
      (event.subset?.slot === first?.slot || event.subset?.slot === second?.repeatOf)
        ? { ...event, judgeVisible: true }
        : event,
    );
    assert.equal(asked(seen).answer?.[0]?.n, 13);
  });

  it('takes no pair whose text changed between the two', () => {
    const changed = wavering.map(event =>
      event.kind === 'score' && event.subset?.slot === repeats[0]?.slot
        ? { ...event, item: { ...event.item, sha256: 'other' } }
        : event,
    );
    assert.equal(asked(changed).answer?.[0]?.n, 14);
  });

  it('is refused without repeats, and where nobody did them', () => {
    const plain = drawn(run, { kind: 'random', n: 40 }, 5);
    const input = inputOf(run, plain, labelled(plain, run, { ada: faithful }));
    assert.match(
      repeatAgreementOf(ratingsOf(input), input.labels, plain).refused ?? '',
      /asks no item again/,
    );
    assert.match(repeatAgreementOf(ratingsOf(input)).refused ?? '', /Only a subset/);
    const firsts = wavering.filter(
      event => event.kind === 'score' && repeats.every(({ slot }) => slot !== event.subset?.slot),
    );
    assert.match(asked(firsts).refused ?? '', /No rater has scored a repeated item twice/);
  });
});

describe('the judge’s own runs', () => {
  it('are compared on all items that both scored', () => {
    const input = inputOf(run, subset, labelled(subset, run, { ada: faithful }));
    const { answer, sentence } = judgeRunAgreementOf(ratingsOf(input), input.rollouts, frustrationRubric);
    const items = run.flatMap(({ id, turns }) =>
      turns.map(({ judge, again }): NaiveItem => ({ a: judge ?? 0, b: again ?? 0, w: 1, cluster: id })),
    );
    assert.deepEqual(
      answer?.map(({ run: name, n, clusters }) => [name, n, clusters]),
      [['m r2', 120, 60]],
    );
    const expected = naiveCoefficients['cohenKappaQuadratic']!(items, categories);
    close(answer?.[0]?.measures['cohenKappaQuadratic']?.value, expected, 1e-12);
    assert.match(sentence, /says nothing of whether it is right/);
  });

  it('are of the same model alone, and refused where there is none', () => {
    const ratings = ratingsOf(inputOf(run, subset, labelled(subset, run, { ada: faithful })));
    const other = summariesOf(run).map(rollout => ({
      ...rollout,
      judge: rollout.judge.map(score => (score.run === 'r2' ? { ...score, model: 'another' } : score)),
    }));
    assert.match(
      judgeRunAgreementOf(ratings, other, frustrationRubric).refused ?? '',
      /no other run of m r1/,
    );
    assert.match(judgeRunAgreementOf(ratings).refused ?? '', /Without rollouts/);
  });
});
