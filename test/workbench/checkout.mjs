import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';

/** Makes the checkout the working folder: everything in the harness names its files from there. */
export function enterCheckout() {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
}

/** Runs `npm ci` when node_modules is missing or is not what package-lock.json says. */
export async function installDependencies() {
  if (isInstalled()) return;
  console.log('Installing npm packages …');
  await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
}

/** npm leaves a lock file of what it installed; optional packages of other platforms are not in it. */
function isInstalled() {
  const installedLock = 'node_modules/.package-lock.json';
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

/** Builds the extension and its tests into dist. */
export async function build() {
  console.log('Building …');
  await run(process.execPath, ['esbuild.mjs']);
}
