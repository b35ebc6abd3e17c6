import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runToEnd } from './command.mjs';
import { temporaryFolder } from './temporary.mjs';

const mocha = join('node_modules', 'mocha', 'bin', 'mocha.js');
const reporter = ['--reporter', join('test', 'workbench', 'countReporter.cjs')];
const minutes = 60_000;

/** Lint as a suite of one. */
export async function lint() {
  const { code } = await runToEnd('npm', ['run', '--silent', 'lint'], { echo: true, timeoutMs: 5 * minutes });
  return { passed: Number(code === 0), failed: Number(code !== 0), skipped: 0 };
}

/** The tests of src and webview in plain Node. */
export function unit(grep) {
  const args = [
    mocha,
    ...reporter,
    '--timeout',
    '60000',
    ...(grep ? ['--grep', grep] : []),
    'dist/test/unit/**/*.test.js',
  ];
  return counted(args, {}, { timeoutMs: 8 * minutes, mayBeEmpty: Boolean(grep) });
}

/** The tests that run inside VS Code's extension host. */
export function host(grep, version) {
  const env = { ROLLOUT_ANNOTATOR_VSCODE: version, ...(grep ? { ROLLOUT_ANNOTATOR_GREP: grep } : {}) };
  const args = [join('test', 'workbench', 'runHostTests.mjs')];
  return counted(args, env, { timeoutMs: 5 * minutes, mayBeEmpty: Boolean(grep) });
}

/** Files of tests that may be run again: where more fail, it is not chance. */
const mostAgain = 2;

/**
 * The tests that drive a whole VS Code in a browser. The files of a few failed tests are run again, alone and in new
 * windows, and what they show then counts; the summary names them.
 */
export async function ui(grep, version) {
  // Two windows at a time: most of a window's time goes by in waiting for it.
  const first = await uiOf(['--parallel', '--jobs', '2', 'dist/test/ui/**/*.test.js'], grep, version);
  const failed = Object.keys(first.files ?? {}).filter(file => first.files[file].failed > 0);
  if (first.reason || failed.length === 0 || failed.length > mostAgain || failed.includes('')) return first;
  console.log(`\n── UI on ${version}, again: ${failed.join(', ')} ──`);
  const second = await uiOf(failed, grep, version);
  const sum = key =>
    second[key] +
    Object.entries(first.files)
      .filter(([file]) => !failed.includes(file))
      .reduce((total, [, counts]) => total + counts[key], 0);
  const names = failed.map(file => basename(file)).join(', ');
  const note = second.reason ?? `${names} failed at first and ran again`;
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), reason: note };
}

function uiOf(chosen, grep, version) {
  const hooks = ['--require', `./${join('test', 'workbench', 'failureHooks.cjs')}`];
  const args = [mocha, ...reporter, ...hooks, '--timeout', '120000', '--exit'];
  if (grep) args.push('--grep', grep);
  return counted(
    [...args, ...chosen],
    { ROLLOUT_ANNOTATOR_VSCODE: version },
    {
      timeoutMs: 15 * minutes,
      mayBeEmpty: Boolean(grep),
    },
  );
}

/** Runs a Mocha process and reads the counts its reporter leaves. */
async function counted(args, env, { timeoutMs, mayBeEmpty }) {
  const folder = temporaryFolder('counts');
  const file = join(folder.path, 'counts.json');
  const { code, timedOut } = await runToEnd(process.execPath, args, {
    echo: true,
    tidiesUp: true,
    timeoutMs,
    // Where CI is set, Mocha would write colours into the log.
    env: { ...process.env, NO_COLOR: '1', ...env, ROLLOUT_ANNOTATOR_COUNTS: file },
  });
  const { files } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  folder.remove();
  const counts = files && { ...total(files), files };
  if (timedOut) return withFailure(counts, `took longer than ${timeoutMs / minutes} minutes`);
  if (!counts) return withFailure(counts, 'ended before its tests did');
  if (code !== 0 && counts.failed === 0) return withFailure(counts, `ended with code ${code}`);
  const { passed, failed, skipped } = counts;
  if (passed + failed + skipped === 0 && !mayBeEmpty) return withFailure(counts, 'ran no tests');
  return counts;
}

/** The counts of all files together. */
function total(files) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of Object.values(files)) for (const key of Object.keys(sum)) sum[key] += counts[key];
  return sum;
}

/** A suite that went wrong as a whole is one more failure, with its reason. */
function withFailure(counts = { passed: 0, failed: 0, skipped: 0 }, reason) {
  return { ...counts, failed: counts.failed + 1, reason };
}
