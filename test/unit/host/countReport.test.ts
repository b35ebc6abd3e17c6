import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { ratingTableOfFile } from '../../../src/cli/agreementOfFile';
import type { AgreementReport } from '../../../src/core/agreement/agreementReport';
import { agreementMarkdown } from '../../../src/core/agreement/agreementMarkdown';
import { defaultResamples } from '../../../src/core/agreement/pairReport';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { reportJson } from '../../../src/core/agreement/reportJson';
import { countReport } from '../../../src/host/countReport';
import type { Counting } from '../../../src/host/countInWorker';
import type { ReportOrder } from '../../../src/host/countReport';
import { reportParts } from '../../../src/host/reportParts';
import type { ReportProgress } from '../../../src/protocol/reportProtocol';
import type { MadeReport } from '../../../src/protocol/reportWorkerProtocol';
import { ioError, syncedBy } from '../session/disks';
import { openAt, openOn, placeOf, rolloutLine, textOf } from '../session/harness';
import type { Harness, Place } from '../session/harness';
import { subsetAt } from '../session/manifests';

/** As it is built beside the tests. */
const script = join(__dirname, '../../../reportWorker.js');
const version = '1.2.3';

function counting(
  h: Harness,
  changes: Partial<ReportOrder> = {},
  progress: ReportProgress[] = [],
): Counting<MadeReport> {
  return countReport(
    h.session,
    { criterion: 'frustration', subset: null, path: h.place.file, script, version, ...changes },
    step => void progress.push(step),
  );
}

async function made(h: Harness, changes: Partial<ReportOrder> = {}): Promise<MadeReport> {
  const result = await counting(h, changes).result;
  assert.ok(result);
  return result;
}

/** The same report by way of the command line's reading of the folder, in this thread. */
async function inProcess(place: Place, subset?: string): Promise<AgreementReport> {
  const criterion = 'frustration';
  const table = await ratingTableOfFile(place.file, { criterion, ...(subset ? { subset } : {}) });
  return reportAgreement(
    { ...table, source: { file: 'run.rollouts.jsonl', criterion } },
    {
      thresholds: table.thresholds ?? [],
      categories: 'scale',
      seed: 1,
      resamples: defaultResamples,
      version,
      run: table.run ?? {},
    },
  );
}

/** 60 rollouts of ten judged turns: more than a message holds. */
const run = textOf(
  ...Array.from({ length: 60 }, (_, rollout) =>
    rolloutLine(`r${rollout}`, {
      turns: 10,
      texts: Array.from({ length: 10 }, (_unused, turn) => 'Answer. '.repeat(1 + ((rollout + turn) % 7))),
      judge: Array.from({ length: 10 }, (_unused, turn) => (rollout * 3 + turn * 2) % 11),
      fields: { condition: rollout % 2 === 0 ? 'baseline' : 'bct', prompt_id: `p${rollout % 25}` },
    }),
  ),
);

/** Labels every third item as a rater does, near the judge's score. */
async function label(h: Harness, from: number, upTo: number): Promise<void> {
  for (let ordinal = from; ordinal < upTo; ordinal += 3) {
    const judge = (Math.floor(ordinal / 10) * 3 + (ordinal % 10) * 2) % 11;
    await h.ask('label', {
      ordinal,
      value: Math.min(10, Math.max(0, judge - 1 + (ordinal % 3))),
      elapsedMs: 1,
    });
  }
}

/** Two raters with labels, slips, an undone one, and some that were given after the judge was shown. */
async function study(): Promise<Harness> {
  const place = placeOf(run);
  const ada = await openAt(place);
  await label(ada, 0, 450);
  await ada.ask('label', { ordinal: 3, value: 9, elapsedMs: 1 });
  await ada.ask('undo');
  await ada.ask('note', { ordinal: 6, text: 'odd' });
  await ada.ask('judge', { show: true, confirmed: true });
  await label(ada, 451, 460);
  const bob = await openAt(place, { rater: 'bob' });
  await label(bob, 0, 300);
  return bob;
}

/** Progress of a computation: no stage comes back, and none of them falls behind itself. */
function assertRising(progress: readonly ReportProgress[]): void {
  const stages = ['scanning', 'rollouts', 'items', 'comparisons', 'questions'];
  const place = ({ stage, done }: ReportProgress): number => stages.indexOf(stage) * 1e9 + done;
  for (const [index, step] of progress.entries()) {
    assert.ok(step.done <= step.total, JSON.stringify(step));
    const before = progress[index - 1];
    if (before) assert.ok(place(step) >= place(before), JSON.stringify([before, step]));
  }
}

describe('a report that a worker counts', function () {
  this.timeout(60_000);

  it('is that of the same labels counted in this thread, to the byte, as JSON and as Markdown', async () => {
    const h = await study();
    const progress: ReportProgress[] = [];
    const { counted, markdown } = (await counting(h, {}, progress).result)!;
    const expected = await inProcess(h.place);
    assert.ok(expected.questions && expected.pairs.length === 3);
    assert.equal(counted.report, reportJson(expected));
    assert.equal(
      markdown,
      agreementMarkdown(expected, { criterion: 'frustration', file: 'run.rollouts.jsonl' }),
    );
    assert.deepEqual(
      [counted.labels, counted.items, counted.empty],
      [
        [
          { rater: 'ada', count: 153 },
          { rater: 'bob', count: 100 },
        ],
        600,
        null,
      ],
    );
    assertRising(progress);
    assert.deepEqual(
      [...new Set(progress.map(({ stage }) => stage))],
      ['rollouts', 'items', 'comparisons', 'questions'],
    );
  });

  it('of a subset is the same too', async () => {
    const place = placeOf(run);
    const slots = Array.from({ length: 60 }, (_, slot) => `r${slot} ${(slot % 10) + 1}`);
    await subsetAt(place, {
      slots: slots.map(at => ({ at, pi: 0.1, weight: 10 })),
      strata: [{ id: 'all', where: {}, population: 600, drawn: 60 }],
    });
    const h = await openAt(place, { subset: 'val' });
    for (let ordinal = 0; ordinal < 55; ordinal++)
      await h.ask('label', { ordinal, value: (ordinal * 4) % 11, elapsedMs: 1 });
    const { counted } = await made(h, { subset: 'val' });
    const expected = await inProcess(place, 'val');
    assert.equal(expected.subset?.drawn, 60);
    assert.equal(counted.report, reportJson(expected));
    assert.equal(counted.items, 60);
  });

  it('counts labels that are only held on this machine', async () => {
    let isFull = false;
    const h = await openOn(run, {
      makeWriter: syncedBy(folder =>
        isFull && !folder.endsWith('held') ? Promise.reject(ioError('ENOSPC')) : Promise.resolve(),
      ),
    });
    await label(h, 0, 60);
    isFull = true;
    await label(h, 60, 120);
    assert.equal(h.session.state.store?.saving.kind, 'held');
    assert.deepEqual((await made(h)).counted.labels, [{ rater: 'ada', count: 40 }]);
  });

  it('says what is missing where there is none', async () => {
    const h = await openOn(run);
    const { counted, markdown } = await made(h);
    assert.deepEqual([counted.report, markdown], [null, null]);
    assert.match(counted.empty ?? '', /^No frustration labels outside subsets yet: /);
    const readOnly = await openOn(run, { readOnly: 'Nothing can be labelled here.' });
    assert.equal((await made(readOnly)).counted.empty, 'Nothing can be labelled here.');
  });

  it('is ended at once when it is cancelled, with its thread', async () => {
    const h = await openOn(run);
    await label(h, 0, 30);
    const endless = join(h.place.folder, 'endless.js');
    writeFileSync(endless, 'require("node:worker_threads").parentPort.on("message", () => {}); for (;;);');
    const born = once(process, 'worker');
    const under = counting(h, { script: endless });
    const [worker] = (await born) as [Worker];
    const ended = once(worker, 'exit');
    under.cancel();
    assert.equal(await under.result, null);
    await ended;
  });

  it('begins no thread when it is cancelled before the file is read', async () => {
    const h = await openOn(run);
    let threads = 0;
    const onWorker = (): void => void threads++;
    process.on('worker', onWorker);
    try {
      const under = counting(h);
      under.cancel();
      assert.equal(await under.result, null);
      await new Promise(resolve => setImmediate(resolve));
      assert.equal(threads, 0);
    } finally {
      process.off('worker', onWorker);
    }
  });

  it('that breaks off, ends or was never there gives one sentence', async () => {
    const h = await openOn(run);
    await label(h, 0, 30);
    const sentence = async (text: string): Promise<string> => {
      const broken = join(h.place.folder, 'broken.js');
      writeFileSync(broken, text);
      try {
        await counting(h, { script: broken }).result;
      } catch (error) {
        return (error as Error).message;
      }
      return assert.fail('it gave a report');
    };
    assert.equal(
      await sentence('throw new Error("out of luck");'),
      'The report could not be made: its computation broke off: out of luck.',
    );
    assert.equal(
      await sentence('process.exit(3);'),
      'The report could not be made: its computation ended too early (code 3).',
    );
    await assert.rejects(counting(h, { script: join(h.place.folder, 'none.js') }).result, {
      message: /^The report could not be made: its computation broke off: Cannot find module [^\n]*\.$/,
    });
  });

  it('of a file that has changed or gone says so', async () => {
    const h = await openOn(run);
    await label(h, 0, 30);
    writeFileSync(h.place.file, run.replaceAll('"id":"r0"', '"id":"x0"'));
    await assert.rejects(counting(h).result, {
      message: 'The report could not be made: line 1 has changed: it holds another rollout now.',
    });
    rmSync(h.place.file);
    await assert.rejects(counting(h).result, {
      message: 'The report could not be made: there is no such file.',
    });
  });
});

describe('what a worker is told', () => {
  it('is told anew from the first label where one came meanwhile', async () => {
    const h = await openOn(run);
    await label(h, 0, 30);
    const { state } = h.session;
    const job = {
      path: '',
      file: '',
      rubric: h.session.queue('frustration', null).rubric,
      subset: null,
      items: 0,
      version,
    };
    const kinds: string[] = [];
    for (const part of reportParts(job, state.directory.rollouts, state.store!.index)) {
      kinds.push(part.kind);
      if (part.kind === 'part' && kinds.filter(kind => kind === 'part').length === 1)
        await h.ask('label', { ordinal: 1, value: 3, elapsedMs: 1 });
    }
    assert.deepEqual(
      kinds.filter(kind => kind !== 'rollouts'),
      ['job', 'labels', 'part', 'labels', 'part', 'count'],
    );
  });
});
