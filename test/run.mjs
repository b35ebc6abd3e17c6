import { parseArgs } from 'node:util';
import { build, enterCheckout, installDependencies } from './workbench/checkout.mjs';
import { findChromium } from './workbench/chromium.mjs';
import { host, lint, ui, unit } from './workbench/suites.mjs';
import { installVscode, vscodeRelease, vscodeVersions } from './workbench/vscodeInstall.mjs';

const suites = ['lint', 'unit', 'host', 'ui'];

/** `npm test [-- lint unit host ui] [--grep text] [--version 1.100]`: installs what is missing, runs, counts. */
async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' }, version: { type: 'string' } },
  });
  const unknown = positionals.find(name => !suites.includes(name));
  if (unknown) throw new Error(`There is no suite ${unknown}: choose from ${suites.join(', ')}.`);
  // --grep picks tests, and lint has none.
  const possible = suites.filter(name => !(values.grep && name === 'lint'));
  const chosen = possible.filter(name => positionals.length === 0 || positionals.includes(name));
  const versions = values.version ? [vscodeRelease(values.version).short] : vscodeVersions;

  enterCheckout();
  const results = [];
  for (const { title, action } of preparation(chosen, versions)) {
    const failure = await action().then(noFailure, asFailure);
    if (failure) results.push({ title, ...failure });
    if (failure) break;
  }
  if (results.length === 0) {
    for (const { title, action } of plan(chosen, versions, values.grep)) {
      console.log(`\n── ${title} ──`);
      results.push({ title, ...(await action().catch(asFailure)) });
    }
  }
  return summarize(results);
}

/** What has to be there first. Without any of it no suite can say anything, so a failure here ends the run. */
function preparation(chosen, versions) {
  const needsVscode = chosen.includes('host') || chosen.includes('ui');
  return [
    { title: 'npm ci', action: installDependencies },
    { title: 'build', action: build },
    ...(needsVscode ? [{ title: 'Chromium', action: findChromium }] : []),
    ...(needsVscode ? versions : []).map(version => ({
      title: `VS Code ${version}`,
      action: () => installVscode(version),
    })),
  ];
}

/** The suites to run, in order: the quick ones first, then VS Code from the oldest supported on. */
function plan(chosen, versions, grep) {
  // A desktop VS Code that somebody names has the version it has.
  const hosts = process.env.ROLLOUT_ANNOTATOR_CODE ? ['desktop'] : versions;
  const all = [
    { name: 'lint', title: 'lint', action: lint },
    { name: 'unit', title: 'unit', action: () => unit(grep) },
    ...hosts.map(version => ({
      name: 'host',
      title: `host on ${version}`,
      action: () => host(grep, version),
    })),
    ...versions.map(version => ({ name: 'ui', title: `UI on ${version}`, action: () => ui(grep, version) })),
  ];
  return all.filter(({ name }) => chosen.includes(name));
}

const noFailure = () => undefined;
const asFailure = error => ({ passed: 0, failed: 1, skipped: 0, reason: error.message });
const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** Prints each suite's counts and, as the very last line, their sum; returns the exit code. */
function summarize(results) {
  console.log('\n── summary ──');
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    for (const key of Object.keys(total)) total[key] += result[key];
    console.log(`${result.title}: ${line(result)}${result.reason ? ` (${result.reason})` : ''}`);
  }
  // A run in which nothing passed has shown nothing, even if nothing failed.
  const ok = total.failed === 0 && total.passed > 0;
  console.log(line(total));
  return ok ? 0 : 1;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error.message);
    process.exit(1);
  },
);
