import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgreementReport } from '../../../src/core/agreement/agreementReport';

/** The built command, beside the built tests. */
const cli = join(__dirname, '../../../cli.js');
const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-faults-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(text: string, ...args: string[]) {
  const file = join(folder, 'ratings.csv');
  writeFileSync(file, text);
  return spawnSync(process.execPath, [cli, 'agreement', '--table', file, ...args], { encoding: 'utf8' });
}
function output(text: string, ...args: string[]): string {
  const { status, stdout, stderr } = run(text, ...args);
  assert.deepEqual([status, stderr], [0, '']);
  return stdout;
}
const json = (text: string, ...args: string[]) =>
  JSON.parse(output(text, ...args, '--json')) as AgreementReport;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

const averaged = 'q,g,a,b\nx,s,1,2\nx,t,2,4\ny,s,4,4\ny,t,3,99\nz,s,5,5\nz,t,2,\n';
const both = ['--judge', 'a', '--human', 'b', '--unit', 'q'];

describe('what a table holds is told, or refused', function () {
  this.timeout(20_000);

  it('rows lost before averaging are told by the pair, by each group and in the methods', () => {
    const args = [...both, '--scale', '1:5', '--group-by', 'g'];
    const text = oneLine(output(averaged, ...args));
    assert.equal(
      text.split('left out: before averaging 2 of 6 rows (ratings: 1 missing, 1 off scale)').length,
      3,
    );
    assert.match(
      text,
      /g: t .*3 units from 3 rows.* 1 missing; before averaging|g: t .*before averaging 2 of 3 rows/,
    );
    const [s, t] = json(averaged, ...args).groups ?? [];
    assert.deepEqual([s?.averaged?.incomplete, t?.averaged?.incomplete], [0, 2]);
  });

  it('each group tells r over means and over rows', () => {
    const rows = Array.from({ length: 24 }, (_, i) => [
      `u${i % 6}`,
      i % 2,
      (i * 7) % 5,
      (i * 3 + (i % 6)) % 5,
    ]);
    const { groups } = json(
      ['q,g,a,b', ...rows.map(row => row.join(','))].join('\n'),
      ...both,
      '--group-by',
      'g',
    );
    assert.equal(groups?.length, 2);
    for (const { averaged: own, pairs } of groups)
      assert.equal(own?.correlation?.means, pairs[0]?.measures['pearsonR']?.value);
  });

  it('without a scale the range is that of single scores, and each whole score is counted', () => {
    const { scale, notes } = json(averaged, ...both);
    assert.deepEqual(scale, { min: 1, max: 99, observed: true });
    assert.ok(
      notes.some(note => note.includes('1: 1, 2: 3, 3: 1, 4: 3, 5: 2, 99: 1')),
      notes.join('\n'),
    );
  });

  it('equality of fractional means is no measure', () => {
    const { measures } = json(averaged, ...both, '--scale', '1:5').pairs[0]!;
    for (const id of ['exactAgreement', 'krippendorffAlphaNominal'])
      assert.deepEqual(measures[id], { value: null, reason: 'not a category scale (fractional means)' });
    assert.notEqual(measures['withinOneAgreement']?.value, null);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['a whole number beyond 2^53', 'a,b\n1,2\n9007199254740993,1\n', /row 2: "9007199254740993" in "a"/],
    ['a number whose squares overflow', 'a,b\n9e307,1\n', /row 1: "9e307" in "a" is too great/],
    ['a header alone', 'a,b\n', /ratings\.csv: no rows below the header/],
  ];
  for (const [what, text, sentence] of refused) {
    it(`${what} is refused in one sentence`, () => {
      const { status, stderr } = run(text, '--human', 'a,b');
      assert.equal(status, 1);
      assert.match(stderr, sentence);
    });
  }

  it('a scale of over 10,001 points is bad usage', () => {
    assert.equal(run('a,b\n1,2\n', '--human', 'a,b', '--scale', '0:10000').status, 0);
    const { status, stderr } = run('a,b\n1,2\n', '--human', 'a,b', '--scale', '0:10001');
    assert.equal(status, 2);
    assert.match(stderr, /10,001 scores at most/);
  });

  it('+nan and -NaN are missing', () => {
    const { pairs, notes } = json('a,b\n+nan,1\n2,-NaN\n3,3\n', '--human', 'a,b', '--scale', '1:5');
    assert.deepEqual([pairs[0]?.excluded.missing, notes], [2, []]);
  });

  it('cells that are no numbers are off the scale, counted and quoted', () => {
    const { pairs, notes } = json('a,b\n1,1\ngood,1\n2,bad\n', '--human', 'a,b', '--scale', '1:5');
    assert.equal(pairs[0]?.excluded.offScale, 2);
    assert.deepEqual(notes, ['2 cells are no numbers, such as "bad": off the scale.']);
    const other = json('a,b\n2,bad\n1,1\ngood,1\n', '--human', 'a,b', '--scale', '1:5');
    assert.deepEqual(other.notes, notes, 'in any order of rows');
  });

  it('a column of decimal commas is told how decimals are written', () => {
    const { notes } = json('a;b\n3,5;1\n2,5;2\n', '--human', 'a', '--judge', 'b');
    assert.ok(notes.includes('Every rating in "a" is like "2,5": decimals are written with a point.'));
  });

  it('labels of which none is in common are told', () => {
    const warnings = json('a,b\nTRUE,True\n', '--human', 'a,b').pairs[0]?.warnings.join(' ') ?? '';
    assert.match(warnings, /no label in common \(for one item: a “TRUE”, b “True”\)/);
    const shared = json('a,b\nTRUE,True\nx,x\n', '--human', 'a,b').pairs[0]?.warnings.join(' ') ?? '';
    assert.doesNotMatch(shared, /in common/);
  });

  it('control characters are shown, not sent, in text and Markdown', () => {
    const text = '"a\u001b[31m",b,g\n1,1,"p\nq"\n2,2,"p\nq"\n';
    const args = ['--judge', 'a\u001b[31m', '--human', 'b', '--group-by', 'g'];
    for (const format of ['text', 'markdown']) {
      const shown = output(text, ...args, '--format', format);
      // eslint-disable-next-line no-control-regex -- what is looked for
      assert.doesNotMatch(shown, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      assert.match(shown, /x1b/);
      assert.match(shown, /g: p\\+nq/);
    }
  });

  it('a scale below zero is written with minus signs, one cluster in the singular', () => {
    const text = oneLine(output('a,b\n-1,1\n', '--human', 'a,b', '--scale=-5:5', '--threshold=-2'));
    assert.match(text, /on the scale −5 to 5 .*1 cluster \(row\).*Score ≥ −2/);
    assert.doesNotMatch(text, /-5|-2|1 clusters|1 items/);
  });

  it('with several judges the questions say whom they are about', () => {
    const text = oneLine(output('a,b,h\n1,1,1\n2,3,2\n', '--judge', 'a', 'b', '--human', 'h'));
    assert.match(text, /agree\? All answers are about a, the first judge named, not about b\. /);
  });
});
