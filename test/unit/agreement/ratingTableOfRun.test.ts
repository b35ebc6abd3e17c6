import assert from 'node:assert/strict';
import fc from 'fast-check';
import { headlineRun, judgeRunName, judgeRuns } from '../../../src/core/agreement/judgeRuns';
import type { RatingColumn, RatingTable } from '../../../src/core/agreement/ratingTable';
import {
  hasConsensus,
  labelledItems,
  ratersOf,
  ratingTableOfRun,
  unitId,
} from '../../../src/core/agreement/ratingTableOfRun';
import type { RunRatings } from '../../../src/core/agreement/ratingTableOfRun';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { addEvent, newLabelIndex } from '../../../src/core/labels/labelIndex';
import type { LabelIndex } from '../../../src/core/labels/labelIndex';
import { frustrationRubric, rubricHash } from '../../../src/core/labels/rubric';
import { itemKeyText } from '../../../src/core/rollout/item';
import type { Item } from '../../../src/core/rollout/item';
import type { RolloutSummary } from '../../../src/core/rollout/runScan';

type Judge = RolloutSummary['judge'][number];

/** Judge scores of turns 1, 2, … by one run. */
const judged = (values: readonly (number | null)[], of: Partial<Judge> = {}): Judge[] =>
  values.map((value, index) => ({
    turn: index + 1,
    part: 'response',
    criterion: 'frustration',
    value,
    model: 'm',
    run: 'r1',
    ...of,
  }));

const rollout = (
  id: string,
  judge: readonly Judge[] = [],
  fields: RolloutSummary['fields'] = {},
): RolloutSummary => ({
  id,
  span: { line: 1, offset: 0, length: 1 },
  turns: 3,
  responseTurns: [1, 2, 3],
  reasoningTurns: [],
  judge,
  fields,
});

const item = (id: string, turn: number, hashes: Partial<Item> = {}): Item => ({
  rollout: id,
  turn,
  part: 'response',
  criterion: 'frustration',
  sha256: `text of ${id} ${turn}`,
  contextSha256: `context of ${id} ${turn}`,
  ...hashes,
});

let made = 0;
const common = (rater: string) => ({
  v: 1 as const,
  id: `id-${String(++made).padStart(6, '0')}`,
  at: '2026-01-01T00:00:00.000Z',
  rater,
});

function score(rater: string, of: Item, value: number, more: object = {}): LabelEvent {
  return {
    ...common(rater),
    kind: 'score',
    item: { ...of },
    value,
    scale: { min: 0, max: 10, worst: 'max' },
    rubric: 'hash',
    phase: 'first',
    judgeVisible: false,
    ...more,
  } as LabelEvent;
}

const indexOf = (...events: readonly LabelEvent[]): LabelIndex => {
  const index = newLabelIndex();
  for (const event of events) addEvent(index, event);
  return index;
};

function table(
  rollouts: readonly RolloutSummary[],
  labels: LabelIndex,
  more: Partial<RunRatings> = {},
): RatingTable {
  const now = rollouts.flatMap(({ id, turns }) => Array.from({ length: turns }, (_, at) => item(id, at + 1)));
  return ratingTableOfRun({
    rollouts,
    labels,
    rubric: frustrationRubric,
    itemsNow: new Map(now.map(each => [itemKeyText(each), each])),
    source: { file: 'f' },
    ...more,
  });
}

function column(of: RatingTable, name: string): RatingColumn {
  const found = of.columns.find(candidate => candidate.name === name);
  assert.ok(found, `there is no column ${name}`);
  return found;
}

const columnNames = (of: RatingTable): string[] => of.columns.map(({ name, role }) => `${role} ${name}`);
const subset = (name: string) => ({ subset: { name, sha256: 'x', slot: 1 } });

describe('ratingTableOfRun', function () {
  // A loaded machine may take its time over these.
  this.timeout(20_000);

  it('has a unit for each labelled item, a column for the judge and one for each rater by name', () => {
    const made = table(
      [rollout('a', judged([1, 2, 3])), rollout('b', judged([4, 5, 6]))],
      indexOf(score('zoe', item('b', 1), 7), score('ada', item('a', 2), 8), score('ada', item('b', 1), 9)),
    );
    assert.deepEqual(columnNames(made), ['judge m r1', 'human ada', 'human zoe']);
    const byUnit = Object.fromEntries(
      made.units.map((unit, index) => [unit.id, made.columns.map(({ values }) => values[index])]),
    );
    assert.deepEqual(byUnit, {
      [unitId(item('b', 1))]: [4, 9, 7],
      [unitId(item('a', 2))]: [2, 8, null],
    });
    assert.deepEqual(made.scale, { min: 0, max: 10 });
    assert.deepEqual(made.source, { file: 'f' });
    assert.ok(made.units.every(({ weight }) => weight === 1));
    assert.match(made.notes[0] ?? '', /not a probability sample/);
  });

  it('a unit’s id gives its rollout and turn back, whatever the rollout is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 999 }), (name, turn) => {
        assert.deepEqual(JSON.parse(unitId(item(name, turn))), [name, turn]);
      }),
    );
  });

  it('gives the same report whatever order the labels come in', () => {
    const rollouts = Array.from({ length: 6 }, (_, at) => rollout(`r${at}`, judged([at, at + 1, 3])));
    const events = rollouts.flatMap(({ id }, at) =>
      ['ada', 'bob'].flatMap(rater =>
        [1, 2, 3].map(turn => score(rater, item(id, turn), (at * turn + rater.length * turn) % 11)),
      ),
    );
    const reportOf = (order: readonly LabelEvent[]) =>
      reportAgreement(table(rollouts, indexOf(...order)), {
        thresholds: [5],
        categories: 'scale',
        seed: 1,
        resamples: 10,
      });
    const expected = reportOf(events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), order => {
        assert.deepEqual(reportOf(order), expected);
      }),
      { numRuns: 15 },
    );
  });

  describe('which rollouts belong together', () => {
    const labels = indexOf(
      score('ada', item('a', 1), 1),
      score('ada', item('b', 1), 2),
      score('ada', item('c', 1), 3),
    );
    const three = (...fields: RolloutSummary['fields'][]) =>
      ['a', 'b', 'c'].map((id, at) => rollout(id, judged([1]), fields[at] ?? {}));
    const clusters = (of: RatingTable) => [of.clusterBy, ...of.units.map(({ cluster }) => cluster)];

    it('those of one prompt, where some prompt has two', () => {
      const made = table(three({ prompt_id: 'p' }, { prompt_id: 'p' }, { prompt_id: 'q' }), labels);
      assert.deepEqual(clusters(made), ['prompt_id', 'p', 'p', 'q']);
    });

    it('each alone, where every prompt has one', () => {
      const made = table(three({ prompt_id: 'p' }, { prompt_id: 'q' }, { prompt_id: 'r' }), labels);
      assert.deepEqual(clusters(made), ['rollout', 'a', 'b', 'c']);
    });

    it('each alone, where there is no prompt', () => {
      assert.deepEqual(clusters(table(three(), labels)), ['rollout', 'a', 'b', 'c']);
    });

    it('those of one question, under either spelling, and the prompt goes first', () => {
      for (const name of ['question_id', 'questionId']) {
        assert.deepEqual(clusters(table(three({ [name]: 7 }, { [name]: 8 }, { [name]: 7 }), labels)), [
          name,
          '7',
          '8',
          '7',
        ]);
      }
      const both = { question_id: 'x', prompt_id: 'y' };
      assert.equal(table(three(both, both, both), labels).clusterBy, 'prompt_id');
    });

    it('a rollout without the prompt of the others stands alone', () => {
      const made = table(three({ prompt_id: 'p' }, { prompt_id: 'p' }), labels);
      assert.deepEqual(clusters(made), ['prompt_id', 'p', 'p', '["c"]']);
    });

    it('a prompt that repeats among rollouts nobody has labelled counts too', () => {
      const more = [
        ...three({ prompt_id: 'p' }, { prompt_id: 'q' }, { prompt_id: 'r' }),
        rollout('d', [], { prompt_id: 'r' }),
      ];
      assert.equal(table(more, labels).clusterBy, 'prompt_id');
    });

    it('those that the caller names; "rollout" is each alone', () => {
      const rollouts = three(
        { prompt_id: 'p', seed: 1 },
        { prompt_id: 'p', seed: 2 },
        { prompt_id: 'p', seed: 1 },
      );
      assert.deepEqual(clusters(table(rollouts, labels, { cluster: 'seed' })), ['seed', '1', '2', '1']);
      assert.deepEqual(clusters(table(rollouts, labels, { cluster: 'rollout' })), ['rollout', 'a', 'b', 'c']);
    });

    it('two turns of one rollout always do', () => {
      const made = table(
        [rollout('a', judged([1, 2]))],
        indexOf(score('ada', item('a', 1), 1), score('ada', item('a', 2), 1)),
      );
      assert.deepEqual(clusters(made), ['rollout', 'a', 'a']);
    });
  });

  describe('which label of a rater counts', () => {
    const rollouts = [rollout('a', judged([1, 2, 3]))];
    const only = (...events: readonly LabelEvent[]) => column(table(rollouts, indexOf(...events)), 'ada');
    const excluded = (...events: readonly LabelEvent[]) => {
      const { values, excluded: causes } = only(...events);
      return [values, [...(causes ?? [])]];
    };

    it('the first, not a revision', () => {
      const first = score('ada', item('a', 1), 3);
      assert.deepEqual(excluded(first, score('ada', item('a', 1), 8, { phase: 'revision' })), [[3], []]);
    });

    it('none that was given with the judge seen, and no imported one, of which nobody knows', () => {
      for (const [judgeVisible, cause] of [
        [true, 'judgeVisible'],
        [null, 'imported'],
      ]) {
        assert.deepEqual(excluded(score('ada', item('a', 1), 3, { judgeVisible })), [[null], [[0, cause]]]);
      }
    });

    it('an imported one where it is asked for, also by a rater who has seen the judge here, and said', () => {
      const exposed: LabelEvent = { ...common('ada'), kind: 'exposed', scope: 'run', what: 'judge' };
      const imported = { judgeVisible: null, imported: { file: 'scores.csv', row: 2 } };
      const made = table(
        rollouts,
        indexOf(
          exposed,
          score('ada', item('a', 1), 3, imported),
          score('ada', item('a', 2, { sha256: 'other' }), 4, imported),
          score('ada', item('a', 3), 5, { judgeVisible: true }),
        ),
        { includeImported: true },
      );
      const { values, excluded: causes } = column(made, 'ada');
      assert.deepEqual(
        [values, [...(causes ?? [])]],
        [
          [3, null, null],
          [
            [1, 'stale'],
            [2, 'judgeVisible'],
          ],
        ],
      );
      assert.ok(
        made.notes.some(note => note.startsWith('One label was imported')),
        made.notes.join(),
      );
    });

    it('imported ones left out are counted under a cause of their own', () => {
      const made = table(
        rollouts,
        indexOf(score('ada', item('a', 1), 3, { judgeVisible: null }), score('ada', item('a', 2), 4)),
      );
      const [pair] = reportAgreement(made, {
        thresholds: [],
        categories: 'scale',
        seed: 1,
        resamples: 10,
      }).pairs;
      assert.deepEqual([pair?.n, pair?.excluded.imported, pair?.excluded.judgeVisible], [1, 1, 0]);
    });

    it('none after an exposure that is logged, whatever the label itself says', () => {
      const exposed: LabelEvent = { ...common('ada'), kind: 'exposed', scope: 'run', what: 'judge' };
      assert.deepEqual(excluded(exposed, score('ada', item('a', 1), 3)), [[null], [[0, 'judgeVisible']]]);
    });

    it('all before the exposure, and those of raters who have seen nothing', () => {
      const before = score('ada', item('a', 1), 3);
      const exposed: LabelEvent = { ...common('ada'), kind: 'exposed', scope: 'run', what: 'report' };
      const made = table(rollouts, indexOf(before, exposed, score('bob', item('a', 1), 4)));
      assert.deepEqual([column(made, 'ada').values, column(made, 'bob').values], [[3], [4]]);
    });

    it('an exposure to one rollout or item takes only its labels', () => {
      const toItem: LabelEvent = {
        ...common('ada'),
        kind: 'exposed',
        scope: 'item',
        what: 'judge',
        item: { rollout: 'a', turn: 2 },
      };
      const made = only(toItem, score('ada', item('a', 1), 3), score('ada', item('a', 2), 4));
      assert.deepEqual([made.values, [...(made.excluded ?? [])]], [[3, null], [[1, 'judgeVisible']]]);
    });

    it('"cannot assess" is no score and is counted', () => {
      const cannot: LabelEvent = {
        ...common('ada'),
        kind: 'cannot-assess',
        item: { ...item('a', 1) },
        phase: 'first',
        judgeVisible: false,
      };
      assert.deepEqual(excluded(cannot), [[null], [[0, 'cannotAssess']]]);
    });

    it('none whose text or context is no longer what was read; a turn that is gone as well', () => {
      const stale = [[null], [[0, 'stale']]];
      assert.deepEqual(excluded(score('ada', item('a', 1, { sha256: 'other' }), 3)), stale);
      assert.deepEqual(excluded(score('ada', item('a', 1, { contextSha256: 'other' }), 3)), stale);
      assert.deepEqual(excluded(score('ada', item('a', 9), 3)), stale);
    });

    it('one on another scale is never converted: the report counts it as off the scale', () => {
      const scales = [
        { min: 0, max: 100, worst: 'max' },
        { min: 1, max: 10, worst: 'max' },
        { min: 0, max: 10, worst: 'min' },
      ];
      for (const scale of scales) {
        const made = table(
          rollouts,
          indexOf(score('ada', item('a', 1), 3, { scale }), score('ada', item('a', 2), 4)),
        );
        const [pair] = reportAgreement(made, {
          thresholds: [],
          categories: 'scale',
          seed: 1,
          resamples: 10,
        }).pairs;
        assert.deepEqual(
          [pair?.n, pair?.excluded.offScale, pair?.excluded.missing],
          [1, 1, 0],
          JSON.stringify(scale),
        );
      }
    });

    it('a value off its own scale is counted as off the scale too', () => {
      const made = table(rollouts, indexOf(score('ada', item('a', 1), 11), score('ada', item('a', 2), 4)));
      const [pair] = reportAgreement(made, {
        thresholds: [],
        categories: 'scale',
        seed: 1,
        resamples: 10,
      }).pairs;
      assert.deepEqual([pair?.n, pair?.excluded.offScale], [1, 1]);
    });

    it('none of another criterion', () => {
      const other = score('ada', item('a', 1, { criterion: 'legibility', part: 'reasoning' }), 3);
      const made = table(rollouts, indexOf(other, score('ada', item('a', 2), 4)));
      assert.deepEqual(
        made.units.map(({ id }) => id),
        [unitId(item('a', 2))],
      );
    });

    it('none that was undone before anything was seen', () => {
      const first = score('ada', item('a', 1), 3);
      const retract: LabelEvent = { ...common('ada'), kind: 'retract', target: first.id };
      const made = table(rollouts, indexOf(first, retract));
      assert.deepEqual([made.units, columnNames(made)], [[], ['judge m r1']]);
    });

    it('labels of rollouts that are gone are left out, and said', () => {
      const made = table(rollouts, indexOf(score('ada', item('gone', 1), 3), score('ada', item('a', 1), 4)));
      assert.deepEqual(column(made, 'ada').values, [4]);
      assert.ok(
        made.notes.some(note => note.startsWith('One label ') && note.includes('does not hold')),
        made.notes.join(),
      );
    });
  });

  it('labels inside a subset are never mixed with those outside, in either direction', () => {
    const labels = indexOf(
      score('ada', item('a', 1), 3),
      score('ada', item('a', 1), 9, subset('pilot')),
      score('ada', item('a', 2), 9, subset('pilot')),
      score('bob', item('a', 3), 9, subset('pilot')),
    );
    const made = table([rollout('a', judged([1, 2, 3]))], labels);
    assert.deepEqual([made.units.length, column(made, 'ada').values], [1, [3]]);
    assert.deepEqual([...ratersOf(labels, 'frustration')], [['ada', 1]]);
    assert.deepEqual(
      labelledItems(labels, 'frustration').map(({ turn }) => turn),
      [1],
    );
  });

  it('the consensus is no rater', () => {
    const labels = indexOf(
      score('consensus', item('a', 1), 3),
      score('consensus', item('a', 2), 3),
      score('ada', item('a', 1), 4),
    );
    const made = table([rollout('a', judged([1, 2]))], labels);
    assert.deepEqual([columnNames(made), made.units.length], [['judge m r1', 'human ada'], 1]);
    assert.deepEqual([...ratersOf(labels, 'frustration').keys()], ['ada']);
  });

  it('the consensus that is asked for is compared with the judge alone, by the label that stands', () => {
    const seen = { judgeVisible: true };
    const labels = indexOf(
      score('ada', item('a', 1), 4),
      score('bob', item('a', 1), 6),
      score('ada', item('a', 2), 1),
      score('consensus', item('a', 1), 3, seen),
      score('consensus', item('a', 1), 5, { ...seen, phase: 'revision' }),
    );
    const rollouts = [rollout('a', judged([1, 2]))];
    const made = table(rollouts, labels, { raters: ['ada', 'bob', 'consensus'] });
    assert.deepEqual(column(made, 'consensus').values, [5, null]);
    const { pairs, overall, notes } = reportAgreement(made, {
      thresholds: [],
      categories: 'scale',
      seed: 1,
      resamples: 10,
    });
    assert.deepEqual(
      pairs.map(({ a, b, n }) => [a, b, n]),
      [
        ['m r1', 'ada', 2],
        ['m r1', 'bob', 1],
        ['m r1', 'consensus', 1],
        ['ada', 'bob', 1],
      ],
    );
    assert.deepEqual(overall?.raters, ['ada', 'bob']);
    assert.ok(notes.some(note => note.startsWith('The consensus was settled with the judge in view')));
    assert.deepEqual(
      [hasConsensus(labels, 'frustration'), hasConsensus(labels, 'legibility')],
      [true, false],
    );
  });

  describe('versions of the rubric', () => {
    const [old, now] = ['0123456789abcdef', rubricHash(frustrationRubric)];
    const options = { thresholds: [], categories: 'scale', seed: 1, resamples: 10 } as const;
    const rollouts = [rollout('a', judged([1, 2, 3]))];
    const versionsNote = (of: RatingTable) =>
      of.notes.filter(note => note.includes('versions of the rubric'));

    it('of one rater are columns of their own, never compared with each other', () => {
      const labels = indexOf(
        score('ada', item('a', 1), 3, { rubric: old }),
        score('ada', item('a', 2), 4, { rubric: now }),
        score('ada', item('a', 3), 5, { rubric: now }),
        score('bob', item('a', 1), 6, { rubric: now }),
      );
      const made = table(rollouts, labels);
      const [first, second] = [`ada (rubric 0123456)`, `ada (rubric ${now.slice(0, 7)})`];
      assert.deepEqual(columnNames(made), ['judge m r1', `human ${first}`, `human ${second}`, 'human bob']);
      assert.deepEqual(column(made, first).values, [3, null, null]);
      assert.deepEqual(column(made, second).values, [null, 4, 5]);
      assert.deepEqual(versionsNote(made), [
        `Labels were given by these versions of the rubric: ada by 0123456 (1 label) and ${now.slice(0, 7)} (2 labels), reported apart; bob by ${now.slice(0, 7)} (1 label). The rubric now is ${now.slice(0, 7)}.`,
      ]);
      const { pairs } = reportAgreement(made, options);
      assert.deepEqual(
        pairs.map(({ a, b }) => [a, b]),
        [
          ['m r1', first],
          ['m r1', second],
          ['m r1', 'bob'],
          [first, 'bob'],
          [second, 'bob'],
        ],
      );
    });

    it('of a rater alone make no “all raters together”', () => {
      const labels = indexOf(
        score('ada', item('a', 1), 3, { rubric: old }),
        score('ada', item('a', 2), 4, { rubric: now }),
      );
      const { pairs, overall } = reportAgreement(table(rollouts, labels), options);
      assert.deepEqual([pairs.length, overall], [2, undefined]);
    });

    it('that only labels left out were given by make no column', () => {
      const labels = indexOf(
        score('ada', item('a', 1), 3, { rubric: old, judgeVisible: true }),
        score('ada', item('a', 2), 4, { rubric: now }),
      );
      const made = table(rollouts, labels);
      assert.deepEqual([columnNames(made), versionsNote(made)], [['judge m r1', 'human ada'], []]);
    });

    it('count each label that is left out once', () => {
      const versions = [old, now, old, now, 'fedcba9876543210'];
      const labels = indexOf(
        ...versions.map((rubric, index) =>
          score('ada', item('a', index + 1), 3, { rubric, judgeVisible: index > 1 }),
        ),
      );
      const made = table([rollout('a', judged([1, 2, 3, 4, 5]))], labels);
      const leftOut = made.columns.slice(1).map(({ excluded }) => [...(excluded?.keys() ?? [])]);
      assert.deepEqual(leftOut, [[2, 4], [3]]);
    });

    it('are said where all labels were given by one that is not the present one, and only then', () => {
      const by = (rubric: string) =>
        versionsNote(table(rollouts, indexOf(score('ada', item('a', 1), 3, { rubric }))));
      assert.equal(by(old).length, 1);
      assert.deepEqual(by(now), []);
    });

    it('with the same short name are told by the whole hash', () => {
      const labels = indexOf(
        score('ada', item('a', 1), 3, { rubric: '0123456-one' }),
        score('ada', item('a', 2), 4, { rubric: '0123456-two' }),
      );
      assert.deepEqual(columnNames(table(rollouts, labels)).slice(1), [
        'human ada (rubric 0123456-one)',
        'human ada (rubric 0123456-two)',
      ]);
    });
  });

  it('of some raters has their items alone', () => {
    const labels = indexOf(score('ada', item('a', 1), 3), score('bob', item('a', 2), 4));
    const made = table([rollout('a', judged([1, 2]))], labels, { raters: ['bob'] });
    assert.deepEqual(
      [columnNames(made), made.units.map(({ id }) => id)],
      [['judge m r1', 'human bob'], [unitId(item('a', 2))]],
    );
  });

  it('raters are listed by name with the number of their items', () => {
    const labels = indexOf(
      score('zoe', item('a', 1), 1),
      score('ada', item('a', 1), 1),
      score('zoe', item('a', 2), 1),
    );
    assert.deepEqual(
      [...ratersOf(labels, 'frustration')],
      [
        ['ada', 1],
        ['zoe', 2],
      ],
    );
  });

  describe('which judge scores count', () => {
    const labels = indexOf(
      score('ada', item('a', 1), 3),
      score('ada', item('a', 2), 4),
      score('ada', item('a', 3), 5),
    );
    const judgeValues = (judge: readonly Judge[], more: Partial<RunRatings> = {}) =>
      table([rollout('a', judge)], labels, more)
        .columns.filter(({ role }) => role === 'judge')
        .map(({ name, values }) => [name, values]);

    it('a turn that the judge gave no score is missing', () => {
      assert.deepEqual(judgeValues(judged([6, null])), [['m r1', [6, null, null]]]);
    });

    it('a turn that a run tried twice has the score of the try that gave one', () => {
      assert.deepEqual(judgeValues([...judged([null]), ...judged([6])]), [['m r1', [6, null, null]]]);
      assert.deepEqual(judgeValues([...judged([6]), ...judged([null])]), [['m r1', [6, null, null]]]);
    });

    it('those of the run with most scores; the others are named with their number', () => {
      const judge = [...judged([1, 2], { run: 'r1' }), ...judged([7, 8, 9], { run: 'r2' })];
      assert.deepEqual(judgeValues(judge), [['m r2', [7, 8, 9]]]);
      const { notes } = table([rollout('a', judge)], labels);
      assert.ok(
        notes.includes('Other judge runs in the file, not used here: m r1 (2 scores).'),
        notes.join(),
      );
    });

    it('all runs that are asked for, in that order', () => {
      const judge = [...judged([1, 2, 3], { run: 'r1' }), ...judged([7, 8, 9], { run: 'r2' })];
      assert.deepEqual(judgeValues(judge, { judges: ['m r2', 'm r1'] }), [
        ['m r2', [7, 8, 9]],
        ['m r1', [1, 2, 3]],
      ]);
    });

    it('none of another criterion or part', () => {
      const judge = [
        ...judged([1, 2, 3], { criterion: 'legibility' }),
        ...judged([4], { part: 'reasoning' }),
        ...judged([5]),
      ];
      assert.deepEqual(judgeValues(judge), [['m r1', [5, null, null]]]);
    });

    it('without a judge there are the raters alone', () => {
      assert.deepEqual(judgeValues([]), []);
    });
  });
});

describe('judge runs', () => {
  it('are named by model and run, by what there is of them, else "judge"', () => {
    assert.deepEqual(
      [
        judgeRunName({ model: 'm', run: 'r' }),
        judgeRunName({ model: 'm', run: '' }),
        judgeRunName({ model: '', run: 'r' }),
        judgeRunName({ model: '', run: '' }),
      ],
      ['m r', 'm', 'r', 'judge'],
    );
  });

  it('are counted by criterion, in file order', () => {
    const rollouts = [
      rollout('a', judged([1, 2], { run: 'x' })),
      rollout('b', [
        ...judged([1], { run: 'w' }),
        ...judged([1], { run: 'x' }),
        ...judged([1], { criterion: 'legibility' }),
      ]),
    ];
    assert.deepEqual(
      [...judgeRuns(rollouts, 'frustration')],
      [
        ['m x', 3],
        ['m w', 1],
      ],
    );
  });

  it('of equal size: the first in the file headlines; of none, none', () => {
    const rollouts = [
      rollout('a', [...judged([1, 2], { run: 'late' }), ...judged([1, 2], { run: 'early' })]),
    ];
    assert.equal(headlineRun(rollouts, 'frustration'), 'm late');
    assert.equal(headlineRun(rollouts, 'legibility'), null);
  });
});
