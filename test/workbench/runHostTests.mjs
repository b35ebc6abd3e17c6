import { runTests } from '@vscode/test-electron';
import { join, resolve } from 'node:path';
import { enterCheckout } from './checkout.mjs';
import { profileArguments } from './desktop.mjs';
import { sampleWorkspace } from './sample.mjs';
import { temporaryFolder } from './temporary.mjs';

/**
 * Runs the host tests inside VS Code: the desktop one that ROLLOUT_ANNOTATOR_CODE names, else the server whose
 * version ROLLOUT_ANNOTATOR_VSCODE gives, behind an executable that takes the desktop's arguments.
 */
enterCheckout();
const workspace = sampleWorkspace();
const profile = temporaryFolder('profile');
const code = await runTests({
  vscodeExecutablePath: process.env.ROLLOUT_ANNOTATOR_CODE || resolve('test/workbench/shim.mjs'),
  extensionDevelopmentPath: process.cwd(),
  extensionTestsPath: join(process.cwd(), 'dist/test/host/index'),
  launchArgs: [workspace.path, ...profileArguments(profile.path)],
}).catch(error => {
  console.error(error.message);
  return 1;
});
process.exit(code);
