import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ratingTableOfFile } from '../../../src/cli/agreementOfFile';
import type { FileOptions } from '../../../src/cli/agreement';
import { isFailure } from '../../../src/cli/failure';
import type { AgreementReport } from '../../../src/core/agreement/agreementReport';
import { labelFiles, openAt, placeOf, rolloutLine, textOf } from '../session/harness';
import type { Place } from '../session/harness';

const frustration: FileOptions = { criterion: 'frustration' };

/** A file of two rollouts with a judge, labelled by ada (twice) and bob (once), as their windows do it. */
async function study(): Promise<Place> {
  const fields = { prompt_id: 'p' };
  const place = placeOf(
    textOf(
      rolloutLine('a', { judge: [2, 6], fields, reasoning: true }),
      rolloutLine('b', { judge: [4, null], fields }),
    ),
  );
  const ada = await openAt(place);
  await ada.ask('label', { ordinal: 0, value: 3, elapsedMs: 1 });
  await ada.ask('label', { ordinal: 2, value: 5, elapsedMs: 1 });
  const bob = await openAt(place, { rater: 'bob' });
  await bob.ask('label', { ordinal: 0, value: 1, elapsedMs: 1 });
  return place;
}

async function refusal(file: string, options: FileOptions): Promise<string> {
  try {
    await ratingTableOfFile(file, options);
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    assert.equal(error.exitCode, 1);
    return error.message;
  }
  return assert.fail('it was not refused');
}

describe('the ratings of a rollout file', function () {
  // A loaded machine may take its time over these.
  this.timeout(20_000);

  it('are the judge’s scores and what each rater’s windows wrote', async () => {
    const { file } = await study();
    const table = await ratingTableOfFile(file, frustration);
    assert.deepEqual(
      table.columns.map(({ name, role, values }) => [role, name, values]),
      [
        ['judge', 'm r1', [2, 4]],
        ['human', 'ada', [3, 5]],
        ['human', 'bob', [1, null]],
      ],
    );
    assert.deepEqual([table.clusterBy, table.scale], ['prompt_id', { min: 0, max: 10 }]);
    assert.deepEqual(table.source, { file, criterion: 'frustration' });
  });

  it('are of the raters, judge runs and clusters that are asked for', async () => {
    const { file } = await study();
    const table = await ratingTableOfFile(file, {
      ...frustration,
      raters: ['bob'],
      judges: ['m r1'],
      cluster: 'rollout',
    });
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      ['m r1', 'bob'],
    );
    assert.deepEqual([table.units.length, table.clusterBy], [1, 'rollout']);
  });

  it('leave out a label whose text has changed since', async () => {
    const { file } = await study();
    writeFileSync(
      file,
      textOf(rolloutLine('a', { judge: [2], texts: ['Other.', 'x'] }), rolloutLine('b', { judge: [4] })),
    );
    const table = await ratingTableOfFile(file, frustration);
    const ada = table.columns.find(({ name }) => name === 'ada');
    assert.deepEqual([ada?.values, [...(ada?.excluded ?? [])]], [[null, 5], [[0, 'stale']]]);
  });

  it('say what in the label files could not be used', async () => {
    const { file, annotations } = await study();
    for (const path of labelFiles(annotations)) appendFileSync(path, '{"v":1,"id":"torn');
    const { notes } = await ratingTableOfFile(file, frustration);
    assert.equal(notes.filter(note => note.includes('ends in the middle of an event')).length, 2);
  });

  it('of a file without a judge are the raters’ alone', async () => {
    const { file } = await study();
    writeFileSync(file, textOf(rolloutLine('a'), rolloutLine('b')));
    const { columns } = await ratingTableOfFile(file, frustration);
    assert.deepEqual(
      columns.map(({ role }) => role),
      ['human', 'human'],
    );
  });
});

describe('the ratings of a rollout file are refused, with one sentence', () => {
  it('for a criterion that is not there: it names those that are', async () => {
    const { file } = await study();
    assert.equal(
      await refusal(file, { criterion: 'joy' }),
      'there is no criterion "joy": there are frustration, legibility',
    );
  });

  it('for a rater without labels: it names those with', async () => {
    const { file } = await study();
    const sentence = await refusal(file, { ...frustration, raters: ['ada', 'eve'] });
    assert.equal(sentence, `${file}: no frustration labels by "eve": there are labels by ada, bob`);
  });

  it('for a judge run that is not there: it names those that are', async () => {
    const { file } = await study();
    const sentence = await refusal(file, { ...frustration, judges: ['m r2'] });
    assert.equal(sentence, `${file}: no judge run "m r2": there are m r1`);
    writeFileSync(file, textOf(rolloutLine('a'), rolloutLine('b')));
    assert.match(
      await refusal(file, { ...frustration, judges: ['m r1'] }),
      /no judge run "m r1": there are none$/,
    );
  });

  it('for a file without labels, or without labels of the criterion: it names the folder', async () => {
    const { file, annotations } = await study();
    assert.equal(
      await refusal(file, { criterion: 'legibility' }),
      `${file}: there are no legibility labels in ${annotations}`,
    );
    rmSync(annotations, { recursive: true });
    assert.equal(
      await refusal(file, frustration),
      `${file}: there are no frustration labels in ${annotations}`,
    );
  });

  it('for a file that is not there or holds no rollouts', async () => {
    const { file } = await study();
    writeFileSync(file, 'hello\n');
    assert.match(await refusal(file, frustration), /: No rollouts found: line 1: not valid JSON/);
    rmSync(file);
    assert.equal(await refusal(file, frustration), `${file}: The file can’t be read: there is no such file.`);
  });
});

describe('agreement FILE', function () {
  this.timeout(20_000);

  /** The built command, beside the built tests. */
  const cli = join(__dirname, '../../../cli.js');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'agreement', ...args], { encoding: 'utf8' });

  it('reports each pair on the items both have scored, and says that they are no sample', async () => {
    const { file } = await study();
    const { status, stdout, stderr } = run(file, '--criterion', 'frustration', '--json');
    assert.deepEqual([status, stderr], [0, '']);
    const report = JSON.parse(stdout) as AgreementReport;
    assert.deepEqual(
      report.pairs.map(({ a, b, n }) => [a, b, n]),
      [
        ['m r1', 'ada', 2],
        ['m r1', 'bob', 1],
        ['ada', 'bob', 1],
      ],
    );
    assert.deepEqual(
      report.pairs[0]?.thresholds.map(({ cut }) => cut),
      [5],
    );
    assert.match(report.notes.join(' '), /not a probability sample/);
  });

  it('counts the labels that were given with the judge seen', async () => {
    const place = await study();
    const ada = await openAt(place);
    await ada.ask('judge', { show: true });
    await ada.ask('label', { ordinal: 1, value: 6, elapsedMs: 1 });
    const { stdout } = run(place.file, '--criterion', 'frustration', '--rater', 'ada', '--json');
    const [pair] = (JSON.parse(stdout) as AgreementReport).pairs;
    assert.deepEqual([pair?.n, pair?.excluded.judgeVisible], [2, 1]);
  });

  it('ends with exit code 1 and one line where the file can’t be used', async () => {
    const { file } = await study();
    const { status, stdout, stderr } = run(file, '--criterion', 'joy');
    assert.deepEqual(
      [status, stdout, stderr],
      [1, '', 'error: there is no criterion "joy": there are frustration, legibility\n'],
    );
  });
});
