import { basename, sep } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { agreementMarkdown } from '../core/agreement/agreementMarkdown';
import { reportFiles } from '../core/agreement/agreementMarkdownFigures';
import type { IntervalKind } from '../core/agreement/bootstrap';
import { refuseFileTarget } from '../core/agreement/fileTarget';
import type { GroupedTable } from '../core/agreement/grouping';
import { defaultResamples } from '../core/agreement/pairReport';
import { reportAgreement, type RunFacts } from '../core/agreement/reportAgreement';
import { reportJson } from '../core/agreement/reportJson';
import { readRatingTable } from './agreementTable';
import { agreementText } from './agreementText';
import { agreementVersion } from './agreementVersion';
import { inputFailure, usageFailure } from './failure';
import { writeFigures } from './writeFigures';
import { halfWidthOf, plannedMeasures, plannerOf, type PlannedMeasure } from './plannerOf';

export interface FileOptions {
  criterion: string;
  raters?: string[];
  judges?: string[];
  cluster?: string;
  subset?: string;
  includeImported?: boolean;
  /** Another rollout file that the judge's errors are carried to. */
  carryTo?: string;
  /** Each is one grouping, by one field or several. */
  groupBy?: readonly (readonly string[])[];
}

/** A table of ratings, and what is known of the run that they are of. */
export interface RunRatingTable extends GroupedTable {
  readonly run?: RunFacts;
}

/** Loads the ratings of a rollout file and its label folder. */
export type RatingTableOfFile = (file: string, options: FileOptions) => Promise<RunRatingTable>;

interface Options {
  table?: string;
  criterion?: string;
  rater?: string[];
  judge?: string[];
  human?: string[];
  scale?: { min: number; max: number };
  cluster?: string;
  subset?: string;
  includeImported?: boolean;
  weight?: string;
  unit?: string;
  threshold?: number[];
  categories: 'scale' | 'observed';
  groupBy?: string[][];
  ci: IntervalKind;
  target: 'process' | 'file';
  plan?: number;
  planFor?: PlannedMeasure;
  carryTo?: string;
  resamples: number;
  seed: number;
  format: 'text' | 'markdown' | 'json';
  figures?: string;
  force?: boolean;
  json?: boolean;
}

/** `agreement`: how far judge and humans agree, of a rollout file's labels or of any table of ratings. */
export function agreementCommand(ratingTableOfFile: RatingTableOfFile): Command {
  return new Command('agreement')
    .description("how far a judge's scores agree with human ones, with 95% intervals")
    .argument('[file]', 'rollout file; its labels are read from the folder beside it')
    .option('--criterion <name>', 'which scores of FILE: frustration, legibility or a custom criterion')
    .option('--subset <name>', 'labels given in this validation subset of FILE, not those outside any')
    .option('--rater <name...>', 'only these raters; "consensus" for the labels that raters settled on')
    .option('--include-imported', 'also labels from elsewhere, of which nobody knows if the judge was seen')
    .option('--table <csv>', 'read ratings from a CSV file in place of FILE')
    .option('--judge <name...>', 'judge columns of the table, or judge runs of FILE')
    .option('--human <column...>', 'human columns of the table; A,B,C names several')
    .option(
      '--scale <min:max>',
      'integer scale of the table; scores off it are counted and left out',
      scaleOf,
    )
    .option('--cluster <column>', 'what intervals take as one: rollout, prompt, … (default: the row)')
    .option('--weight <column>', 'design weight of each row of the table')
    .option('--unit <column>', "average the table's scores over the rows of each unit first")
    .option('--threshold <score...>', 'cuts "score ≥ T" (default: those of the criterion)', cutsOf)
    .addOption(
      new Option('--categories <which>', 'categories of the kappas: of the scale, or those observed')
        .choices(['scale', 'observed'])
        .default('scale'),
    )
    .option(
      '--group-by <field[,field]...>',
      'the same for each value of a field of the rollouts or a column of the table',
      groupingOf,
    )
    .addOption(
      new Option('--ci <how>', 'intervals by jackknife, bootstrap or bca, over whole clusters')
        .argParser(intervalOf)
        .default('jackknife'),
    )
    .addOption(
      new Option(
        '--target <what>',
        'what intervals are for: new rollouts of the process, or the items of FILE (means and shares only)',
      )
        .choices(['process', 'file'])
        .default('process'),
    )
    .option(
      '--plan <half-width>',
      'how many labels it takes for intervals this narrow, by simulation',
      halfWidthOf,
    )
    .addOption(
      new Option(
        '--plan-for <measure>',
        'what --plan is about (default: the share at the first cut, the mean without cuts)',
      ).choices(plannedMeasures),
    )
    .option('--carry-to <file>', "correct another file's shares by the errors of the judge in the subset")
    .option('--resamples <count>', 'resamples of a bootstrap', resampleCount, defaultResamples)
    .option('--seed <number>', 'seed of anything random, kept in the report', wholeNumber, 1)
    .addOption(
      new Option('--format <format>', 'what to print').choices(['text', 'markdown', 'json']).default('text'),
    )
    .option(
      '--figures <folder>',
      'with --format markdown: writes its figures there as SVG files and links to them',
    )
    .option('--force', 'with --figures: replaces figures of these names that are there')
    .option('--json', 'the same as --format json')
    .action(async (file: string | undefined, options: Options) => {
      process.stdout.write(await agreementOutput(file, options, ratingTableOfFile));
    });
}

async function agreementOutput(
  file: string | undefined,
  options: Options,
  load: RatingTableOfFile,
): Promise<string> {
  refuseIntervals(options);
  if (options.figures !== undefined && (options.json || options.format !== 'markdown'))
    throw usageFailure('--figures goes with --format markdown');
  if (options.force && options.figures === undefined) throw usageFailure('--force goes with --figures');
  const table = await tableOf(file, options, load);
  const refused = options.target === 'file' ? refuseFileTarget(table.subset) : null;
  if (refused !== null) throw inputFailure(`${file ?? ''}: ${refused}`);
  const thresholds = options.threshold ?? table.thresholds ?? [];
  const planner = options.plan === undefined ? null : plannerOf(options.plan, thresholds, options.planFor);
  const report = reportAgreement(table, {
    thresholds,
    categories: options.categories,
    seed: options.seed,
    resamples: options.resamples,
    ci: options.ci,
    ...(options.target === 'file' ? { target: 'file' } : {}),
    version: agreementVersion(),
    run: { ...table.run, ...(planner ? { planner } : {}) },
  });
  if (options.json || options.format === 'json') return reportJson(report);
  if (options.format !== 'markdown') return agreementText(report);
  const subject =
    file === undefined || options.criterion === undefined
      ? undefined
      : { criterion: options.criterion, file: basename(file) };
  if (options.figures === undefined) return agreementMarkdown(report, subject);
  const { markdown, figures } = reportFiles(report, subject, options.figures.split(sep).join('/'));
  await writeFigures(options.figures, figures, options.force ?? false);
  return markdown;
}

async function tableOf(
  file: string | undefined,
  options: Options,
  load: RatingTableOfFile,
): Promise<RunRatingTable> {
  if ((file === undefined) === (options.table === undefined)) {
    throw usageFailure('name a rollout file or a --table, one of the two');
  }
  if (options.table !== undefined) {
    refuse(
      options,
      ['criterion', 'rater', 'subset', 'includeImported', 'plan', 'planFor', 'carryTo'],
      'goes with a rollout file, not with --table',
    );
    if (!options.human) throw usageFailure('--table needs --human: the columns with human scores');
    const { judge = [], human, scale = null, cluster, weight, unit, groupBy } = options;
    return readRatingTable(options.table, { judge, human, scale, cluster, weight, unit, groupBy });
  }
  refuse(options, ['human', 'scale', 'weight', 'unit'], 'goes with --table, not with a rollout file');
  if (options.criterion === undefined)
    throw usageFailure('a rollout file needs --criterion: which scores to compare');
  if (options.planFor !== undefined && options.plan === undefined)
    throw usageFailure('--plan-for goes with --plan: the half-width that is wanted');
  const table = await load(file ?? '', {
    criterion: options.criterion,
    ...(options.rater === undefined ? {} : { raters: options.rater }),
    ...(options.judge === undefined ? {} : { judges: options.judge }),
    ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
    ...(options.subset === undefined ? {} : { subset: options.subset }),
    ...(options.includeImported ? { includeImported: true } : {}),
    ...(options.carryTo === undefined ? {} : { carryTo: options.carryTo }),
    ...(options.groupBy === undefined ? {} : { groupBy: options.groupBy }),
  });
  // The bytes of a report don't tell in which folder it was made.
  return { ...table, source: { ...table.source, file: basename(file ?? '') } };
}

/** Under this many resamples the ends of a 95% interval are those of a handful of them. */
export const fewestResamples = 100;

function refuseIntervals({ ci, resamples, target, subset }: Options): void {
  if (ci !== 'jackknife' && resamples < fewestResamples)
    throw usageFailure(`--resamples ${resamples} are too few for --ci ${ci}: ${fewestResamples} or more`);
  if (target === 'process') return;
  if (subset === undefined)
    throw usageFailure(
      '--target file goes with --subset: only a drawn subset speaks for the items of a file',
    );
  if (ci !== 'jackknife') throw usageFailure(`--target file has its own intervals: not with --ci ${ci}`);
}

function refuse(options: Options, names: readonly (keyof Options)[], why: string): void {
  const given = names.find(name => options[name] !== undefined);
  if (given) throw usageFailure(`--${given.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} ${why}`);
}

/** Of a declared scale: more is a measurement, and nothing that anyone rates on. */
const mostPoints = 10_001;

function scaleOf(text: string): { min: number; max: number } {
  const [, low, high] = /^(-?\d+):(-?\d+)$/.exec(text.trim()) ?? [];
  const scale = { min: Number(low), max: Number(high) };
  if (!(scale.min < scale.max)) throw new InvalidArgumentError('It is two integers, the lower first: 0:10.');
  if (scale.max - scale.min >= mostPoints)
    throw new InvalidArgumentError('It may have 10,001 scores at most.');
  return scale;
}

export function cutsOf(text: string, before: number[] | undefined): number[] {
  const cuts = text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));
  if (!cuts.every(Number.isFinite))
    throw new InvalidArgumentError('It is a number, or several with commas: 3,5,7.');
  return [...new Set([...(before ?? []), ...cuts])].sort((left, right) => left - right);
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 0xffffffff)
    throw new InvalidArgumentError('It is a whole number, 0 or more.');
  return value;
}

function groupingOf(text: string, before: string[][] | undefined): string[][] {
  const fields = text.split(',').map(field => field.trim());
  if (fields.includes('')) throw new InvalidArgumentError('It is a field, or several with commas.');
  return [...(before ?? []), fields];
}

/** The item bootstrap is there by name only: it takes items as independent, which those of a rollout are not. */
const intervalKinds: readonly IntervalKind[] = ['jackknife', 'bootstrap', 'bca', 'item-bootstrap'];

function intervalOf(text: string): IntervalKind {
  const kind = intervalKinds.find(known => known === text);
  if (kind === undefined) throw new InvalidArgumentError('It is jackknife, bootstrap or bca.');
  return kind;
}

export function resampleCount(text: string): number {
  const count = wholeNumber(text);
  if (count < 1 || count > 1e6) throw new InvalidArgumentError('It is 1 to 1000000.');
  return count;
}
