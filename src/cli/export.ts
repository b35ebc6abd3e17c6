import { access } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { exportKinds } from '../core/export/exportKinds';
import type { ExportKind } from '../core/export/exportKinds';
import { pairSources } from '../core/export/trainingPairs';
import type { PairSource } from '../core/export/trainingPairs';
import { ioCode, ioReason } from '../disk/ioReason';
import { refuseOutput } from '../disk/refuseOutput';
import { writePieces } from '../disk/writePieces';
import { criteriaOf } from './criteria';
import { exportOfFile } from './exportOfFile';
import { inputFailure, isFailure, usageFailure } from './failure';

export interface ExportOptions {
  to: ExportKind;
  out?: string;
  force?: boolean;
  criterion?: string;
  subset?: string;
  rater?: string[];
  judge?: string[];
  includeImported?: boolean;
  threshold?: number;
  by?: PairSource;
  target?: string;
  withReasoning?: boolean;
  json?: boolean;
}

/** `export`: labels, ratings, training pairs and the report of a rollout file, as other tools read them. */
export function exportCommand(): Command {
  return new Command('export')
    .description('labels, training pairs and the report of a rollout file, as other tools read them')
    .argument('<file>', 'rollout file; its labels are read from the folder beside it')
    .addOption(
      new Option(
        '--to <what>',
        'csv, jsonl: all labels with judge scores and weights; scout: an Inspect Scout validation set; alt-test: tables for the alternative annotator test; markdown: the agreement report; pairs: (context, response) for training',
      )
        .choices(exportKinds)
        .makeOptionMandatory(),
    )
    .option('-o, --out <file>', 'where to (default: stdout)')
    .option('--force', 'replace OUT where it is there already')
    .option(
      '--criterion <name>',
      'which labels or scores (default: all in csv and jsonl, else the only labelled or judged one)',
    )
    .option(
      '--subset <name>',
      'labels given in this subset; without it csv and jsonl hold all, the others those outside any',
    )
    .option('--rater <name...>', 'only these raters; "consensus" for the labels that raters settled on')
    .option('--judge <name...>', 'judge runs (default: the one with most scores)')
    .option(
      '--include-imported',
      'also use labels from elsewhere, of which nobody knows if the judge was seen',
    )
    .option(
      '--threshold <score>',
      'pairs: at least this score (default: the criterion’s first); scout: targets say whether it is reached',
      thresholdOf,
    )
    .addOption(
      new Option('--by <whom>', 'pairs: whose score has to reach it (default: judge)').choices(pairSources),
    )
    .option('--target <text>', 'pairs: what the assistant should have said (default: empty, to be filled in)')
    .option('--with-reasoning', 'pairs: with the chains of thought of the context and the response')
    .option('--json', 'machine output about what was written; needs -o')
    .action(exportFile);
}

async function exportFile(file: string, options: ExportOptions): Promise<void> {
  const { out, to } = options;
  refuseOptions(options);
  if (out !== undefined) await refuseOut(out, file, options.force === true);
  const { pieces, said, problems, close } = await exportOfFile(file, options);
  try {
    if (out === undefined) await toStdout(pieces);
    else await writePieces(out, pieces);
    const what = said();
    if (options.json === true) process.stdout.write(`${JSON.stringify({ file, to, out, what, problems })}\n`);
    else if (out !== undefined) process.stdout.write([`${out}: ${what}`, ...problems, ''].join('\n'));
    else for (const problem of problems) process.stderr.write(`${problem}\n`);
  } catch (error) {
    if (isFailure(error) || !(error instanceof Error)) throw error;
    // What the disk says has a code, what the file doesn't hold has none.
    throw ioCode(error) === ''
      ? inputFailure(`${file}: ${error.message}`)
      : inputFailure(`${out ?? 'stdout'}: cannot be written: ${ioReason(error)}`);
  } finally {
    await close();
  }
}

/** Waits for a slow reader, so that nothing piles up; one that has seen enough ends it. */
async function toStdout(pieces: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), process.stdout, { end: false });
  } catch (error) {
    if (!['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(ioCode(error))) throw error;
  }
}

async function refuseOut(out: string, file: string, force: boolean): Promise<void> {
  const refused = await refuseOutput(out, file, (await criteriaOf(file)).folder);
  if (refused !== null) throw inputFailure(`${out}: ${refused}`);
  const isThere = await access(out).then(
    () => true,
    () => false,
  );
  if (isThere && !force) throw inputFailure(`${out} is there already: --force replaces it`);
}

/** Which options belong to which exports alone. */
const onlyFor: readonly (readonly [keyof ExportOptions, string, readonly ExportKind[]])[] = [
  ['threshold', '--threshold', ['pairs', 'scout']],
  ['by', '--by', ['pairs']],
  ['target', '--target', ['pairs']],
  ['withReasoning', '--with-reasoning', ['pairs']],
];

function refuseOptions(options: ExportOptions): void {
  const { to, by = 'judge', judge = [] } = options;
  for (const [key, name, kinds] of onlyFor)
    if (options[key] !== undefined && !kinds.includes(to))
      throw usageFailure(`${name} goes with --to ${kinds.join(' or ')}`);
  if (judge.length > 1 && to !== 'alt-test' && to !== 'markdown')
    throw usageFailure(`--to ${to} takes one --judge`);
  if (to === 'pairs' && by === 'judge')
    for (const name of ['rater', 'subset', 'includeImported'] as const)
      if (options[name] !== undefined)
        throw usageFailure('pairs by the judge alone go by no labels: name --by human or both');
  if (options.force === true && options.out === undefined) throw usageFailure('--force goes with -o');
  if (options.json === true && options.out === undefined)
    throw usageFailure('--json goes with -o: without it stdout is the export itself');
}

function thresholdOf(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It is a number.');
  return value;
}
