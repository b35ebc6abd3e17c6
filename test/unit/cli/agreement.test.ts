import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgreementReport } from '../../../src/core/agreement/agreementReport';

/** The built command, beside the built tests. */
const cli = join(__dirname, '../../../cli.js');
const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-agreement-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string | Uint8Array, name = 'ratings.csv'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'agreement', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function json(...args: string[]): AgreementReport {
  const { status, stdout, stderr } = run(...args, '--json');
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  return JSON.parse(stdout) as AgreementReport;
}

/** 24 rows of a judge and two humans in 12 rollouts. */
const study = ['judge,h1,h2,rollout,w']
  .concat(
    Array.from({ length: 24 }, (_, index) =>
      [
        (index * 7) % 11,
        (index * 7 + (index % 3)) % 11,
        (index * 5) % 11,
        `r${index % 12}`,
        1 + (index % 2),
      ].join(','),
    ),
  )
  .join('\n');

describe('agreement --table', function () {
  this.timeout(20_000);

  it('reads judge and human columns and gives the report as JSON', () => {
    const report = json(
      '--table',
      fileOf(study),
      '--judge',
      'judge',
      '--human',
      'h1,h2',
      '--scale',
      '0:10',
      '--threshold',
      '5',
    );
    assert.deepEqual(report.scale, { min: 0, max: 10 });
    assert.deepEqual(
      report.pairs.map(({ a, b, n, clusters }) => [a, b, n, clusters]),
      [
        ['judge', 'h1', 24, 24],
        ['judge', 'h2', 24, 24],
        ['h1', 'h2', 24, 24],
      ],
    );
    assert.deepEqual(
      report.pairs[0]?.thresholds.map(({ cut }) => cut),
      [5],
    );
    assert.equal(report.overall?.n, 24);
    assert.deepEqual([report.seed, report.resamples, report.clusterBy], [1, 2000, 'row']);
    assert.deepEqual(report.source, { table: 'ratings.csv', rows: 24 });
  });

  it('holds all humans together in any case: nobody where there are fewer than two', () => {
    const { overall } = json('--table', fileOf(study), '--judge', 'judge', '--human', 'h1');
    assert.deepEqual(overall, { raters: [], n: 0, measures: {} });
  });

  it('takes few resamples where none are drawn', () => {
    const args = ['--table', fileOf(study), '--judge', 'judge', '--human', 'h1', '--resamples', '50'];
    assert.equal(json(...args).resamples, 50);
    assert.equal(run(...args, '--ci', 'bootstrap').status, 2);
  });

  it('takes clusters and weights from columns', () => {
    const [plain, weighted] = [[], ['--cluster', 'rollout', '--weight', 'w']].map(
      extra => json('--table', fileOf(study), '--judge', 'judge', '--human', 'h1', ...extra).pairs[0],
    );
    assert.equal(weighted?.clusters, 12);
    assert.notEqual(weighted?.measures['meanJudge']?.value, plain?.measures['meanJudge']?.value);
  });

  it('shuffled rows give the same bytes', () => {
    const [head, ...rows] = study.split('\n');
    const turned = [head, ...rows.reverse()].join('\n');
    const args = ['--judge', 'judge', '--human', 'h1,h2', '--weight', 'w', '--threshold', '3', '7', '--json'];
    const one = run('--table', fileOf(study), ...args).stdout;
    assert.equal(run('--table', fileOf(turned), ...args).stdout, one);
    assert.ok(one.length > 1000);
  });

  const tables: readonly (readonly [string, string])[] = [
    ['commas', 'a,b\n1,2\n3,4\n'],
    ['semicolons, CRLF and a byte order mark', '\uFEFFa;b\r\n1;2\r\n3;4\r\n'],
    ['tabs and no last newline', 'a\tb\n1\t2\n3\t4'],
    ['quoted fields with commas and newlines', '"a",text,b\n1,"one, or\ntwo",2\n3,"say ""x""",4\n'],
    ['blank lines', 'a,b\n\n1,2\n\n3,4\n\n'],
  ];
  for (const [what, text] of tables) {
    it(`reads ${what}`, () => {
      const [pair] = json('--table', fileOf(text), '--human', 'a,b').pairs;
      assert.deepEqual(
        pair?.points?.map(({ a, b }) => [a, b]),
        [
          [1, 2],
          [3, 4],
        ],
      );
    });
  }

  it('takes a column whose name holds a comma as it stands', () => {
    const report = json('--table', fileOf('"a,b",c\n1,2\n2,2\n'), '--human', 'a,b', 'c');
    assert.deepEqual([report.pairs[0]?.a, report.pairs[0]?.b], ['a,b', 'c']);
  });

  it('blanks, ., NA, NaN, null and #N/A are missing; scores off the scale are counted', () => {
    const text = 'a,b\n1,2\n,2\n.,2\nNA,2\nNaN,2\n#N/A,2\n11,2\nhigh,2\n-1,2\n3,3\n';
    const [pair] = json('--table', fileOf(text), '--judge', 'a', '--human', 'b', '--scale', '0:10').pairs;
    assert.deepEqual(pair?.excluded, { missing: 5, offScale: 3, judgeVisible: 0, cannotAssess: 0, stale: 0 });
    assert.equal(pair?.n, 2);
  });

  it('text labels give the nominal measures and say which text was met', () => {
    const report = json('--table', fileOf('a,b\ncalm,calm\ncross,calm\n1,1\n'), '--human', 'a,b');
    const { measures = {} } = report.overall ?? {};
    assert.ok(measures['krippendorffAlphaNominal'] && measures['exactAgreement']);
    for (const id of ['krippendorffAlphaOrdinal', 'krippendorffAlphaInterval', 'withinOneAgreement', 'iccA1'])
      assert.equal(measures[id], undefined, id);
    assert.match(report.notes[0] ?? '', /"calm"/);
  });

  it('--unit averages first, says so, and knows that means are no categories', () => {
    const text = 'q,a,b\nx,1,2\nx,2,2\ny,4,4\ny,8,99\nz,0,1\n';
    const report = json(
      '--table',
      fileOf(text),
      '--judge',
      'a',
      '--human',
      'b',
      '--unit',
      'q',
      '--scale',
      '0:10',
    );
    const [pair] = report.pairs;
    assert.deepEqual(pair?.points, [
      { unit: 'x', a: 1.5, b: 2 },
      { unit: 'y', a: 4, b: 4 },
      { unit: 'z', a: 0, b: 1 },
    ]);
    assert.equal(report.clusterBy, 'q');
    assert.match(
      report.notes.join(' '),
      /means over the rows of each q: 3 units from 5 rows\. 1 rating off the scale .* 1 row without a usable rating from both/,
    );
    assert.equal(pair?.measures['cohenKappa']?.value, null);
    assert.equal(pair?.measures['meanDifference']?.value, -0.5);
  });

  it('--unit of three columns averages each over its own rows, and says where they differ', () => {
    const text = 'q,a,b,c\nx,1,2,1\nx,3,,1\ny,4,4,4\ny,6,6,2\n';
    const report = json('--table', fileOf(text), '--human', 'a,b,c', '--unit', 'q', '--scale', '0:10');
    assert.deepEqual(
      report.pairs.map(({ points }) => points?.map(({ a, b }) => [a, b])),
      [
        [
          [2, 2],
          [5, 5],
        ],
        [
          [2, 1],
          [5, 3],
        ],
        [
          [2, 1],
          [5, 3],
        ],
      ],
    );
    assert.match(report.notes.join(' '), /In 1 unit the columns average different numbers of rows/);
  });

  it('--unit says how much of the agreement is averaging', () => {
    const noise = [3, -3, 2, -2];
    const rows = Array.from({ length: 24 }, (_, index) => {
      const level = 5 + (index % 6);
      const off = noise[Math.floor(index / 6)]!;
      return [`u${index % 6}`, level + off, level - off].join(',');
    });
    const file = fileOf(['q,a,b', ...rows].join('\n'));
    const { notes } = json('--table', file, '--human', 'a,b', '--unit', 'q');
    const [, means, single] =
      /a and b correlate at r = (−?\d\.\d{3}) over the units’ means, at r = (−?\d\.\d{3}) over the single rows/.exec(
        notes.join(' '),
      ) ?? [];
    const r = (text: string | undefined) => Number((text ?? '').replace('−', '-'));
    assert.equal(r(single).toFixed(3), measureOf(file).toFixed(3));
    assert.ok(r(means) === 1 && r(single) < 0, `${means} ${single}`);

    function measureOf(table: string): number {
      return json('--table', table, '--human', 'a,b').pairs[0]?.measures['pearsonR']?.value ?? NaN;
    }
  });

  it('--categories observed spaces the distinct ratings evenly', () => {
    const file = fileOf('a,b\n1,1\n1,3\n3,9\n9,9\n');
    const [scale, observed] = ['scale', 'observed'].map(
      categories => json('--table', file, '--human', 'a,b', '--categories', categories).pairs[0],
    );
    assert.deepEqual(observed?.confusion?.categories, [1, 3, 9]);
    assert.equal(scale?.confusion?.categories.length, 9);
    assert.notEqual(
      observed?.measures['cohenKappaQuadratic']?.value,
      scale?.measures['cohenKappaQuadratic']?.value,
    );
  });

  it('as text: one line a measure, none with an adjective', () => {
    const { status, stdout, stderr } = run(
      '--table',
      fileOf(study),
      '--judge',
      'judge',
      '--human',
      'h1',
      '--scale',
      '0:10',
      '--threshold',
      '5',
    );
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(
      stdout,
      /^Agreement on the scale 0 to 10\n\njudge \(a\) × h1 \(b\) {3}n = 24, 24 clusters \(row\)\n {2}left out: nothing\n/,
    );
    assert.match(
      stdout,
      /\n {2}Cohen κ, quadratic weights +−?\d\.\d{3} {2}\[−?\d\.\d{3}, −?\d\.\d{3}\] +cluster jackknife\n/,
    );
    assert.match(stdout, /\n {2}Score ≥ 5\n +b ≥ 5 +b < 5 +a = judge, b = h1\n +a ≥ 5 +\d+ +\d+\n/);
    assert.doesNotMatch(stdout, /perfect|substantial|moderate|slight|excellent|good|poor/i);
  });

  it('as Markdown: names from the file are text, not markup', () => {
    const file = fileOf('j|x,<h>\n1,2\n2,2\n');
    const { stdout } = run('--table', file, '--judge', 'j|x', '--human', '<h>', '--format', 'markdown');
    assert.match(stdout, /^## j\\\|x × \\<h\\>\n/);
    assert.match(stdout, /\n\| measure \| value \| 95% interval \| by \|\n/);
    assert.match(stdout, /\nMethods: agreement was computed on the observed range 1 to 2 /);
  });

  const refused: readonly (readonly [string, string | Uint8Array, readonly string[], RegExp])[] = [
    ['a column that is not there', 'a,b\n1,2\n', ['--human', 'a,c'], /no column "c"; the columns are a, b$/],
    ['a column that stands twice', 'a,a,b\n1,2,3\n', ['--human', 'a,b'], /the column "a" stands twice$/],
    ['an empty file', '', ['--human', 'a,b'], /the file is empty$/],
    ['bytes that are no UTF-8 text', new Uint8Array([97, 0, 44, 0]), ['--human', 'a,b'], /not UTF-8 text/],
    [
      'a row with too many fields',
      'a,b\n1,2\n1,2,3\n',
      ['--human', 'a,b'],
      /row 2 has 3 fields, the header 2/,
    ],
    ['an open quote', 'a,b\n1,"2\n', ['--human', 'a,b'], /quoted field/],
    [
      'a weight of 0',
      'a,b,w\n1,2,0\n',
      ['--human', 'a,b', '--weight', 'w'],
      /row 1: "0" in "w" is no positive weight$/,
    ],
    ['a blank cluster', 'a,b,c\n1,2,\n', ['--human', 'a,b', '--cluster', 'c'], /row 1: "c" is blank$/],
    [
      'an infinite score',
      'a,b\n1,2\n-Infinity,2\n',
      ['--human', 'a,b'],
      /row 2: "-Infinity" in "a" is no finite number$/,
    ],
    [
      'a score beyond all numbers',
      'a,b\n1,1e999\n',
      ['--human', 'a,b'],
      /row 1: "1e999" in "b" is no finite number$/,
    ],
    [
      'a column to group by that is not there',
      'a,b\n1,2\n',
      ['--human', 'a,b', '--group-by', 'c'],
      /no column "c"/,
    ],
    [
      'weights that differ in a unit',
      'a,b,u,w\n1,2,x,1\n1,2,x,2\n',
      ['--human', 'a,b', '--unit', 'u', '--weight', 'w'],
      /"w" differs between the rows of u "x"$/,
    ],
  ];
  for (const [what, text, args, sentence] of refused) {
    it(`refuses ${what}: exit 1, one sentence that names the file`, () => {
      const { status, stdout, stderr } = run('--table', fileOf(text), ...args, '--json');
      assert.deepEqual([status, stdout], [1, '']);
      assert.equal(stderr.trim().split('\n').length, 1);
      assert.ok(stderr.includes('ratings.csv'), stderr);
      assert.match(stderr.trim(), sentence);
    });
  }

  it('refuses a file that is not there', () => {
    const { status, stderr } = run('--table', join(folder, 'none.csv'), '--human', 'a,b');
    assert.equal(status, 1);
    assert.match(stderr, /none\.csv: cannot be read: there is no such file/);
  });

  const misused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no input', [], /name a rollout file or a --table/],
    ['both inputs', ['run.jsonl', '--table', 'x.csv'], /name a rollout file or a --table/],
    ['no human', ['--table', 'x.csv', '--judge', 'a'], /--table needs --human/],
    ['a file without criterion', ['run.jsonl'], /needs --criterion/],
    [
      '--criterion with a table',
      ['--table', 'x.csv', '--human', 'a,b', '--criterion', 'c'],
      /--criterion goes with a rollout file/,
    ],
    [
      '--scale with a rollout file',
      ['run.jsonl', '--criterion', 'c', '--scale', '0:10'],
      /--scale goes with --table/,
    ],
    [
      'a scale upside down',
      ['--table', 'x.csv', '--human', 'a,b', '--scale', '10:0'],
      /two integers, the lower first/,
    ],
    [
      'a threshold that is no number',
      ['--table', 'x.csv', '--human', 'a,b', '--threshold', 'high'],
      /It is a number/,
    ],
    ['an unknown option', ['--tabel', 'x.csv'], /unknown option '--tabel'/],
    [
      'an interval that there is not',
      ['--table', 'x.csv', '--human', 'a,b', '--ci', 'bayes'],
      /It is jackknife, bootstrap or bca/,
    ],
    [
      'too few resamples',
      ['--table', 'x.csv', '--human', 'a,b', '--ci', 'bca', '--resamples', '10'],
      /--resamples 10 are too few for --ci bca: 100 or more/,
    ],
    ['no resamples', ['--table', 'x.csv', '--human', 'a,b', '--resamples', '0'], /It is 1 to 1000000/],
    [
      '--target file without a subset',
      ['--table', 'x.csv', '--human', 'a,b', '--target', 'file'],
      /--target file goes with --subset/,
    ],
    [
      '--target file with a bootstrap',
      ['run.jsonl', '--criterion', 'c', '--subset', 'v', '--target', 'file', '--ci', 'bca'],
      /--target file has its own intervals/,
    ],
    [
      'a grouping without a name',
      ['--table', 'x.csv', '--human', 'a,b', '--group-by', 'a,'],
      /It is a field, or several with commas/,
    ],
  ];
  for (const [what, args, sentence] of misused) {
    it(`${what} is bad usage: exit 2, one sentence`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.equal(stderr.trim().split('\n').length, 1);
      assert.match(stderr, sentence);
    });
  }

  it('one column alone, or one asked for twice, is bad usage', () => {
    const file = fileOf('a,b\n1,2\n');
    for (const human of ['a', 'a,a']) assert.equal(run('--table', file, '--human', human).status, 2);
  });

  it('--help promises only what there is', () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    for (const option of [
      '--table',
      '--human',
      '--unit',
      '--categories',
      '--ci',
      '--target',
      '--group-by',
      '--json',
    ])
      assert.ok(stdout.includes(option));
    // By name only: it takes the items of a rollout as independent.
    assert.doesNotMatch(stdout, /item-bootstrap/);
  });
});
