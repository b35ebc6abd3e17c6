import assert from 'node:assert/strict';
import type { RolloutSummary } from '../../../src/core/rollout/runScan';
import { nameOf, planOf, rolloutOf, unevenRollouts } from './study';

const scoresOf = (rollouts: readonly RolloutSummary[], run: string): Map<string, number> =>
  new Map(
    rollouts.flatMap(({ id, judge }) =>
      judge
        .filter(score => score.run === run)
        .map(score => [nameOf({ rollout: id, turn: score.turn }), score.value ?? NaN]),
    ),
  );

describe('a design', () => {
  it('by fields takes a missing value for a stratum of its own', () => {
    const { strata } = planOf(unevenRollouts(), { design: { kind: 'stratified', by: ['provider'] } });
    assert.deepEqual(
      strata.map(({ id, where }) => [id, where]),
      [
        ['provider=p', { provider: 'p' }],
        ['no provider', { provider: null }],
      ],
    );
  });

  it('keeps strata apart whose names look alike', () => {
    const rollouts = [
      rolloutOf('a', [1, 1], { fields: { x: '1, y=2', z: 'q' } }),
      rolloutOf('b', [1, 1], { fields: { x: '1', y: '2, z=q' } }),
      rolloutOf('c', [1, 1], { fields: { x: '1', y: '2', z: 'q' } }),
    ];
    const { strata } = planOf(rollouts, { design: { kind: 'stratified', by: ['x', 'y', 'z'], n: 6 } });
    assert.equal(strata.length, 3);
    assert.equal(new Set(strata.map(({ id }) => id)).size, 3);
  });

  it('balanced gives bins that hold few items more than their share, with items without a score apart', () => {
    const scores = [
      ...Array.from({ length: 80 }, () => 1),
      ...Array.from({ length: 20 }, () => 9),
      null,
      null,
    ];
    const rollouts = scores.map((score, index) => rolloutOf(`s${String(index).padStart(3, '0')}`, [score]));
    const drawn = (allocation: 'half' | 'equal') =>
      planOf(rollouts, { design: { kind: 'balanced', n: 40, allocation } }).strata.map(each => [
        each.id,
        each.drawn,
      ]);
    // Half: 40/2 · (80, 20, 2)/102, and 40/4 more for each bin = 25.69, 13.92, 0.39, of which the last gets 2; 38 are
    // shared 262 : 142 = 24.64 : 13.36.
    assert.deepEqual(drawn('half'), [
      ['judge=0–1', 25],
      ['judge=9–10', 13],
      ['no judge score', 2],
    ]);
    assert.deepEqual(drawn('equal'), [
      ['judge=0–1', 19],
      ['judge=9–10', 19],
      ['no judge score', 2],
    ]);
  });

  it('gives each stratum two items where there are as many, one where n is too small for that', () => {
    const rollouts = [60, 20, 3, 1].map((turns, index) =>
      rolloutOf(
        `r${String(index)}`,
        Array.from({ length: turns }, () => 1),
        { fields: { x: index } },
      ),
    );
    const drawn = (n: number) =>
      planOf(rollouts, { design: { kind: 'stratified', by: ['x'], n } }).strata.map(each => each.drawn);
    // 20 · (60, 20, 3, 1)/84 = 14.3, 4.8, 0.7, 0.2: the small ones get 2 and 1, 17 are shared 3 : 1.
    assert.deepEqual(drawn(20), [13, 4, 2, 1]);
    assert.deepEqual(drawn(6), [3, 1, 1, 1]);
  });

  it('draws everything where more is wanted than there is, and says so', () => {
    for (const design of [
      { kind: 'random' as const },
      { kind: 'stratified' as const, by: ['condition'] },
      { kind: 'balanced' as const },
    ]) {
      const { slots, preview } = planOf(unevenRollouts(), { design: { ...design, n: 500 } });
      assert.equal(slots.length, 75);
      assert.ok(slots.every(({ pi, weight }) => pi === 1 && weight === 1));
      assert.ok(preview.warnings.includes('Every one of the 75 items is drawn.'));
    }
  });

  it('in two stages draws n/k clusters and up to k items of each', () => {
    const { slots } = planOf(unevenRollouts(), {
      design: { kind: 'two-stage', n: 21, maxPerRollout: 3 },
    });
    const counts = new Map<string, number>();
    for (const { key } of slots) counts.set(key.rollout, (counts.get(key.rollout) ?? 0) + 1);
    assert.equal(counts.size, 7);
    const turns = new Map(unevenRollouts().map(rollout => [rollout.id, rollout.turns]));
    for (const [id, count] of counts) assert.equal(count, Math.min(3, turns.get(id) ?? 0));
    for (const { key, pi } of slots) {
      const own = turns.get(key.rollout) ?? NaN;
      assert.ok(Math.abs((pi ?? NaN) - (7 / 18) * (Math.min(3, own) / own)) < 1e-12);
    }
  });

  it('in two stages rounds n/k to the nearest number of clusters, at least one', () => {
    const clusters = (n: number): number =>
      planOf(unevenRollouts(), { design: { kind: 'two-stage', n, maxPerRollout: 4 } }).preview.rollouts;
    assert.deepEqual([1, 13, 14, 15].map(clusters), [1, 3, 4, 4]);
  });

  it('by disagreement takes the items on which the judge runs lie farthest apart', () => {
    const rollouts = unevenRollouts();
    const first = scoresOf(rollouts, 'r1');
    const second = scoresOf(rollouts, 'r2');
    const spread = (name: string): number => Math.abs((first.get(name) ?? 0) - (second.get(name) ?? 0));
    const { slots, preview } = planOf(rollouts, { design: { kind: 'disagreement', n: 12 } });
    const drawn = new Set(slots.map(({ key }) => nameOf(key)));
    const others = [...second.keys()].filter(name => !drawn.has(name));
    assert.ok(Math.min(...[...drawn].map(spread)) >= Math.max(...others.map(spread)));
    assert.ok(slots.every(({ pi, weight }) => pi === null && weight === null));
    assert.equal(preview.population, second.size);
    assert.match(preview.warnings.join(' '), /no rate, mean or agreement of the run can be estimated/);
  });

  it('by uncertainty takes the items whose score lies nearest the threshold', () => {
    const rollouts = unevenRollouts();
    const scores = scoresOf(rollouts, 'r1');
    const { slots } = planOf(rollouts, { design: { kind: 'uncertainty', n: 12 } });
    const distance = (name: string): number => Math.abs((scores.get(name) ?? NaN) - 5);
    const drawn = new Set(slots.map(({ key }) => nameOf(key)));
    const others = [...scores.keys()].filter(name => !drawn.has(name));
    assert.ok(Math.max(...[...drawn].map(distance)) <= Math.min(...others.map(distance)));
    const capped = planOf(rollouts, { design: { kind: 'uncertainty', n: 12, maxPerRollout: 1 } });
    assert.equal(new Set(capped.slots.map(({ key }) => key.rollout)).size, 12);
  });

  it('that goes by urgency breaks ties at random', () => {
    const rollouts = Array.from({ length: 12 }, (_, index) => rolloutOf(`r${String(index)}`, [5]));
    const first = new Set(
      Array.from({ length: 60 }, (_, seed) =>
        planOf(rollouts, { seed, design: { kind: 'uncertainty', n: 1 } })
          .slots.map(({ key }) => key.rollout)
          .join(),
      ),
    );
    assert.ok(first.size > 8);
  });

  it('takes the first score where a judge run has several of a turn', () => {
    const rollout = rolloutOf('a', [2]);
    const tried = {
      ...rollout,
      judge: [null, 2, 9].flatMap(value => rollout.judge.map(score => ({ ...score, value }))),
    };
    const { histogram } = planOf([tried], { design: { n: 1 } }).preview;
    assert.deepEqual(
      histogram.filter(({ sample }) => sample > 0).map(({ score }) => score),
      [2],
    );
  });

  it('that audits negatives draws from those alone, and says what it can tell', () => {
    const scores = scoresOf(unevenRollouts(), 'r1');
    const { slots, preview, strata } = planOf(unevenRollouts(), {
      design: { kind: 'negative-audit', n: 10 },
    });
    const negatives = [...scores.values()].filter(score => score < 5).length;
    assert.ok(slots.every(({ key }) => (scores.get(nameOf(key)) ?? NaN) < 5));
    assert.ok(slots.every(({ pi }) => Math.abs((pi ?? NaN) - 10 / negatives) < 1e-12));
    assert.deepEqual(strata, [
      { id: 'judge under 5', where: { judge: 'under 5' }, population: negatives, drawn: 10 },
    ]);
    assert.match(preview.warnings.join(' '), /speaks of the items that the judge scored under 5 alone/);
  });

  it('goes by the judge run that is named, and its plan names the run it went by', () => {
    const rollouts = unevenRollouts();
    assert.equal(planOf(rollouts, { design: { kind: 'balanced' } }).options.design.judge, 'm r1');
    const { options, preview } = planOf(rollouts, { design: { kind: 'balanced', judge: 'm r2' } });
    assert.equal(options.design.judge, 'm r2');
    const tens = [...scoresOf(rollouts, 'r2').values()].filter(score => score === 10).length;
    assert.equal(preview.histogram.find(({ score }) => score === 10)?.population, tens);
  });
});

describe('the preview', () => {
  it('counts population and sample by whole judge scores, fractions at the score under them', () => {
    const rollouts = [rolloutOf('a', [0, 4.9, 5, null]), rolloutOf('b', [10, -1, 11])];
    const { histogram, warnings } = planOf(rollouts, { design: { n: 7 } }).preview;
    assert.deepEqual(
      histogram.filter(({ population }) => population > 0),
      [0, 4, 5, 10]
        .map<(typeof histogram)[number]>(score => ({ score, population: 1, sample: 1 }))
        .concat({ score: null, population: 3, sample: 3 }),
    );
    assert.equal(histogram.length, 12);
    assert.ok(
      warnings.includes('2 items have judge scores off the scale 0 to 10: taken as having none.'),
      warnings.join(),
    );
  });

  it('warns of conditions that get under 15 labels', () => {
    const { warnings, rollouts } = planOf(unevenRollouts(), {
      design: { kind: 'stratified', by: ['condition'], n: 40 },
    }).preview;
    assert.ok(rollouts > 9);
    // 40 · (47, 19, 9)/75 = 25.1, 10.1, 4.8.
    assert.ok(
      warnings.includes(
        'Under 15 labels, too few for numbers of its own, go to condition “bct” (10), “sft” (5).',
      ),
    );
  });

  it('warns of few clusters, of fewer items than wanted and of strata with one item', () => {
    const five = unevenRollouts().slice(0, 5);
    const { warnings } = planOf(five, {
      design: { kind: 'random', maxPerRollout: 1, n: 30 },
    }).preview;
    assert.ok(
      warnings.includes(
        'Items of 5 clusters are drawn (rollout): no interval will be given from fewer than 10.',
      ),
    );
    assert.ok(
      warnings.includes(
        '5 items are drawn, fewer than the 30 wanted: there are no more, at most 1 a rollout.',
      ),
    );
    const strata = planOf(unevenRollouts(), { design: { kind: 'stratified', by: ['prompt'], n: 6 } });
    assert.match(strata.preview.warnings.join(' '), /4 strata get a single item/);
  });

  it('warns where a rater meets a repeat sooner than by slots', () => {
    const wish = { design: { n: 75 }, repeats: 10, raters: ['ada', 'bob', 'cleo'] };
    const { slots, preview } = planOf(unevenRollouts(), { ...wish, overlap: 1 });
    const own = (rater: string, from: number, to: number): number =>
      slots.slice(from, to).filter(({ raters = [] }) => raters.includes(rater)).length;
    const gaps = slots.flatMap(({ slot, repeatOf, raters = [] }) =>
      repeatOf === undefined ? [] : raters.map(rater => own(rater, repeatOf, slot)),
    );
    assert.ok(Math.min(...gaps) < 20);
    assert.match(
      preview.warnings.join(' '),
      new RegExp(`as few as ${String(Math.min(...gaps))} of their own slots`),
    );
    assert.doesNotMatch(planOf(unevenRollouts(), wish).preview.warnings.join(' '), /own slots/);
  });

  it('of practice speaks of no estimates, and practice shows the judge after each item', () => {
    const { options, preview } = planOf(unevenRollouts(), { role: 'practice', design: { n: 8 } });
    assert.equal(options.reveal, 'after-item');
    assert.deepEqual([preview.halfWidths, preview.warnings], [null, []]);
  });
});
