import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeManifest } from '../../../src/core/subset/manifest';
import type { Manifest } from '../../../src/core/subset/manifest';
import type { SubsetOptions, SubsetPreview } from '../../../src/core/subset/plan';

/** The built command, beside the built tests. */
const cli = join(__dirname, '../../../cli.js');
const folders: string[] = [];
after(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [cli, 'sample', ...args], { encoding: 'utf8' });

/** A file of 24 rollouts of 1 to 4 turns, 60 items, with judge scores of 0 to 9. */
function runFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-sample-'));
  folders.push(folder);
  const lines = Array.from({ length: 24 }, (_, index) =>
    JSON.stringify({
      id: `r${String(index)}`,
      condition: index % 3 === 0 ? 'bct' : 'baseline',
      messages: Array.from({ length: 1 + (index % 4) }, (__, turn) => [
        { role: 'user', content: 'Q' },
        {
          role: 'assistant',
          content: `Answer ${String(turn)} of ${String(index)}`,
          judge: { criterion: 'frustration', score: (index * 3 + turn * 2) % 10 },
        },
      ]).flat(),
    }),
  );
  const file = join(folder, 'run.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

interface Printed extends SubsetOptions {
  readonly file: string;
  readonly criterion: string;
  readonly path: string | null;
  readonly sha256: string | null;
  readonly preview: SubsetPreview;
}

function sampled(file: string, ...args: string[]): Printed {
  const { status, stdout, stderr } = run(file, '--criterion', 'frustration', '--json', ...args);
  assert.deepEqual([status, stderr], [0, '']);
  return JSON.parse(stdout) as Printed;
}

function manifestAt(path: string | null): Manifest {
  const decoded = decodeManifest(readFileSync(path ?? ''));
  return 'manifest' in decoded ? decoded.manifest : assert.fail(decoded.reason);
}

function refused(file: string, ...args: string[]): { status: number | null; stderr: string } {
  const { status, stdout, stderr } = run(file, '--criterion', 'frustration', ...args);
  assert.equal(stdout, '');
  assert.match(stderr, /^error: [^\n]+\n$/);
  assert.equal(existsSync(`${file}.annotations`), false);
  return { status, stderr };
}

describe('sample', function () {
  this.timeout(30_000);

  it('writes the manifest of a subset beside the file, and prints what it wrote', () => {
    const file = runFile();
    const printed = sampled(
      file,
      ...['--n', '30', '--design', 'balanced', '--seed', '7', '--repeats', '3', '--raters', 'ada,bob'],
      ...['--overlap', '1', '--show', 'condition', '--context', 'previous-4'],
    );
    assert.equal(printed.path, join(`${file}.annotations`, 'subsets', 'val-30.json'));
    const bytes = readFileSync(printed.path);
    assert.equal(printed.sha256, createHash('sha256').update(bytes).digest('hex'));
    const manifest = manifestAt(printed.path);
    assert.equal(manifest.items.length, 33);
    assert.deepEqual(
      [manifest.name, manifest.seed, manifest.role, manifest.reveal, manifest.context, manifest.show],
      ['val-30', 7, 'validation', 'after-subset', 'previous-4', ['condition']],
    );
    assert.deepEqual(manifest.design, {
      kind: 'balanced',
      n: 30,
      allocation: 'half',
      bins: [0, 2, 5, 7, 9],
      judge: 'judge',
    });
    assert.deepEqual(manifest.design, printed.design);
    assert.deepEqual(manifest.strata, printed.preview.strata);
    const content = readFileSync(file);
    assert.equal(manifest.source.sha256, createHash('sha256').update(content).digest('hex'));
    assert.deepEqual([manifest.source.name, manifest.source.bytes], ['run.jsonl', content.length]);
    // The items' own hashes are those of their texts.
    for (const { item } of manifest.items) {
      const text = `Answer ${String(item.turn - 1)} of ${item.rollout.slice(1)}`;
      assert.equal(item.sha256, createHash('sha256').update(text).digest('hex'));
    }
    assert.deepEqual(
      printed.preview.load.map(({ slots }) => slots).reduce((a, b) => a + b),
      33,
    );
  });

  it('gives the next one another name, with the same items for the same seed', () => {
    const file = runFile();
    const first = sampled(file, '--n', '12');
    const second = sampled(file, '--n', '12');
    assert.deepEqual([first.name, second.name], ['val-12', 'val-12-2']);
    assert.equal(sampled(file, '--n', '12', '--role', 'practice').name, 'practice-12');
    assert.deepEqual(manifestAt(second.path).items, manifestAt(first.path).items);
    assert.deepEqual(readdirSync(`${file}.annotations/subsets`).sort(), [
      'practice-12.json',
      'val-12-2.json',
      'val-12.json',
    ]);
  });

  it('warns of items that practice has shown with their judge', () => {
    const file = runFile();
    const practice = sampled(file, '--n', '12', '--role', 'practice');
    const validation = sampled(file, '--n', '30');
    const items = ({ path }: Printed): string[] =>
      manifestAt(path).items.map(({ item }) => `${item.rollout} ${String(item.turn)}`);
    const shared = items(validation).filter(name => items(practice).includes(name)).length;
    // Of the same seed, practice is no part of the validation subset, but drawn apart from it.
    assert.ok(shared > 0 && shared < 12);
    assert.match(
      validation.preview.warnings.join(' '),
      new RegExp(`${String(shared)} items are in the practice subset “practice-12” too`),
    );
    assert.ok(practice.preview.warnings.every(warning => !warning.includes('practice subset')));
    assert.match(
      sampled(file, '--n', '60', '--role', 'practice').preview.warnings.join(' '),
      /30 items are in the validation subset “val-30” too/,
    );
  });

  it('refuses a name that is taken, and leaves what is there', () => {
    const file = runFile();
    const { path } = sampled(file, '--n', '12', '--name', 'pilot');
    const before = readFileSync(path ?? '');
    const { status, stderr } = run(file, '--criterion', 'frustration', '--n', '5', '--name', 'pilot');
    assert.deepEqual([status, stderr], [1, `error: ${file}: There is a subset “pilot” already.\n`]);
    assert.deepEqual(readFileSync(path ?? ''), before);
  });

  it('writes nothing in a dry run, and draws the same as it would', () => {
    const file = runFile();
    const dry = sampled(file, '--n', '20', '--dry-run');
    assert.deepEqual([dry.path, dry.sha256], [null, null]);
    assert.equal(existsSync(`${file}.annotations`), false);
    assert.deepEqual(sampled(file, '--n', '20').preview, dry.preview);
  });

  it('as text shows scores, strata, half-widths, warnings and where it was written', () => {
    const file = runFile();
    const { status, stdout, stderr } = run(
      file,
      ...['--criterion', 'frustration', '--n', '24', '--design', 'stratified', '--by', 'condition'],
    );
    assert.deepEqual([status, stderr], [0, '']);
    const lines = stdout.split('\n');
    assert.match(lines[0] ?? '', /^val-24: 24 of 60 frustration items of .*run\.jsonl, in \d+ rollouts$/);
    assert.equal(lines[1], '  validation, stratified, by condition, proportional allocation, seed 1');
    const bars = lines.filter(line => /^ {4,5}(\d|10) /.test(line));
    assert.equal(bars.length, 11);
    assert.ok(bars.slice(0, 10).every(line => line.includes('█')));
    // 24 · 40/60 and 24 · 20/60 of the conditions’ 40 and 20 items.
    assert.ok(lines.some(line => /^ {2}condition=baseline +40 +16 +0\.400$/.test(line)));
    assert.ok(lines.some(line => /^ {2}condition=bct +20 +8 +0\.400$/.test(line)));
    assert.match(stdout, /\n {2}share ≥ 5 +± \d+\.\d percentage points\n/);
    assert.match(stdout, /\nWarnings\n[^]*Under 15 labels.*“bct” \(8\)/);
    assert.match(stdout, /\nWritten to .*val-24\.json\n {2}SHA-256 [0-9a-f]{64}\n$/);
  });

  it('ends with exit code 1 where the file can’t give the subset', () => {
    const file = runFile();
    const sentence = refused(file, '--design', 'stratified', '--by', 'model');
    assert.deepEqual(sentence, {
      status: 1,
      stderr: `error: ${file}: No rollout has a field “model”: there are condition, id.\n`,
    });
    assert.equal(refused(file, '--design', 'disagreement').status, 1);
    assert.equal(refused(join(file, '..', 'none.jsonl')).status, 1);
    assert.equal(run(file, '--criterion', 'joy').status, 1);
  });

  const wrong: readonly (readonly string[])[] = [
    ['--n', '0'],
    ['--n', 'many'],
    ['--design', 'cluster'],
    ['--by', 'condition'],
    ['--bins', '0,5'],
    ['--design', 'balanced', '--bins', '5,0'],
    ['--allocation', 'equal'],
    ['--threshold', '3'],
    ['--cluster', 'condition'],
    ['--name', 'Val 100'],
    ['--raters', 'ada', '--overlap', '2'],
    ['--repeats', '2', '--reveal', 'after-item'],
    ['--role', 'practice', '--reveal', 'never'],
    ['--context', 'half'],
  ];
  for (const args of wrong) {
    it(`ends with exit code 2 for ${args.join(' ')}`, () => {
      assert.equal(refused(runFile(), ...args).status, 2);
    });
  }

  it('ends with exit code 2 without a criterion', () => {
    const { status, stderr } = run(runFile());
    assert.deepEqual([status, stderr], [2, 'error: --criterion is needed: frustration, legibility\n']);
  });
});
