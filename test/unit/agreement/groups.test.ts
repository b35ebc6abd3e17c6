import assert from 'node:assert/strict';
import { agreementMarkdown } from '../../../src/core/agreement/agreementMarkdown';
import { groupsOf, partsOf, type GroupValues } from '../../../src/core/agreement/grouping';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { tableOf, type TableRow } from './tables';

const scale = { min: 0, max: 10 };
const options = { thresholds: [5], categories: 'scale' as const, seed: 1, resamples: 100 };

describe('parts', () => {
  const named = (values: readonly GroupValues[]) => partsOf(values).map(({ value }) => value);

  it('stand in order: numbers by size, then texts by code units, then nothing', () => {
    const values = ['b', null, '10', 'B', '9', '-1.5', 'a10', 'a9', '10'];
    assert.deepEqual(named(values.map(value => [value])), ['-1.5', '9', '10', 'B', 'a10', 'a9', 'b', null]);
  });

  it('by two fields are those combinations that occur', () => {
    const parts = partsOf([
      ['x', '2'],
      ['x', '1'],
      [null, '1'],
      ['x', '2'],
      [null, null],
    ]);
    assert.deepEqual(parts, [
      { value: 'x, 1', places: [1] },
      { value: 'x, 2', places: [0, 3] },
      { value: '(none), 1', places: [2] },
      { value: null, places: [4] },
    ]);
  });
});

describe('a report by groups', () => {
  const rows: TableRow[] = Array.from({ length: 60 }, (_, index) => ({
    id: `r${String(index).padStart(3, '0')}`,
    ratings: [(index * 7) % 11, (index * 7 + (index % 4)) % 11, index % 9 === 0 ? null : (index * 3) % 11],
    cluster: `c${index % 20}`,
    weight: 1 + (index % 3),
  }));
  const table = tableOf(rows, { judges: 1, scale });
  const values = rows.map((_, index): GroupValues => [
    index % 5 === 0 ? null : index % 2 === 0 ? 'even' : 'odd',
  ]);
  const grouped = { ...table, groups: groupsOf(table, ['parity'], values) };
  const made = reportAgreement(grouped, options);

  it('gives each group what its units alone would give', () => {
    assert.deepEqual(
      made.groups?.map(({ by, value }) => [by, value]),
      [
        ['parity', 'even'],
        ['parity', 'odd'],
        ['parity', null],
      ],
    );
    made.groups?.forEach(({ value, pairs, overall }) => {
      const own = rows.filter((_, index) => values[index]?.[0] === value);
      const alone = reportAgreement(tableOf(own, { judges: 1, scale }), options);
      assert.deepEqual(
        pairs,
        alone.pairs.map(({ points: _, leftOut: __, ...pair }) => pair),
      );
      assert.deepEqual(overall, alone.overall);
    });
  });

  it('leaves the whole as it is', () => {
    const { groups, ...whole } = made;
    assert.equal(groups?.length, 3);
    assert.deepEqual(whole, reportAgreement(table, options));
  });

  it('leaves out and weighs as in the whole', () => {
    const marked = {
      ...table,
      columns: table.columns.map((column, index) =>
        index === 1
          ? {
              ...column,
              values: column.values.map((rating, unit) => (unit < 2 ? null : rating)),
              excluded: new Map([
                [0, 'stale' as const],
                [1, 'cannotAssess' as const],
              ]),
            }
          : column,
      ),
    };
    const { groups = [] } = reportAgreement(
      { ...marked, groups: groupsOf(marked, ['parity'], values) },
      options,
    );
    const excluded = (value: string | null) =>
      groups.find(group => group.value === value)?.pairs[0]?.excluded;
    assert.deepEqual([excluded(null)?.stale, excluded('odd')?.cannotAssess], [1, 1]);
    assert.equal(excluded('even')?.stale, 0);
  });

  it('counts in the categories of the whole', () => {
    const free = tableOf(
      [{ ratings: [1, 1] }, { ratings: [2, 1] }, { ratings: [9, 9] }, { ratings: [9, 3] }],
      { judges: 1 },
    );
    const groups = groupsOf(free, ['half'], [['x'], ['x'], ['y'], ['y']]);
    const own = reportAgreement({ ...free, groups }, { ...options, categories: 'observed' });
    for (const group of own.groups ?? [])
      assert.deepEqual(group.pairs[0]?.confusion?.categories, [1, 2, 3, 9]);
    // Quadratic weights by place in those four: steps of 1 in x, of 1 in y.
    assert.equal(own.groups?.[1]?.pairs[0]?.measures['cohenKappaQuadratic']?.value, 0);
  });

  it('stands in the Markdown under the name of each group', () => {
    const text = agreementMarkdown({ ...made, groups: made.groups?.slice(0, 1) ?? [] });
    assert.match(text, /\n# parity: even\n\n## rater-1 × rater-2\n/);
    assert.match(text, /The same is given for each parity alone\./);
  });
});
