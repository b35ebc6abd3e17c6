import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './command.mjs';
import { which } from './executable.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** For a page that only tests look at: no sandbox (containers), no downloads, no calls home. */
const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium to drive; installs one when there is none. */
export async function findChromium() {
  const found = named() ?? onPath() ?? (await playwrights()) ?? (await downloaded()) ?? (await fromApt());
  if (found) return found;
  throw new Error(
    'No Chromium: install one (Debian: apt-get install chromium) or name one in ROLLOUT_ANNOTATOR_CHROMIUM.',
  );
}

/** Launches it, headless; the caller closes it. Whatever ends this process ends the browser with it. */
export async function launchChromium() {
  const executablePath = await findChromium();
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, args: chromiumArgs });
}

function named() {
  const path = process.env.ROLLOUT_ANNOTATOR_CHROMIUM || process.env.CHROME_PATH;
  if (path && !existsSync(path)) throw new Error(`There is no Chromium at ${path}.`);
  return path;
}

function onPath() {
  return names.map(which).find(Boolean);
}

async function playwrights() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

async function downloaded() {
  console.log('Installing Chromium with Playwright (once) …');
  const cli = join('node_modules', 'playwright-core', 'cli.js');
  const { code } = await runToEnd(process.execPath, [cli, 'install', 'chromium'], { timeoutMs: 5 * 60_000 });
  return code === 0 ? playwrights() : undefined;
}

async function fromApt() {
  if (!which('apt-get') || process.getuid?.() !== 0) return undefined;
  console.log('Installing Chromium with apt-get (once, about 0.4 GB) …');
  const options = { timeoutMs: 10 * 60_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await runToEnd('apt-get', ['update', '-qq'], options);
  // DejaVu: without any font the screenshots would show boxes.
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  await runToEnd('apt-get', install, options);
  return onPath();
}
