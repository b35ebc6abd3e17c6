import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { analysisJson } from '../core/analysis/analysisJson';
import { analysisMarkdown } from '../core/analysis/analysisMarkdown';
import { defaultEventPattern } from '../core/analysis/eventPattern';
import { defaultResamples } from '../core/agreement/pairReport';
import { cutsOf, fewestResamples, resampleCount, wholeNumber } from './agreement';
import { analysisOfFile } from './analysisOfFile';
import { analysisText } from './analysisText';
import { binsOf, effectOf, fieldsOf, type AnalyzeOptions } from './analyzeOptions';
import { usageFailure } from './failure';

/** `analyze`: the run's own figures: scores turn by turn, events, effects; legibility by provider. */
export function analyzeCommand(): Command {
  return new Command('analyze')
    .description("the run's own figures: scores turn by turn, events, effects; legibility by provider")
    .argument('<file>', 'rollout file')
    .option('--criterion <name>', 'which scores of FILE: frustration, legibility or a custom criterion')
    .option(
      '--by <field[,field]>',
      'groups by these fields (default: condition and dataset; of reasoning, provider)',
      fieldsOf,
    )
    .option('--threshold <score[,score]>', 'cuts "score ≥ T" (default: those of the criterion)', cutsOf)
    .addOption(
      new Option(
        '--scores <whose>',
        "the judge's, the raters' first labels, or the judge's corrected by them",
      )
        .choices(['judge', 'human', 'corrected'])
        .default('judge'),
    )
    .option('--judge <run>', 'this judge run (default: the one with most scores)')
    .option('--rater <name...>', 'only these raters')
    .option('--subset <name>', 'labels given in this validation subset of FILE')
    .option('--include-imported', 'also labels from elsewhere, of which nobody knows if the judge was seen')
    .option('--survivors', 'only rollouts that have had no event up to and in the turn')
    .option(
      '--event <pattern>',
      `regular expression for the event that ends a rollout (default: ${defaultEventPattern})`,
    )
    .addOption(
      new Option(
        '--event-bands <which>',
        'bands of the cumulative rate: Wilson or exact (Clopper-Pearson)',
      ).choices(['wilson', 'exact']),
    )
    .option('--align <field>', 'also along the turns since the turn number in this field')
    .option('--effect <field=A:B>', 'compare B with the baseline A, within the other groups', effectOf)
    .option('--baseline <value>', 'compare every other value of its field with this one')
    .option('--reference <file>', 'correctness by bins of the questions’ mean score in this run')
    .option(
      '--bins <edges>',
      'ends of the bins [a, b), [b, c) (default: the scale cut at the thresholds)',
      binsOf,
    )
    .option(
      '--question <field>',
      'field that tells questions in both runs (default: question_id, prompt_id, …)',
    )
    .option(
      '--cluster <field>',
      'what intervals take as one (default: the prompt where shared, else the rollout)',
    )
    .option('--resamples <count>', 'resamples of the bands', resampleCount, defaultResamples)
    .option('--seed <number>', 'seed of anything random, kept in the report', wholeNumber, 1)
    .addOption(
      new Option('--format <format>', 'what to print').choices(['text', 'markdown', 'json']).default('text'),
    )
    .option('--json', 'the same as --format json')
    .action(async (file: string, options: AnalyzeOptions) => {
      if (options.resamples < fewestResamples)
        throw usageFailure(
          `--resamples ${String(options.resamples)} are too few for bands: ${String(fewestResamples)} or more`,
        );
      const report = await analysisOfFile(file, options);
      const json = options.json === true || options.format === 'json';
      process.stdout.write(
        json
          ? analysisJson(report)
          : options.format === 'markdown'
            ? analysisMarkdown(report, basename(file))
            : analysisText(report),
      );
    });
}
