import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, enterCheckout, installDependencies } from './checkout.mjs';
import { launchChromium } from './chromium.mjs';
import { spawnGroup } from './command.mjs';
import { desktopVscode, profileArguments } from './desktop.mjs';
import { sampleWorkspace } from './sample.mjs';
import { temporaryFolder } from './temporary.mjs';
import { installVscode, newestVscode, vscodeRelease, vscodeVersions } from './vscodeInstall.mjs';
import { startServer } from './vscodeServer.mjs';

const opener = join('test', 'workbench', 'opener');
const drawTimeoutMs = 60_000;

/** `npm start`: the extension on its sample, in the VS Code that is there or in a server of its own. */
async function main() {
  const { values } = parseArgs({ options: { once: { type: 'boolean' }, version: { type: 'string' } } });
  if (values.version) vscodeRelease(values.version);
  enterCheckout();
  await installDependencies();
  await build();
  const desktop = values.once || values.version ? undefined : desktopVscode();
  if (desktop) await openDesktop(desktop);
  else if (values.once) await drawOnce(values.version ?? (await newestThatRuns()));
  else await serve(values.version ?? (await newestThatRuns()));
}

/** Opens the sample in a desktop VS Code, on a profile of its own, until its window is closed. */
async function openDesktop(executable) {
  const workspace = sampleWorkspace();
  const profile = temporaryFolder('profile');
  console.log(`Opening the sample in ${executable}; closing the window ends this.`);
  const { child, ended } = spawnGroup(
    executable,
    [
      ...['--new-window', '--wait', '--skip-welcome', '--skip-release-notes', '--disable-workspace-trust'],
      ...profileArguments(profile.path),
      `--extensionDevelopmentPath=${process.cwd()}`,
      `--extensionDevelopmentPath=${join(process.cwd(), opener)}`,
      workspace.path,
    ],
    { stdio: 'inherit', env: { ...process.env, ROLLOUT_ANNOTATOR_OPEN: workspace.file } },
  );
  const code = await ended;
  if (child.pid === undefined) throw new Error(`${executable} could not be started.`);
  if (code !== 0) throw new Error(`${executable} ended with code ${code}.`);
}

/** Serves the sample until Ctrl+C. */
async function serve(version) {
  const workspace = sampleWorkspace();
  const server = await startOnSample(version, workspace);
  console.log(
    `\nVS Code ${server.version} shows the sample at\n\n  ${server.url(workspace.path)}\n\nCtrl+C stops it.`,
  );
  await server.ended;
  throw new Error('The VS Code server ended by itself.');
}

/** Draws the sample in a headless browser and says so. */
async function drawOnce(version) {
  const workspace = sampleWorkspace();
  const browser = await launchChromium();
  await installVscode(version);
  const started = performance.now();
  const server = await startOnSample(version, workspace);
  const page = await browser.newPage();
  await page.goto(server.url(workspace.path));
  const editor = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const heading = editor.getByTestId('item-heading').filter({ hasText: 'Item' }).first();
  await heading.waitFor({ timeout: drawTimeoutMs }).catch(() => {
    throw new Error(`VS Code ${server.version} did not draw the sample within ${drawTimeoutMs / 1000} s.`);
  });
  const text = (await heading.innerText()).replace(/\s+/g, ' ').trim();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  await browser.close();
  await server.stop();
  console.log(`Sample drawn: ${text} (VS Code ${server.version}, ${seconds} s)`);
}

function startOnSample(version, workspace) {
  return startServer(version, {
    extensionDevelopmentPaths: [process.cwd()],
    extensionFolders: [opener],
    env: { ROLLOUT_ANNOTATOR_OPEN: workspace.file },
  });
}

/** The current VS Code, or the oldest supported where npm has no Node for the current one. */
async function newestThatRuns() {
  try {
    return (await installVscode(newestVscode)).short;
  } catch (error) {
    const [oldest] = vscodeVersions;
    console.log(`${error.message}\nTaking VS Code ${oldest} instead.`);
    return oldest;
  }
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error.message);
    process.exit(1);
  },
);
