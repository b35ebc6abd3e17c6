import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { v7 as newId } from 'uuid';
import type { LabelEvent } from '../../src/core/labels/labelEvent';
import { annotationsFolderName } from '../../src/core/labels/annotationsFolder';
import { builtInRubrics } from '../../src/core/labels/rubric';
import { itemKeyText, type Item } from '../../src/core/rollout/item';
import { loadItems } from '../../src/core/rollout/loadItems';
import { newScanState, scanRun, type RolloutSummary } from '../../src/core/rollout/runScan';
import { openFileSource } from '../../src/disk/fileSource';
import { openLabelStore } from '../../src/disk/labelStore';
import { logWriter } from '../../src/disk/logWriter';
import { addSourceFile } from '../../src/disk/sourceFile';
import { readSubsets, writeSubset } from '../../src/disk/subsetFolder';
import { countReport } from '../../src/host/countReport';
import { openSession, type Session } from '../../src/host/session/session';
import { median, type Row } from './ratios';

const criterion = 'frustration';
const turns = 20;
const rolloutCount = 100;
const script = join(__dirname, '../../reportWorker.js');

/** A number from 0 to `below` − 1 that looks random, the same each time. */
const mixed = (number: number, below: number): number =>
  ((Math.imul(number + 1, 0x9e3779b9) >>> 8) ^ (number * 31)) % below;

/** 100 rollouts of 20 judged turns, about 20 KB each. */
function runText(): string {
  const text = 'The same question again, and the same care with every step of it. ';
  const lines = Array.from({ length: rolloutCount }, (_, rollout) => {
    const messages = Array.from({ length: turns }, (_unused, turn) => [
      { role: 'user', content: 'That is not right, try again.' },
      {
        role: 'assistant',
        content: `${String(turn)}. ${text.repeat(8 + mixed(rollout * turns + turn, 13))}`,
        judge: { criterion, score: mixed(rollout * turns + turn, 11) },
      },
    ]).flat();
    const fields = {
      condition: rollout % 2 === 0 ? 'baseline' : 'kind',
      prompt_id: `p${String(rollout % 25)}`,
    };
    return `${JSON.stringify({ id: `r-${String(rollout)}`, ...fields, messages })}\n`;
  });
  return lines.join('');
}

/** The labels of a rater on all items, near the judge's scores. */
function labelsOf(rater: string, items: readonly Item[], apart: number): LabelEvent[] {
  return items.map((item, place) => ({
    v: 1,
    id: newId(),
    at: new Date(place * 1000).toISOString(),
    rater,
    kind: 'score',
    item: { ...item },
    value: Math.max(0, Math.min(10, mixed(place, 11) + mixed(place * 7 + apart, 5) - 2)),
    scale: { min: 0, max: 10, worst: 'max' },
    rubric: 'c'.repeat(64),
    phase: 'first',
    judgeVisible: false,
    elapsedMs: 4210,
  }));
}

/** A session on the run, with the labels of so many raters on its disk. */
async function sessionOn(folder: string, raters: number): Promise<{ session: Session; path: string }> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'run.rollouts.jsonl');
  writeFileSync(path, runText());
  const annotations = join(folder, annotationsFolderName(basename(path)));
  const source = await openFileSource(path);
  const rollouts: RolloutSummary[] = [];
  for await (const batch of scanRun(source, {}, newScanState())) rollouts.push(...batch.rollouts);
  const rubric = builtInRubrics.find(each => each.criterion === criterion);
  if (!rubric) throw new Error(`no built-in criterion ${criterion}`);
  const keys = rollouts.flatMap(({ id, responseTurns }) =>
    responseTurns.map(turn => ({ rollout: id, turn, part: rubric.part, criterion })),
  );
  const read = await loadItems(source, rollouts, keys, rubric);
  await source.close();
  const items = keys.flatMap(key => read.get(itemKeyText(key)) ?? []);
  const writer = logWriter(annotations);
  for (let rater = 1; rater <= raters; rater++)
    await writer.append(`rater-${String(rater)}`, labelsOf(`rater-${String(rater)}`, items, rater));
  await writer.close();
  const session = await openSession({
    fileName: basename(path),
    openSource: () => openFileSource(path),
    openStore: () => openLabelStore({ folder: annotations, heldFolder: join(folder, 'held') }),
    readOnly: null,
    writeSourceFile: content => addSourceFile(annotations, content),
    readSubsets: () => readSubsets(annotations),
    writeSubset: manifest => writeSubset(annotations, manifest),
    readRubrics: () => Promise.resolve({ rubrics: builtInRubrics, problems: [] }),
    now: () => new Date(),
    newId,
    rater: () => ({ name: 'rater-1', proposed: 'rater-1' }),
    saveRater: () => Promise.resolve(),
    maxLineBytes: 64 * 1024 * 1024,
    keys: () => ({}),
  });
  await session.scanned();
  return { session, path };
}

/** Makes the report in a worker of its own, as the page has it made. */
async function reported(session: Session, path: string): Promise<void> {
  const order = { criterion, subset: null, path, script, version: '0.0.0' };
  const made = await countReport(session, order, () => undefined).result;
  if (!made?.counted.report) throw new Error('there is no report');
}

/** Milliseconds of processor time of all threads; this one has next to nothing to do meanwhile. */
async function processorTime(act: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The longest time for which this thread did not come round while `act` was under way, in milliseconds. */
async function worstStall(act: () => Promise<void>): Promise<number> {
  let worst = 0;
  let last = performance.now();
  let isOver = false;
  const tick = (): void => {
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  await act().finally(() => (isOver = true));
  return worst;
}

/** Values against something measured beside each of them, as one row. */
async function rowOf(
  what: string,
  goal: number | null,
  pairs: number,
  pair: () => Promise<readonly [number, number]>,
): Promise<Row> {
  const ratios: number[] = [];
  for (let round = 0; round < pairs; round++) {
    const [first, second] = await pair();
    ratios.push(first / second);
  }
  return { what, ratio: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios), pairs, goal };
}

/**
 * The whole report of 2,000 items in a new worker each time, from its first line of code to the last word, and what the thread
 * that hands the run over feels of it. Nothing is warmed up: people wait for a first report.
 */
export async function reportRows(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const raters of [1, 2]) {
    const { session, path } = await sessionOn(join(folder, `report-${String(raters)}`), raters);
    const of = `full report of 2,000 items and ${raters === 1 ? 'one rater' : 'two raters'} in its worker`;
    const once = (): Promise<void> => reported(session, path);
    const parsed = (): Promise<number> =>
      processorTime(() => {
        for (const line of readFileSync(path, 'utf8').split('\n')) if (line !== '') JSON.parse(line);
        return Promise.resolve();
      });
    rows.push(
      await rowOf(`${of} / a second of CPU`, raters === 1 ? 1 : null, 5, async () => [
        await processorTime(once),
        1000,
      ]),
      await rowOf(`${of} / reading and parsing its file`, null, 5, async () => [
        await processorTime(once),
        await parsed(),
      ]),
      await rowOf(`worst stall of the thread that asks, ${of} / 10 ms`, 1, 5, async () => [
        await worstStall(once),
        10,
      ]),
    );
    await session.close();
  }
  return rows;
}
