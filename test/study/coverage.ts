import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { cases } from './cases';
import { seedSets, type Seeds } from './model';
import { coverageTable } from './coverageTable';
import { addTally, newCaseTally, tallyStudies, type CaseTally } from './tally';
import { truthOf } from './truth';

/**
 * `npm run study:coverage [-- --seeds NAME] [--studies 2000] [--bootstrapped 300] [--truth 100000] [--workers N]`: prints
 * the tables of docs/statistics.md. The same seeds give the same numbers, whatever the number of workers. `--truth` is the
 * rollouts of 20 turns that each true value is read off.
 */

type Task =
  | { readonly kind: 'truth'; readonly arguments: Readonly<Parameters<typeof truthOf>> }
  | { readonly kind: 'studies'; readonly arguments: Readonly<Parameters<typeof tallyStudies>> };

const studiesATask = 100;

function perform(task: Task): number[] | CaseTally {
  return task.kind === 'truth' ? truthOf(...task.arguments) : tallyStudies(...task.arguments);
}

/** Tasks carried out by workers, results in the order of tasks. */
async function carriedOut<T>(workers: number, tasks: readonly Task[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = new Worker(__filename);
      try {
        for (let own = next++; own < tasks.length; own = next++) {
          results[own] = await answerOf<T>(worker, tasks[own]);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return results;
}

function answerOf<T>(worker: Worker, task: Task | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners('error').once('error', reject);
    worker.once('message', resolve);
    worker.postMessage(task);
  });
}

function textOf(option: string): string | undefined {
  const place = process.argv.indexOf(`--${option}`);
  return place < 0 ? undefined : (process.argv[place + 1] ?? '');
}

function seedsOf(name: string): Seeds {
  const seeds = seedSets.find(known => known === name);
  if (!seeds) throw new Error(`--seeds takes one of ${seedSets.join(', ')}`);
  return seeds;
}

function numberOf(option: string, usual: number): number {
  const value = Number(textOf(option) ?? usual);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${option} takes a whole number`);
  return value;
}

async function main(): Promise<void> {
  const seeds = seedsOf(textOf('seeds') ?? 'second-confirmation');
  const studies = numberOf('studies', 2000);
  const bootstrapped = numberOf('bootstrapped', 300);
  const rollouts = numberOf('truth', 100_000);
  const workers = Math.max(1, numberOf('workers', availableParallelism()));
  const settings = [...new Map(cases.map(one => [`${one.profile} ${one.icc}`, one])).entries()];
  const truths = await carriedOut<number[]>(
    workers,
    settings.map(([, { icc, profile }]) => ({ kind: 'truth', arguments: [{ icc, profile }, rollouts] })),
  );
  const truthBy = new Map(settings.map(([name], index) => [name, truths[index] ?? []]));
  const tasks = cases.flatMap((one, index) =>
    Array.from({ length: Math.ceil(studies / studiesATask) }, (_, part) => {
      const [from, to] = [part * studiesATask, Math.min(studies, (part + 1) * studiesATask)];
      const truth = truthBy.get(`${one.profile} ${one.icc}`) ?? [];
      return {
        index,
        task: { kind: 'studies', arguments: [index, seeds, truth, from, to, bootstrapped] } as const,
      };
    }),
  );
  const made = await carriedOut<CaseTally>(
    workers,
    tasks.map(({ task }) => task),
  );
  const sums = cases.map(() => newCaseTally());
  tasks.forEach(({ index }, place) => {
    const [sum, tally] = [sums[index], made[place]];
    if (sum && tally) addTally(sum, tally);
  });
  process.stdout.write(`${seeds} seeds, ${studies} studies a case\n\n`);
  for (const [name, truth] of truthBy)
    process.stdout.write(`truth, ${name}: ${truth.map(value => value.toFixed(4)).join(', ')}\n`);
  process.stdout.write(`\n${coverageTable(sums)}\n`);
}

if (isMainThread) void main();
else parentPort?.on('message', (task: Task) => parentPort?.postMessage(perform(task)));
