import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgreementReport } from '../../../src/core/agreement/agreementReport';

/** The built command, beside the built tests. */
const cli = join(__dirname, '../../../cli.js');
const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-dirt-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function json(text: string, ...args: string[]): AgreementReport {
  const file = join(folder, 'ratings.csv');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'agreement', '--table', file, ...args, '--json'],
    { encoding: 'utf8', maxBuffer: 1e8 },
  );
  assert.deepEqual([status, stderr], [0, '']);
  return JSON.parse(stdout) as AgreementReport;
}

const table = (head: string, rows: readonly (readonly (string | number)[])[]): string =>
  [head, ...rows.map(row => row.join(','))].join('\n');
const twenty = (of: (index: number) => (string | number)[]) =>
  Array.from({ length: 20 }, (_, index) => of(index));
const pairOf = (report: AgreementReport) => report.pairs[0]!;

describe('bad tables get a sentence, never a wrong number', function () {
  this.timeout(120_000);

  it('no overlap between the raters', () => {
    const report = json(
      table('a,b', [...twenty(index => [index % 4, '']), ...twenty(index => ['', index % 4])]),
      '--human',
      'a,b',
    );
    assert.deepEqual(pairOf(report).warnings, ['No item has a usable rating from both a and b.']);
    assert.equal(pairOf(report).n, 0);
    assert.equal(pairOf(report).excluded.missing, 40);
    for (const { value, reason } of Object.values(pairOf(report).measures))
      assert.deepEqual([value, reason], [null, 'no items']);
  });

  it('one category', () => {
    const report = json(
      table(
        'a,b',
        twenty(() => [3, 3]),
      ),
      '--human',
      'a,b',
    );
    assert.deepEqual(pairOf(report).warnings, [
      'a gave every item the same rating.',
      'b gave every item the same rating.',
    ]);
    assert.equal(pairOf(report).measures['cohenKappa']?.value, null);
    assert.equal(pairOf(report).measures['exactAgreement']?.value, 1);
  });

  it('a constant judge', () => {
    const report = json(
      table(
        'j,h',
        twenty(index => [3, index % 5]),
      ),
      '--judge',
      'j',
      '--human',
      'h',
    );
    assert.deepEqual(pairOf(report).warnings, ['j gave every item the same rating.']);
    const { value, reason } = pairOf(report).measures['pearsonR']!;
    assert.deepEqual([value, reason], [null, "a's ratings never vary"]);
    assert.deepEqual(
      [pairOf(report).measures['cohenKappa']?.value, pairOf(report).measures['cohenKappa']?.ci],
      [0, null],
    );
  });

  it('one item', () => {
    const report = json(table('j,h', [[4, 6]]), '--judge', 'j', '--human', 'h');
    assert.deepEqual(pairOf(report).warnings[0], 'Only 1 cluster: no interval is given under 10.');
    assert.equal(pairOf(report).measures['meanDifference']?.value, -2);
    assert.equal(pairOf(report).measures['cohenKappa']?.reason, 'fewer than 2 items');
  });

  it('rows that repeat an item', () => {
    const text = table('item,a,b', [
      ...twenty(index => [`i${index}`, index % 4, index % 3]),
      ['i3', 1, 1],
      ['i4', 0, 2],
    ]);
    const note =
      '2 rows repeat an earlier row\'s "item": each row counts as an item of its own; --unit item averages them, --cluster item takes them as one cluster.';
    assert.ok(json(text, '--human', 'a,b').notes.includes(note));
    assert.ok(!json(text, '--human', 'a,b', '--unit', 'item').notes.includes(note));
    assert.ok(!json(text, '--human', 'a,b', '--cluster', 'item').notes.includes(note));
  });

  it('two scales in one table', () => {
    const text = table(
      'j,h',
      twenty(index => [(index % 11) * 10, index % 11]),
    );
    const mixed = json(text, '--judge', 'j', '--human', 'h').notes.filter(note =>
      note.includes('two scales'),
    );
    assert.deepEqual(mixed, [
      'The scores of h go from 0 to 10, those of j from 0 to 100: if these are two scales, the numbers compare them as they stand; --scale leaves out what is off one.',
    ]);
    const declared = json(text, '--judge', 'j', '--human', 'h', '--scale', '0:10');
    assert.equal(pairOf(declared).excluded.offScale, 16);
    assert.ok(!declared.notes.some(note => note.includes('two scales')));
    const alike = json(
      table(
        'j,h',
        twenty(index => [index % 5, index % 11]),
      ),
      '--judge',
      'j',
      '--human',
      'h',
    );
    assert.ok(!alike.notes.some(note => note.includes('two scales')));
  });

  it('several judges, each against each human', () => {
    const text = table(
      'j1,j2,h',
      twenty(index => [index % 4, index % 3, index % 5]),
    );
    const names = (args: readonly string[]) =>
      json(text, ...args, '--human', 'h').pairs.map(({ a, b }) => `${a} ${b}`);
    assert.deepEqual(names(['--judge', 'j1', '--judge', 'j2']), ['j1 h', 'j2 h']);
    assert.deepEqual(names(['--judge', 'j1,j2']), ['j1 h', 'j2 h']);
  });

  it('as many rows as anyone has are read and measured', () => {
    const rows = Array.from(
      { length: 100_000 },
      (_, index) => `${(index * 7) % 11},${(index * 7 + (index % 3)) % 11}`,
    );
    const report = json(`j,h\n${rows.join('\n')}\n`, '--judge', 'j', '--human', 'h', '--scale', '0:10');
    assert.equal(pairOf(report).n, 100_000);
    const equal = Array.from(
      { length: 33 },
      (_, index) => (index * 7) % 11 === (index * 7 + (index % 3)) % 11,
    );
    const share = equal.filter(Boolean).length / 33;
    assert.ok(Math.abs((pairOf(report).measures['exactAgreement']?.value ?? NaN) - share) < 1e-5);
    assert.equal(pairOf(report).points, undefined);
  });
});
