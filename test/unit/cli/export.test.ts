import assert from 'node:assert/strict';
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '../../../src/core/csv/parseCsv';
import { temporaryFolder } from '../disk/temporary';
import { hostileNote, labelledStudy, rolloutAnnotator } from '../export/labelledStudy';
import type { LabelledStudy } from '../export/labelledStudy';
import { rolloutLine, textOf } from '../session/harness';

type Row = Record<string, string | number | boolean | null>;

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly n: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly measures: Readonly<Record<string, { readonly value: number }>>;
}

describe('export', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  /** What the export prints. */
  const printed = (file: string, ...args: string[]): string => {
    const { status, stdout, stderr } = rolloutAnnotator('export', file, ...args);
    assert.deepEqual([status, stderr], [0, '']);
    return stdout;
  };
  const refusal = (file: string, ...args: string[]): [number | null, string] => {
    const { status, stdout, stderr } = rolloutAnnotator('export', file, ...args);
    assert.equal(stdout, '');
    return [status, stderr.trimEnd()];
  };
  const rowsOf = (text: string): Row[] =>
    text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Row);
  const agreement = ({ file }: LabelledStudy): Pair[] => {
    const args = ['agreement', file, '--criterion', 'frustration', '--subset', 'val', '--json'];
    return (JSON.parse(rolloutAnnotator(...args).stdout) as { pairs: Pair[] }).pairs;
  };

  it('gives a row for each label, used or not, with the reason', () => {
    const study = labelledStudy(folder());
    const rows = rowsOf(printed(study.file, '--to', 'jsonl'));
    const told = rows.map(row => [row['rater'], row['slot'], row['first'], row['used'], row['reason']]);
    const made = study.made.map(({ rater, slot, value, reason }) => [
      rater,
      slot,
      value,
      reason === null,
      reason,
    ]);
    const order = (list: unknown[][]) => list.map(each => JSON.stringify(each)).sort();
    assert.deepEqual(order(told), order(made));
    for (const row of rows) {
      const key = `${String(row['rollout'])} ${String(row['turn'])}`;
      const slot = study.subset.manifest.items[row['slot'] as number]!;
      assert.equal(row['judge_score'], study.judge.get(key));
      assert.deepEqual([row['pi'], row['weight'], row['stratum']], [slot.pi, slot.weight, slot.stratum]);
      assert.equal(row['stale'], row['sha256'] === '0'.repeat(64));
      assert.equal(row['difference'], row['used'] ? Number(row['judge_score']) - Number(row['first']) : null);
      assert.equal(row['field.condition'], Number(String(row['rollout']).slice(1)) % 2 ? 'bct' : 'baseline');
    }
    assert.ok(rows.some(row => row['phase'] === 'revision' && row['standing'] === 10 && row['first'] !== 10));
  });

  it('counts and weighs as the agreement report does', () => {
    const study = labelledStudy(folder());
    const rows = rowsOf(printed(study.file, '--to', 'jsonl'));
    const judged = agreement(study).filter(({ a }) => a === 'm r1');
    assert.equal(judged.length, 3);
    for (const { b, n, excluded, measures } of judged) {
      const own = rows.filter(row => row['rater'] === b);
      const used = own.filter(row => row['used'] === true);
      assert.equal(used.length, n);
      for (const cause of ['judgeVisible', 'cannotAssess', 'stale'])
        assert.equal(own.filter(row => row['reason'] === cause).length, excluded[cause], cause);
      const sum = (value: (row: Row) => number): number => used.reduce((total, row) => total + value(row), 0);
      const weight = (row: Row): number => row['analysis_weight'] as number;
      const mean = (column: string): number => sum(row => weight(row) * Number(row[column])) / sum(weight);
      const near = (column: string, measure: string): void =>
        assert.ok(Math.abs(mean(column) - measures[measure]!.value) < 1e-9, `${b} ${measure}`);
      near('first', 'meanHuman');
      near('judge_score', 'meanJudge');
      near('difference', 'meanDifference');
    }
  });

  it('gives the same cells as CSV, with formulas behind an apostrophe', () => {
    const study = labelledStudy(folder());
    const rows = rowsOf(printed(study.file, '--to', 'jsonl'));
    const text = printed(study.file, '--to', 'csv');
    const csv = parseCsv(text);
    assert.ok('rows' in csv);
    assert.deepEqual(csv.header, Object.keys(rows[0]!));
    assert.equal(csv.rows.length, rows.length);
    const safe = (cell: unknown): string =>
      cell === null
        ? ''
        : cell === '=1+1'
          ? "'=1+1"
          : cell === hostileNote
            ? `'${hostileNote.toWellFormed()}`
            : String(cell);
    csv.rows.forEach(({ cells }, index) => assert.deepEqual(cells, Object.values(rows[index]!).map(safe)));
    assert.ok(rows.some(row => row['note'] === hostileNote));
    assert.ok(text.includes(',-2.5'));
  });

  it('tells why labels of repeats, practice and a consensus are not used, and takes one criterion, rater or subset', () => {
    const { file, annotations, subset } = labelledStudy(folder());
    const practice = { ...subset.manifest, name: 'warm-up', role: 'practice' };
    writeFileSync(join(annotations, 'subsets', 'warm-up.json'), JSON.stringify(practice));
    const event = {
      ...{ v: 1, at: '2026-01-01T00:00:00.000Z', kind: 'score', value: 4, rubric: 'r', phase: 'first' },
      ...{ scale: { min: 0, max: 10, worst: 'max' }, item: subset.manifest.items[0]!.item },
    };
    const ref = { name: 'warm-up', sha256: 'x', slot: 0 };
    const write = (rater: string, ...events: object[]): void => {
      mkdirSync(join(annotations, 'labels', rater), { recursive: true });
      const lines = events.map((each, at) =>
        JSON.stringify({ ...event, rater, id: `${rater}-${at}`, ...each }),
      );
      writeFileSync(join(annotations, 'labels', rater, 'zzzzzzzz.jsonl'), textOf(...lines));
    };
    write(
      'dan',
      { subset: ref, judgeVisible: false },
      { judgeVisible: false },
      { judgeVisible: null, item: subset.manifest.items[1]!.item },
    );
    write('consensus', { judgeVisible: true });
    const reasons = (...args: string[]) =>
      rowsOf(printed(file, '--to', 'jsonl', ...args)).map(row => [row['subset'], row['reason']]);
    assert.deepEqual(reasons('--rater', 'dan').sort(), [
      [null, null],
      [null, 'imported'],
      ['warm-up', 'practice'],
    ]);
    assert.deepEqual(reasons('--rater', 'dan', '--include-imported', '--criterion', 'frustration').sort(), [
      [null, null],
      [null, null],
      ['warm-up', 'practice'],
    ]);
    assert.deepEqual(reasons('--subset', 'warm-up'), [['warm-up', 'practice']]);
    assert.deepEqual(
      rowsOf(printed(file, '--to', 'jsonl')).flatMap(row =>
        row['rater'] === 'consensus' ? [row['reason']] : [],
      ),
      ['consensus'],
    );
    assert.deepEqual(reasons('--rater', 'consensus'), [[null, null]]);
    assert.match(refusal(file, '--to', 'scout', '--subset', 'warm-up')[1], /practice subset/);
  });

  it('gives the raters’ mean to Scout, and every rater’s and judge’s scores to the alternative annotator test', () => {
    const study = labelledStudy(folder());
    const used = study.made.filter(({ reason, value }) => reason === null && value !== null);
    const means = new Map<string, Record<string, number>>();
    for (const { rollout, turn } of used) {
      const own = used
        .filter(each => each.rollout === rollout && each.turn === turn)
        .map(({ value }) => value!);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      means.set(rollout, { ...means.get(rollout), [`turn_${String(turn)}`]: mean });
    }
    const cases = JSON.parse(printed(study.file, '--to', 'scout', '--subset', 'val')) as {
      id: string;
      target: unknown;
      split: string;
    }[];
    assert.deepEqual(new Map(cases.map(({ id, target }) => [id, target])), means);
    assert.ok(cases.every(({ split }) => split === 'val'));
    const tables = JSON.parse(printed(study.file, '--to', 'alt-test', '--subset', 'val')) as {
      humans_annotations: Record<string, Record<string, number>>;
      llm_annotations: Record<string, Record<string, number>>;
    };
    const expected: Record<string, Record<string, number>> = {};
    for (const { rater, rollout, turn, value } of used)
      expected[rater] = { ...expected[rater], [`${rollout} turn ${String(turn)}`]: value! };
    assert.deepEqual(tables.humans_annotations, expected);
    const [[name, scores] = ['', {}]] = Object.entries(tables.llm_annotations);
    assert.equal(name, 'm r1');
    for (const [instance, score] of Object.entries(scores))
      assert.equal(score, study.judge.get(instance.replace(' turn ', ' ')));
    assert.equal(Object.keys(scores).length, 30);
  });

  it('gives pairs by the judge, the raters or both', () => {
    const study = labelledStudy(folder());
    const keys = (...args: string[]): string[] =>
      rowsOf(printed(study.file, '--to', 'pairs', '--threshold', '6', ...args))
        .map(row => `${String(row['rollout'])} ${String(row['turn'])}`)
        .sort();
    const judged = [...study.judge].flatMap(([key, score]) => (score >= 6 ? [key] : [])).sort();
    assert.deepEqual(keys(), judged);
    const scores = new Map<string, number[]>();
    for (const { rollout, turn, reason, value } of study.made) {
      const key = `${rollout} ${String(turn)}`;
      if (reason === null && value !== null) scores.set(key, [...(scores.get(key) ?? []), value]);
    }
    const said = [...scores]
      .flatMap(([key, own]) => (own.reduce((sum, one) => sum + one, 0) / own.length >= 6 ? [key] : []))
      .sort();
    assert.ok(said.length > 0);
    assert.deepEqual(keys('--by', 'human', '--subset', 'val'), said);
    assert.deepEqual(
      keys('--by', 'both', '--subset', 'val'),
      said.filter(key => judged.includes(key)),
    );
  });

  it('gives the text of the agreement report', () => {
    const { file } = labelledStudy(folder());
    const report = [
      'agreement',
      file,
      '--criterion',
      'frustration',
      '--subset',
      'val',
      '--format',
      'markdown',
    ];
    assert.equal(printed(file, '--to', 'markdown', '--subset', 'val'), rolloutAnnotator(...report).stdout);
  });

  it('writes a file whole, and one that is there only with --force', () => {
    const file = join(folder(), 'run.jsonl');
    writeFileSync(file, textOf(rolloutLine('a', { judge: [6, 2] })));
    const out = join(folder(), 'pairs.jsonl');
    const done = JSON.parse(printed(file, '--to', 'pairs', '-o', out, '--json')) as object;
    assert.deepEqual(done, { file, to: 'pairs', out, what: '1 pair', problems: [] });
    const first = readFileSync(out, 'utf8');
    assert.equal(first, printed(file, '--to', 'pairs'));
    assert.deepEqual(refusal(file, '--to', 'pairs', '-o', out, '--threshold', '2'), [
      1,
      `error: ${out} is there already: --force replaces it`,
    ]);
    assert.equal(readFileSync(out, 'utf8'), first);
    // Nothing to write: what was there stays.
    assert.deepEqual(refusal(file, '--to', 'pairs', '-o', out, '--force', '--threshold', '9'), [
      1,
      `error: ${file}: no frustration score by the judge reaches 9`,
    ]);
    assert.equal(readFileSync(out, 'utf8'), first);
    assert.equal(
      printed(file, '--to', 'pairs', '-o', out, '--force', '--threshold', '2'),
      `${out}: 2 pairs\n`,
    );
    assert.deepEqual(readdirSync(folder()).sort(), ['pairs.jsonl', 'run.jsonl']);
  });

  it('never writes over the rollouts, by whatever name, nor among the labels', () => {
    const { file, annotations } = labelledStudy(folder());
    const before = readFileSync(file, 'utf8');
    const linked = join(folder(), 'linked.jsonl');
    const hard = join(folder(), 'hard.jsonl');
    symlinkSync(file, linked);
    linkSync(file, hard);
    for (const out of [file, linked, hard])
      assert.match(refusal(file, '--to', 'csv', '-o', out, '--force')[1], /the rollout file itself/);
    symlinkSync(annotations, join(folder(), 'elsewhere'));
    for (const out of [join(annotations, 'x.csv'), join(folder(), 'elsewhere', 'labels', 'x.csv')])
      assert.match(refusal(file, '--to', 'csv', '-o', out)[1], /lies in the annotations folder/);
    assert.equal(readFileSync(file, 'utf8'), before);
  });

  it('says what is not there, and which options do not go together', () => {
    const { file } = labelledStudy(folder());
    const says = (code: number, pattern: RegExp, ...args: string[]): void => {
      const [status, message] = refusal(file, ...args);
      assert.match(message, pattern);
      assert.deepEqual([status, message.split('\n').length], [code, 1]);
    };
    says(1, /no subset "nope": there are val/, '--to', 'csv', '--subset', 'nope');
    says(1, /no labels by "eve": there are labels by ada, bob, cem/, '--to', 'csv', '--rater', 'eve');
    says(1, /no judge run "gpt": there are m r1/, '--to', 'pairs', '--judge', 'gpt');
    says(1, /no criterion "mood"/, '--to', 'csv', '--criterion', 'mood');
    says(1, /no frustration labels that agreement uses/, '--to', 'scout', '--criterion', 'frustration');
    says(2, /--target goes with --to pairs/, '--to', 'csv', '--target', 'x');
    says(2, /go by no labels/, '--to', 'pairs', '--rater', 'ada');
    says(2, /--json goes with -o/, '--to', 'csv', '--json');
    says(2, /--to/, '--criterion', 'frustration');
    const unlabelled = join(folder(), 'other.jsonl');
    writeFileSync(unlabelled, textOf(rolloutLine('a')));
    assert.match(refusal(unlabelled, '--to', 'csv')[1], /there are no labels to export/);
    assert.match(refusal(unlabelled, '--to', 'pairs')[1], /there are no judge scores to export/);
  });
});
