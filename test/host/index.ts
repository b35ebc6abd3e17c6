import './markConsole';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import CountReporter from '../workbench/countReporter.cjs';

/** Called by VS Code in the extension host: runs every test file beside this one, rejects when a test fails. */
export async function run(): Promise<void> {
  await activateOnce();
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    reporter: CountReporter,
    ...(process.env.ROLLOUT_ANNOTATOR_GREP ? { grep: process.env.ROLLOUT_ANNOTATOR_GREP } : {}),
  });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(name => name.endsWith('.test.js')).sort())
    mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>(resolve => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} host tests failed.`);
}

/** Nothing has asked for the extension yet: it must not run. Then says what its activation costs. */
async function activateOnce(): Promise<void> {
  const extension = vscode.extensions.getExtension('rollout-annotator.rollout-annotator');
  if (!extension) throw new Error('VS Code does not know the extension.');
  if (extension.isActive) throw new Error('The extension is active before anything has asked for it.');
  const before = process.cpuUsage();
  await extension.activate();
  const { user, system } = process.cpuUsage(before);
  console.log(`activated in ${((user + system) / 1000).toFixed(0)} ms of the host's CPU`);
}
