import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalysisReport } from '../../../src/core/analysis/analysisReport';
import { analyseRun } from '../../../src/core/analysis/analyseRun';
import { analysisJson } from '../../../src/core/analysis/analysisJson';
import { defaultResamples } from '../../../src/core/agreement/pairReport';
import { countAnalysis } from '../../../src/host/countAnalysis';
import type { AnalysisChoice } from '../../../src/protocol/analysisProtocol';
import type { ReportProgress } from '../../../src/protocol/reportProtocol';
import type { MadeAnalysis } from '../../../src/protocol/reportWorkerProtocol';
import { inputOf } from '../analysis/analysed';
import {
  frustrationJsonl,
  legibilityJsonl,
  simulatedFrustration,
  simulatedLegibility,
} from '../analysis/simulatedRuns';
import { openAt, openOn, placeOf } from '../session/harness';
import type { Harness } from '../session/harness';

/** As it is built beside the tests. */
const script = join(__dirname, '../../../reportWorker.js');
const usual: AnalysisChoice = {
  scores: 'judge',
  subset: null,
  by: null,
  thresholds: null,
  survivorsOnly: false,
  event: null,
  align: null,
  compare: 'usual',
};
const text = `${frustrationJsonl(simulatedFrustration(3, 2), () => ({ rewrite_turn: 7 }))}\n`;

async function made(
  h: Harness,
  changed: Partial<AnalysisChoice> = {},
  more: { criterion?: string; reference?: string; progress?: ReportProgress[] } = {},
): Promise<MadeAnalysis> {
  const { criterion = 'frustration', reference = null, progress = [] } = more;
  const counting = countAnalysis(
    h.session,
    {
      criterion,
      subset: null,
      path: h.place.file,
      script,
      version: '0',
      analysis: { choice: { ...usual, ...changed }, subsets: [], reference },
    },
    step => void progress.push(step),
  );
  const result = await counting.result;
  assert.ok(result);
  return result;
}

const reportOf = ({ counted }: MadeAnalysis): AnalysisReport =>
  JSON.parse(counted.report ?? '') as AnalysisReport;

describe('an analysis that a worker counts', function () {
  this.timeout(60_000);

  it('is that of the same file counted in this thread, to the byte', async () => {
    const h = await openOn(text);
    const progress: ReportProgress[] = [];
    const { counted, markdown } = await made(h, {}, { progress });
    const here = analyseRun(
      {
        ...(await inputOf(text)),
        source: { file: 'run.rollouts.jsonl', criterion: 'frustration' },
      },
      {
        scores: 'judge',
        by: ['condition', 'dataset'],
        effects: [{ field: 'condition', baseline: 'baseline' }],
        resamples: defaultResamples,
        seed: 1,
      },
    );
    assert.equal(counted.report, analysisJson(here));
    assert.deepEqual(counted.compared, { field: 'condition', baseline: 'baseline' });
    assert.match(markdown ?? '', /^# Analysis of frustration/);
    assert.ok(progress.some(({ stage, done, total }) => stage === 'texts' && done <= total));
  });

  it('offers the fields that tell rollouts apart, and those that hold a turn', async () => {
    const { counted } = await made(await openOn(text), { by: [], compare: 'none' });
    assert.deepEqual(
      counted.offers.fields.map(({ field, values }) => [field, values]),
      [
        ['condition', ['baseline', 'frustration-bct']],
        ['dataset', ['math', 'wildchat']],
      ],
    );
    assert.deepEqual(counted.offers.turnFields, ['rewrite_turn']);
    assert.equal(counted.compared, null);
  });

  it('takes up every choice', async () => {
    const report = reportOf(
      await made(await openOn(text), {
        by: ['dataset'],
        thresholds: [3, 8],
        survivorsOnly: true,
        event: 'Attempt 4',
        align: 'rewrite_turn',
        compare: { field: 'condition', baseline: 'frustration-bct' },
      }),
    );
    assert.deepEqual(
      [report.by, report.thresholds, report.trajectory?.survivorsOnly, report.trajectory?.event.pattern],
      [['dataset'], [3, 8], true, 'Attempt 4'],
    );
    assert.equal(report.trajectory?.event.rollouts, 120);
    assert.equal(report.trajectory?.aligned?.field, 'rewrite_turn');
    assert.ok(report.effects.every(({ baseline }) => baseline === 'frustration-bct'));
  });

  it('says in one sentence what is missing', async () => {
    const h = await openOn(text);
    const said = async (changed: Partial<AnalysisChoice>, criterion?: string): Promise<string | null> => {
      const { counted, markdown } = await made(h, changed, criterion === undefined ? {} : { criterion });
      assert.equal(counted.report, null);
      assert.equal(markdown, null);
      return counted.empty;
    };
    assert.equal(await said({}, 'legibility'), 'The file holds no legibility scores of a judge.');
    assert.equal(await said({ scores: 'human' }), 'There are no frustration labels outside subsets yet.');
    assert.match((await said({ event: '(' })) ?? '', /^The event “\(” is no regular expression/);
    const { counted } = await made(h, {}, { reference: join(h.place.file, '..', 'gone.jsonl') });
    assert.match(counted.empty ?? '', /^The reference run gone\.jsonl could not be read: .*\.$/);
  });

  it('reads the reference run that was chosen', async () => {
    const all = simulatedLegibility();
    const h = await openAt(placeOf(`${legibilityJsonl(all)}\n`));
    const reference = join(h.place.file, '..', 'other.jsonl');
    writeFileSync(reference, `${legibilityJsonl(all.filter(({ provider }) => provider === 'garbled'))}\n`);
    const answer = await made(h, {}, { criterion: 'legibility', reference });
    assert.equal(answer.counted.reference, 'other.jsonl');
    assert.equal(reportOf(answer).legibility?.bins?.shared, 100);
  });
});
