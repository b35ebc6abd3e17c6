import { Command, CommanderError } from 'commander';
import { visibleText } from '../core/agreement/visibleText';
import { agreementCommand } from './agreement';
import { ratingTableOfFile } from './agreementOfFile';
import { analyzeCommand } from './analyze';
import { exportCommand } from './export';
import { isFailure } from './failure';
import { importCommand } from './import';
import { inspectCommand } from './inspect';
import { sampleCommand } from './sample';

/** Runs one command line: exit code 0, 1 where the input can't be used, 2 on wrong usage; one sentence on stderr. */
async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('rollout-annotator')
    .description('Read LLM rollouts, and measure how far a judge agrees with human labels.')
    .addCommand(inspectCommand())
    .addCommand(sampleCommand())
    .addCommand(importCommand())
    .addCommand(agreementCommand(ratingTableOfFile))
    .addCommand(analyzeCommand())
    .addCommand(exportCommand());
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: (text, write) => write(oneLine(text)) });
  }
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(oneLine(`error: ${error instanceof Error ? error.message : String(error)}`));
    return isFailure(error) ? error.exitCode : 1;
  }
}

function oneLine(text: string): string {
  return `${visibleText(text.trim().replace(/\s*\n\s*/g, ' '))}\n`;
}

// A reader that has seen enough (head, less) closes the pipe: no fault of the command's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void run(process.argv).then(code => {
  process.exitCode = code;
});
