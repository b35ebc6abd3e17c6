import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgreementReport } from '../../../src/core/agreement/agreementReport';

/** The built command, beside the built tests. */
const cli = join(__dirname, '../../../cli.js');
const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-groups-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function output(text: string, ...args: string[]): string {
  const file = join(folder, 'ratings.csv');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'agreement', '--table', file, ...args],
    { encoding: 'utf8', maxBuffer: 1e8 },
  );
  assert.deepEqual([status, stderr], [0, '']);
  return stdout;
}

const json = (text: string, ...args: string[]): AgreementReport =>
  JSON.parse(output(text, ...args, '--json')) as AgreementReport;

/** 48 rows of a judge and a human, of two conditions and three raters' moods, in 16 rollouts. */
const rows = Array.from({ length: 48 }, (_, index) =>
  [
    (index * 7) % 11,
    (index * 7 + (index % 3)) % 11,
    `r${index % 16}`,
    index % 4 === 3 ? '' : index % 2 === 0 ? 'baseline' : 'bct',
    index % 3,
  ].join(','),
);
const head = 'judge,h,rollout,condition,k';
const study = [head, ...rows].join('\n');
const sides = ['--judge', 'judge', '--human', 'h', '--scale', '0:10'];

describe('agreement --group-by', function () {
  this.timeout(60_000);

  it('gives the report of each value beside the whole', () => {
    const report = json(study, ...sides, '--cluster', 'rollout', '--group-by', 'condition');
    assert.deepEqual(
      report.groups?.map(({ by, value, pairs }) => [by, value, pairs[0]?.n]),
      [
        ['condition', 'baseline', 24],
        ['condition', 'bct', 12],
        ['condition', null, 12],
      ],
    );
    assert.equal(report.pairs[0]?.n, 48);
    const alone = [head, ...rows.filter(row => row.includes('baseline'))].join('\n');
    const { points, ...expected } = json(alone, ...sides, '--cluster', 'rollout').pairs[0]!;
    assert.equal(points?.length, 24);
    assert.deepEqual(report.groups?.[0]?.pairs[0], expected);
  });

  it('by two columns takes their combinations; given twice, one after the other', () => {
    const combined = json(study, ...sides, '--group-by', 'condition,k');
    assert.deepEqual(
      combined.groups?.map(({ by, value }) => `${by}: ${value}`),
      [
        'condition, k: baseline, 0',
        'condition, k: baseline, 1',
        'condition, k: baseline, 2',
        'condition, k: bct, 0',
        'condition, k: bct, 1',
        'condition, k: bct, 2',
        'condition, k: (none), 0',
        'condition, k: (none), 1',
        'condition, k: (none), 2',
      ],
    );
    const both = json(study, ...sides, '--group-by', 'k', '--group-by', 'condition');
    assert.deepEqual(
      both.groups?.map(({ by, value }) => `${by}: ${value}`),
      ['k: 0', 'k: 1', 'k: 2', 'condition: baseline', 'condition: bct', 'condition: null'],
    );
  });

  it('averages units within each group', () => {
    const text = [
      'attribute,source,judge,h',
      ...['clarity', 'depth'].flatMap((attribute, at) =>
        ['x', 'y', 'z'].flatMap((source, of) =>
          [0, 1].map(copy => [attribute, source, at + of + copy, at + 2 * of].join(',')),
        ),
      ),
    ].join('\n');
    const report = json(
      text,
      '--judge',
      'judge',
      '--human',
      'h',
      '--unit',
      'source',
      '--group-by',
      'attribute',
    );
    assert.equal(report.pairs[0]?.n, 3);
    assert.deepEqual(
      report.groups?.map(({ value, pairs }) => [
        value,
        pairs[0]?.n,
        pairs[0]?.measures['meanDifference']?.value,
      ]),
      [
        ['clarity', 3, -0.5],
        ['depth', 3, -0.5],
      ],
    );
  });

  it('stands in text and Markdown, and in the methods', () => {
    const text = output(study, ...sides, '--group-by', 'condition');
    assert.match(text, /\ncondition: baseline\n={19}\n\njudge \(a\) × h \(b\) {3}n = 24/);
    assert.match(
      text,
      /\nMethods: agreement was computed on the scale 0 to 10 by Rollout Annotator \d+\.\d+\.\d+ on/,
    );
    assert.ok(
      text
        .split('\n')
        .filter(line => line.startsWith('Methods'))
        .every(line => line.length <= 100),
    );
    const markdown = output(study, ...sides, '--group-by', 'condition', '--format', 'markdown');
    assert.match(markdown, /\n# condition: \(none\)\n/);
  });
});

describe('the same rows in any order', function () {
  this.timeout(60_000);

  it('give the same bytes, whatever the intervals and the groups', () => {
    const turned = [head, ...rows.toReversed()].join('\n');
    for (const ci of ['jackknife', 'bootstrap', 'bca', 'item-bootstrap']) {
      const args = [...sides, '--group-by', 'condition', '--ci', ci, '--resamples', '300', '--json'];
      assert.equal(output(turned, ...args), output(study, ...args), ci);
    }
  });

  it('which differ in their group alone, too', () => {
    const twins = ['a,b,g', '1,2,x', '1,2,y', '3,3,x', '1,2,x'];
    const args = ['--human', 'a,b', '--group-by', 'g', '--json'];
    assert.equal(
      output([twins[0], ...twins.slice(1).reverse()].join('\n'), ...args),
      output(twins.join('\n'), ...args),
    );
  });
});

describe('--ci', function () {
  this.timeout(60_000);

  it('makes bootstrap intervals, with resamples and seed in the report', () => {
    const args = [...sides, '--cluster', 'rollout', '--ci', 'bootstrap', '--resamples', '400', '--seed', '9'];
    const report = json(study, ...args);
    assert.deepEqual([report.ci, report.resamples, report.seed], ['bootstrap', 400, 9]);
    assert.equal(
      report.pairs[0]?.measures['meanDifference']?.method,
      'expanded percentile bootstrap of whole clusters, 400 resamples, seed 9',
    );
    assert.match(output(study, ...args), /400\s+resamples, seed 9\./);
  });

  it('takes the item bootstrap by its name', () => {
    const report = json(
      study,
      ...sides,
      '--cluster',
      'rollout',
      '--ci',
      'item-bootstrap',
      '--resamples',
      '200',
    );
    assert.match(report.pairs[0]?.measures['cohenKappa']?.method ?? '', /single items/);
  });
});
