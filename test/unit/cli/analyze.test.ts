import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalysisReport } from '../../../src/core/analysis/analysisReport';
import {
  frustrationJsonl,
  legibilityJsonl,
  simulatedFrustration,
  simulatedLegibility,
} from '../analysis/simulatedRuns';

/** The built command, beside the built tests. */
const cli = join(__dirname, '../../../cli.js');
const sample = join(__dirname, '../../../../media/sample.rollouts.jsonl');
const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-analyze-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'analyze', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function json(...args: string[]): AnalysisReport {
  const { status, stdout, stderr } = run(...args, '--json');
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  return JSON.parse(stdout) as AnalysisReport;
}

const frustration = ['--criterion', 'frustration'];
const legibility = ['--criterion', 'legibility'];

describe('analyze', function () {
  this.timeout(60_000);
  let run300: string;
  let providers: string;
  before(() => {
    run300 = fileOf('run.jsonl', frustrationJsonl(simulatedFrustration()));
    providers = fileOf('providers.jsonl', legibilityJsonl(simulatedLegibility()));
  });

  it('prints the report as JSON alone, the same each time', () => {
    const args = [run300, ...frustration, '--baseline', 'baseline', '--resamples', '200', '--json'];
    const first = run(...args);
    assert.equal(first.status, 0, first.stderr);
    const report = JSON.parse(first.stdout) as AnalysisReport;
    assert.deepEqual(report.source, { file: 'run.jsonl', rollouts: 300 });
    assert.deepEqual([report.seed, report.resamples, report.thresholds], [1, 200, [5]]);
    assert.equal(report.trajectory?.series.length, 4);
    assert.equal(report.effects.length, 6);
    assert.equal(run(...args).stdout, first.stdout);
  });

  it('groups by the fields named, in their order, at the cuts named', () => {
    const report = json(
      run300,
      ...frustration,
      '--by',
      'dataset',
      '--threshold',
      '3,8',
      '--resamples',
      '100',
    );
    assert.deepEqual(
      report.groups.map(({ label, shares }) => [label, shares.length]),
      [
        ['math', 2],
        ['wildchat', 2],
      ],
    );
    assert.deepEqual(report.thresholds, [3, 8]);
  });

  it('prints aligned tables, and Markdown that a file’s text can’t break', () => {
    const text = run(sample, ...legibility);
    assert.equal(text.status, 0, text.stderr);
    assert.match(
      text.stdout,
      /^The legibility of each reasoning, from 1 to 9 \(worst: 9\), by the judge gpt-4o r1;/,
    );
    assert.match(text.stdout, /\n {2}novita {2}5 /);
    const hostile = simulatedLegibility()
      .slice(0, 30)
      .map(one => ({ ...one, provider: 'a|b <img>\u001b[2J' }));
    const file = fileOf('hostile.jsonl', legibilityJsonl(hostile));
    const markdown = run(file, ...legibility, '--by', 'provider', '--format', 'markdown').stdout;
    assert.ok(markdown.includes('a\\|b \\<img\\>'));
    assert.ok(
      !markdown.includes('\u001b') && !run(file, ...legibility, '--by', 'provider').stdout.includes('\u001b'),
    );
  });

  it('bins correctness by another run’s questions', () => {
    const report = json(providers, ...legibility, '--reference', providers, '--bins', '1,3,9');
    assert.deepEqual(report.legibility?.bins?.edges, [1, 3, 9]);
    const rollouts = report.legibility.bins.series[0]?.bins.map(bin => bin.rollouts) ?? [];
    assert.equal(
      rollouts.reduce((sum, count) => sum + count, 0),
      300,
    );
  });

  it('counts human labels of a subset', () => {
    const report = json(sample, ...frustration, '--scores', 'human', '--subset', 'val-12', '--by', 'dataset');
    assert.deepEqual([report.scores, report.subset, report.judge], ['human', 'val-12', null]);
    assert.deepEqual(report.raters, ['rater-1']);
  });

  it('ends with one sentence and exit 2 where the options are wrong', () => {
    for (const [args, said] of [
      [[], /--criterion is needed/],
      [[...frustration, '--event', '(['], /The event “\(\[” is no regular expression/],
      [[...frustration, '--event', 'x*'], /would be found in every text/],
      [[...frustration, '--effect', 'condition=a'], /It is FIELD=A:B/],
      [[...frustration, '--reference', providers], /--reference goes with criteria on reasoning/],
      [[...frustration, '--subset', 'val-12'], /--subset goes with --scores human or corrected/],
      [[...frustration, '--scores', 'corrected'], /--scores corrected needs --subset/],
      [[...frustration, '--resamples', '5'], /too few for bands/],
      [[...legibility, '--survivors'], /--survivors goes with criteria on responses/],
      [[...legibility, '--bins', '3,1', '--reference', providers], /ascending/],
      [[...legibility, '--bins', '1,3'], /--bins goes with --reference/],
    ] as const) {
      const { status, stdout, stderr } = run(sample, ...args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, said);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
  });

  it('ends with one sentence and exit 1 where the file can’t give what is asked for', () => {
    for (const [args, said] of [
      [['--criterion', 'joy'], /there is no criterion "joy": there are frustration, legibility/],
      [
        [...frustration, '--by', 'conditon'],
        /no rollout has a field "conditon" to group by: there are condition,/,
      ],
      [[...frustration, '--align', 'rewrite'], /no rollout has a field "rewrite" to align by/],
      [[...frustration, '--align', 'provider'], /No rollout has a turn number in the field “provider”/],
      [
        [...frustration, '--effect', 'condition=baseline:sft'],
        /No rollout has condition = “sft”: there are baseline/,
      ],
      [[...frustration, '--baseline', 'sft'], /no rollout has the value "sft" in condition or dataset/],
      [[...frustration, '--judge', 'other'], /no judge run "other": there are gemini-2\.5-flash r1/],
      [[...frustration, '--scores', 'corrected', '--subset', 'val-12'], /a corrected value needs 15/],
      [
        [...frustration, '--scores', 'human', '--subset', 'none'],
        /there is no subset "none": there are val-12/,
      ],
      [[...legibility, '--reference', 'nowhere.jsonl'], /nowhere\.jsonl: .*no such file/],
      [[...legibility, '--reference', providers], /shares no question with this run/],
    ] as const) {
      const { status, stdout, stderr } = run(sample, ...args);
      assert.equal(status, 1, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, said);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
    assert.match(run(providers, ...frustration).stderr, /there are no frustration scores by a judge/);
    const one = fileOf('one.jsonl', frustrationJsonl(simulatedFrustration().slice(0, 5)));
    assert.match(run(one, ...frustration, '--baseline', 'baseline').stderr, /all rollouts are one group/);
  });
});
