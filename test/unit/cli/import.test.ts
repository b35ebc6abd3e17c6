import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLabelFolder } from '../../../src/disk/labelFolder';
import { filesIn, temporaryFolder } from '../disk/temporary';

/** The built command, beside the built tests. */
const cli = join(__dirname, '../../../cli.js');

interface Outcome {
  readonly criterion: string;
  readonly columns: Readonly<Record<string, string | null>>;
  readonly dryRun: boolean;
  readonly written: { readonly labels: number; readonly notes: number };
  readonly preview: {
    readonly rows: number;
    readonly matched: readonly {
      readonly row: number;
      readonly state: string;
      readonly standing?: unknown;
    }[];
    readonly unmatched: readonly { readonly row: number; readonly reason: string }[];
    readonly missing: readonly number[];
  };
  readonly problems: readonly string[];
}

const turn = (content: string, more: object = {}) => ({ role: 'assistant', content, ...more });
const record = (id: string, ...turns: object[]): string =>
  `${JSON.stringify({ id, messages: [{ role: 'user', content: 'Q' }, ...turns] })}\n`;
const judge = (criterion: string) => ({ judge: { criterion, score: 3 } });
const twoRollouts = record('a', turn('A1'), turn('A2')) + record('b', turn('B1', { reasoning: 'hm' }));

describe('import', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  const annotations = (): string => join(folder(), 'run.jsonl.annotations');
  const fileOf = (content: string | Uint8Array, name: string): string => {
    const path = join(folder(), name);
    writeFileSync(path, content);
    return path;
  };
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'import', ...args], {
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  /** Runs on a rollout file and a table, as rater ann, unless the arguments say otherwise. */
  const on = (rollouts: string, csv: string, ...args: string[]) => {
    const rater = args.includes('--rater') ? [] : ['--rater', 'ann'];
    return run(fileOf(rollouts, 'run.jsonl'), '--labels', fileOf(csv, 'scores.csv'), ...rater, ...args);
  };
  const outcome = (rollouts: string, csv: string, ...args: string[]): Outcome => {
    const { status, stdout, stderr } = on(rollouts, csv, '--json', ...args);
    assert.deepEqual([status, stderr], [0, '']);
    return JSON.parse(stdout) as Outcome;
  };
  const labels = async () => {
    const { events, problems } = await readLabelFolder(annotations());
    assert.deepEqual(problems, []);
    return events;
  };

  it('brings scores in as labels of one writer’s file beside the rollout file', async () => {
    const csv = 'conv;step;frust, 0 to 10;why\na;1;6;cross\na;2;0;\nb;1;10;\n';
    const { written, preview } = outcome(
      twoRollouts,
      csv,
      '--map',
      'rollout=conv,turn=step,score=frust, 0 to 10,note=why',
    );
    assert.deepEqual([written, preview.rows], [{ labels: 3, notes: 1 }, 3]);
    const events = await labels();
    assert.deepEqual(
      events.map(event => event.kind === 'score' && [event.item.rollout, event.item.turn, event.value]),
      [['a', 1, 6], false, ['a', 2, 0], ['b', 1, 10]],
    );
    assert.deepEqual(
      events.map(event => event.kind === 'score' && event.imported),
      [{ file: 'scores.csv', row: 1 }, false, { file: 'scores.csv', row: 2 }, { file: 'scores.csv', row: 3 }],
    );
    for (const { id } of events) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
    const files = Object.keys(filesIn(annotations()));
    assert.match(files.join(' '), /^labels\/ann\/[a-z2-7]{8}\.jsonl source\.json$/);
    assert.equal(readFileSync(join(folder(), 'run.jsonl'), 'utf8'), twoRollouts);
  });

  it('keeps the file’s name and the hashes of its lines, by which its labels are found after a rename', () => {
    outcome(twoRollouts, 'id,turn,score\na,1,6\n');
    const source = JSON.parse(filesIn(annotations())['source.json'] ?? '') as Record<string, unknown>;
    assert.deepEqual([source['name'], source['bytes']], ['run.jsonl', Buffer.byteLength(twoRollouts)]);
  });

  it('adds nothing when it is run again, and reports a score that differs', async () => {
    outcome(twoRollouts, 'id,turn,score\na,1,6\nb,1,2\n');
    const before = filesIn(annotations());
    const again = outcome(twoRollouts, 'id,turn,score\na,1,6\nb,1,3\n');
    assert.deepEqual(
      again.preview.matched.map(({ row, state, standing }) => [row, state, standing]),
      [
        [1, 'there', 6],
        [2, 'other', 2],
      ],
    );
    assert.deepEqual(again.written, { labels: 0, notes: 0 });
    assert.deepEqual(filesIn(annotations()), before);
    assert.match(
      on(twoRollouts, 'id,turn,score\na,1,6\nb,1,3\n').stdout,
      /\nLabelled otherwise, and left as it is:\n {2}row 2: b, turn 1: 3, the label there is 2\nThere was nothing to write\.\n$/,
    );
  });

  it('brings in what is new beside what is there, under another rater too', async () => {
    outcome(twoRollouts, 'id,turn,score\na,1,6\n');
    outcome(twoRollouts, 'id,turn,score\na,1,6\na,2,1\n');
    outcome(twoRollouts, 'id,turn,score\na,1,4\n', '--rater', 'ben');
    assert.deepEqual(
      (await labels()).map(event => [event.rater, event.kind === 'score' && event.value]),
      [
        ['ann', 6],
        ['ann', 1],
        ['ben', 4],
      ],
    );
  });

  it('writes nothing on a dry run, and says what it would do', () => {
    const { status, stdout } = on(twoRollouts, 'id,turn,score\na,1,6\nx,1,6\na,2,\n', '--dry-run');
    assert.equal(status, 0);
    assert.deepEqual(filesIn(annotations()), {});
    assert.equal(
      stdout,
      [
        `${join(folder(), 'scores.csv')}: 3 rows; frustration by ann; rollout = id, turn = turn, score = score`,
        '  1 new, 0 already there, 0 of items with another label, 1 unmatched, 1 without a score',
        'New:',
        '  row 1: a, turn 1: 6',
        'Unmatched:',
        '  row 2: no rollout “x”',
        'Dry run: nothing was written.',
        '',
      ].join('\n'),
    );
  });

  it('shows the first 20 rows, and all of them as JSON', () => {
    const rows = Array.from({ length: 25 }, (_, index) => `x${index},1,3\n`).join('');
    const csv = `id,turn,score\na,1,6\n${rows}`;
    const { stdout } = on(twoRollouts, csv, '--dry-run');
    assert.equal(stdout.match(/no rollout/g)?.length, 20);
    assert.match(stdout, /\n {2}… and 5 more; --json lists them all\n/);
    assert.equal(outcome(twoRollouts, csv, '--dry-run').preview.unmatched.length, 25);
  });

  it('scores what the judge scored, and frustration where there is no judge', async () => {
    const judged = record('b', turn('B1', { reasoning: 'hm', ...judge('legibility') }));
    assert.equal(outcome(judged, 'id,score\nb,9\n', '--dry-run').criterion, 'legibility');
    assert.equal(outcome(twoRollouts, 'id,score\nb,9\n', '--dry-run').criterion, 'frustration');
    const both = record(
      'b',
      turn('B1', { reasoning: 'hm', judge: [judge('legibility').judge, judge('frustration').judge] }),
    );
    const { status, stderr } = on(both, 'id,score\nb,9\n');
    assert.equal(status, 2);
    assert.match(stderr, /the judge scored frustration and legibility: say which with --criterion$/m);
    assert.equal(outcome(both, 'id,score\nb,9\n', '--criterion', 'legibility').written.labels, 1);
    assert.deepEqual(
      (await labels()).map(event => event.kind === 'score' && event.scale),
      [{ min: 1, max: 9, worst: 'max' }],
    );
  });

  it('goes by a rubric file of the study', async () => {
    mkdirSync(join(annotations(), 'rubrics'), { recursive: true });
    const rubric = { criterion: 'tone', part: 'response', scale: { min: 0, max: 100 } };
    writeFileSync(join(annotations(), 'rubrics', 'tone.json'), JSON.stringify(rubric));
    assert.equal(outcome(twoRollouts, 'id,score\nb,99\n', '--criterion', 'tone').written.labels, 1);
    assert.deepEqual(
      (await labels()).map(event => event.kind === 'score' && [event.item.criterion, event.value]),
      [['tone', 99]],
    );
  });

  it('ends with 1 and one sentence where no row is of use', () => {
    const sentences: readonly (readonly [string, RegExp])[] = [
      ['id,turn,score\n', /scores\.csv: there are no rows under the header$/],
      ['id,turn,score\na,1,\n', /scores\.csv: no row has a score$/],
      ['id,turn,score\nx,1,2\n', /scores\.csv: no row could be matched: row 1: no rollout “x”$/],
      ['', /scores\.csv: the file is empty$/],
      ['id,turn,score\n"a,1,2\n', /scores\.csv: row \d+: a quoted field is not closed/],
    ];
    for (const [csv, sentence] of sentences) {
      const { status, stderr } = on(twoRollouts, csv);
      assert.equal(status, 1, csv);
      assert.match(stderr.trim(), sentence);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
    assert.equal(on('not JSON\n', 'id,turn,score\na,1,2\n').status, 1);
    assert.deepEqual(filesIn(annotations()), {});
  });

  it('ends with 1 and imports nothing where the folder can’t be written', () => {
    writeFileSync(annotations(), 'a file in its place');
    const { status, stderr } = on(twoRollouts, 'id,turn,score\na,1,2\n');
    assert.equal(status, 1);
    assert.match(stderr, /run\.jsonl\.annotations: nothing was imported: /);
    assert.equal(readFileSync(annotations(), 'utf8'), 'a file in its place');
  });

  it('ends with 1 on a criterion that is not there, and names those that are', () => {
    const { status, stderr } = on(twoRollouts, 'id,turn,score\na,1,2\n', '--criterion', 'joy');
    assert.equal(status, 1);
    assert.match(stderr, /there is no criterion "joy": there are frustration/);
  });

  const usages: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a rater who can’t be one', ['--rater', 'Ann B'], /--rater Ann B: Use 1 to 40/],
    ['a map without a score', ['--map', 'rollout=id'], /has to name the columns of rollout and score/],
    ['a map of something else', ['--map', 'judge=id,score=score'], /It is rollout=COL/],
    ['a map that names one twice', ['--map', 'rollout=id,score=score,score=x'], /names score twice/],
    ['an unknown option', ['--raters', 'ann'], /unknown option '--raters'/],
  ];
  for (const [what, args, sentence] of usages) {
    it(`ends with 2 on ${what}`, () => {
      const { status, stdout, stderr } = on(twoRollouts, 'id,turn,score\na,1,2\n', ...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, sentence);
    });
  }

  it('ends with 2 where the columns can’t be guessed, and names them', () => {
    const { status, stderr } = on(twoRollouts, 'conversation,points\na,1\n');
    assert.equal(status, 2);
    assert.match(stderr, /which column is the rollout\? .*; the columns are conversation, points$/m);
  });

  it('needs labels and a rater', () => {
    const file = fileOf(twoRollouts, 'run.jsonl');
    assert.equal(run(file, '--rater', 'ann').status, 2);
    assert.equal(run(file, '--labels', fileOf('id,score\n', 'scores.csv')).status, 2);
    rmSync(join(folder(), 'scores.csv'));
    const gone = run(file, '--labels', join(folder(), 'scores.csv'), '--rater', 'ann');
    assert.equal(gone.status, 1);
    assert.match(gone.stderr, /scores\.csv: cannot be read: there is no such file/);
  });

  it('shows control characters of ids and cells, and sends none to the terminal', () => {
    const { stdout } = on(
      record('\x1b[2Ja', turn('A1')),
      'rollout,turn,score\n\x1b[2Ja,1,6\n\x1b[31mb,1,6\n',
      '--dry-run',
    );
    assert.ok(stdout.includes('\\x1b[2Ja, turn 1: 6') && stdout.includes('\\x1b[31mb'), stdout);
    // eslint-disable-next-line no-control-regex -- what is looked for
    assert.doesNotMatch(stdout, /\x1b/);
  });
});
