#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { launchChromium } from './chromium.mjs';
import { newestVscode } from './vscodeInstall.mjs';
import { startServer } from './vscodeServer.mjs';

/** A workbench that ignores the test path runs nothing and says nothing about it; tests begin within seconds. */
const silenceMs = 120_000;

/** Begins the lines the tests write, among the hundreds that VS Code writes about itself. */
const mark = '\u2063';

/** Runs extension tests as a desktop VS Code would, given its arguments, in a server and a headless browser. */
async function main() {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
    },
  });
  const browser = await launchChromium();
  const server = await startServer(process.env.ROLLOUT_ANNOTATOR_VSCODE || newestVscode, {
    extensionDevelopmentPaths: values.extensionDevelopmentPath,
    extensionsDir: values['extensions-dir'],
    settings: userSettings(values['user-data-dir']),
    env: { ROLLOUT_ANNOTATOR_LINE_MARK: mark },
  });
  console.log(`VS Code ${server.version}`);
  const url = server.url(positionals[0], [['extensionTestsPath', values.extensionTestsPath]]);
  const code = await runInPage(await browser.newPage(), url);
  await browser.close();
  await server.stop();
  return code;
}

function userSettings(userDataDir) {
  const file = join(userDataDir ?? '', 'User', 'settings.json');
  return userDataDir && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * The workbench calls two functions of the page: one for each console line, one with the exit code. What VS
 * Code says about itself is shown only when no test began.
 */
function runInPage(page, url) {
  return new Promise((resolve, reject) => {
    const unmarked = [];
    let begun = false;
    const fail = reason => reject(new Error(begun ? reason : [...unmarked, reason].join('\n')));
    const log = (_type, args) => {
      const line = format(...args);
      if (!line.startsWith(mark)) return void unmarked.push(line);
      begun = true;
      console.log(line.slice(mark.length));
    };
    setTimeout(() => begun || fail('The extension host ran no tests.'), silenceMs);
    page.on('crash', () => fail('The browser page crashed.'));
    const exit = code => (begun ? resolve(code) : fail(`VS Code ended with code ${code} before any test.`));
    page
      .exposeFunction('codeAutomationLog', log)
      .then(() => page.exposeFunction('codeAutomationExit', exit))
      .then(() => page.goto(url))
      .catch(reject);
  });
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error.message);
    process.exit(1);
  },
);
