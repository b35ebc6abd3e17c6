import { strict as assert } from 'node:assert';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { launchChromium } from '../../workbench/chromium.mjs';
import { temporaryFolder } from '../../workbench/temporary.mjs';
import { newestVscode } from '../../workbench/vscodeInstall.mjs';
import { type ServerOptions, startServer } from '../../workbench/vscodeServer.mjs';
import { commandChannel } from './commandChannel';
import { collectErrors, policyBreaches } from './pageErrors';
import { extensionHostPids } from './processes';
import { type WorkspaceFiles, writeFiles } from './workspaceFiles';

const rolloutEditor = 'rolloutAnnotator.editor';
const opener = join('test', 'workbench', 'opener');

export interface WorkbenchOptions {
  /** Files to put into the workspace; without it and without workspaceDir, the shipped sample. */
  readonly files?: WorkspaceFiles;
  /** An existing folder to open instead of a fresh one; it is left in place. */
  readonly workspaceDir?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** "Default Dark Modern", "Default Light Modern", "Default High Contrast", … */
  readonly theme?: string;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Installs the extension as users have it: a package to install, or true for the checkout's build. Only then
   * VS Code shows notifications and starts an extension host that died again; in the default, an extension under
   * development, it does neither.
   */
  readonly installed?: true | { readonly vsix: string };
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A VS Code of the version ROLLOUT_ANNOTATOR_VSCODE names, in a browser page. */
export interface Workbench {
  readonly page: Page;
  /** Absolute path of the open folder. */
  readonly workspace: string;
  /** The full version, such as 1.139.1. */
  readonly version: string;
  readonly serverPid: number;
  /** Where VS Code keeps settings and what extensions store. */
  readonly dataDir: string;
  /** Addresses of all requests so far, those of webviews and workers included. */
  readonly requests: readonly string[];
  /** Errors of webviews and pages so far, CSP violations included, without VS Code's own log. */
  readonly consoleErrors: readonly string[];
  /** The content of the webview on top; with several side by side, `index` counts from the left. */
  editorFrame(index?: number): FrameLocator;
  /** Opens a file of the workspace in the given editor, "default" being the text editor, and waits until it is there. */
  openFile(name: string, viewType?: string): Promise<void>;
  /** Picks a command in the command palette by its full title, such as "Rollout Annotator: Open Report". */
  runCommand(title: string): Promise<void>;
  /** Runs a command by its id; {file: path} among the arguments becomes a Uri. */
  executeCommand(command: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Changes settings of user and machine while the window is open. */
  changeSettings(changed: Readonly<Record<string, unknown>>): void;
  /** Reloads as "Developer: Reload Window" does; settles when the new extension host has every extension. */
  reloadWindow(): Promise<void>;
  /** Opens the workspace in one more window, with an extension host of its own; commands go to that one from then on. */
  openSecondWindow(): Promise<{ readonly page: Page; editorFrame(): FrameLocator }>;
  /** Stops the server, starts it on the same port and data, and opens the window again. */
  restartServer(): Promise<void>;
  extensionHostPids(): number[];
  /** Settles when an extension host is up, for instance after one was killed (with `installed`). */
  waitForExtensionHost(): Promise<void>;
  /** Saves a picture of the window and returns its path. */
  screenshot(name: string): Promise<string>;
  dispose(): Promise<void>;
}

declare global {
  /** For test/workbench/failureHooks.cjs, which tells what they show after a failed test. */
  var openWorkbenches: Set<Workbench>;
}
globalThis.openWorkbenches ??= new Set();

/** How the server gets the extension, and beside it always the opener. */
function extensionOf({ installed }: WorkbenchOptions, temporary: string): ServerOptions {
  if (installed === undefined)
    return { extensionDevelopmentPaths: [process.cwd()], extensionFolders: [opener] };
  if (installed !== true) return { extensionVsix: installed.vsix, extensionFolders: [opener], driver: false };
  const built = join(temporary, 'rollout-annotator');
  const parts = [
    ...['package.json', 'media'],
    ...['extension.js', 'reportWorker.js', 'scanWorker.js', 'searchWorker.js', 'webview'].map(name =>
      join('dist', name),
    ),
  ];
  writeFiles(built, Object.fromEntries(parts.map(part => [part, { copyOf: part }])));
  return { extensionFolders: [opener, built], driver: false };
}

/** Starts VS Code with the extension on a workspace of its own; the caller disposes of it. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const temporary = temporaryFolder('ui');
  const workspace = resolve(options.workspaceDir ?? join(temporary.path, 'workspace'));
  const requestFolder = join(temporary.path, 'requests');
  for (const folder of [workspace, requestFolder]) mkdirSync(folder, { recursive: true });
  const sample = { 'sample.rollouts.jsonl': { copyOf: join('media', 'sample.rollouts.jsonl') } };
  writeFiles(workspace, options.files ?? (options.workspaceDir === undefined ? sample : {}));

  const name = process.env.ROLLOUT_ANNOTATOR_VSCODE || newestVscode;
  const server = await startServer(name, {
    ...extensionOf(options, temporary.path),
    settings: { ...(options.theme ? { 'workbench.colorTheme': options.theme } : {}), ...options.settings },
    env: { ...options.env, ROLLOUT_ANNOTATOR_REQUESTS: requestFolder },
  });
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: options.viewport ?? { width: 1200, height: 720 } });
  const page = await context.newPage();
  const requests: string[] = [];
  context.on('request', request => requests.push(request.url()));
  const consoleErrors = collectErrors(page, `http://127.0.0.1:${server.port}/`);
  const channel = commandChannel(requestFolder, pid => extensionHostPids(server.pid).includes(pid));

  const dispose = async () => {
    await browser.close();
    await server.stop();
    temporary.remove();
  };
  try {
    await page.goto(server.url(workspace));
    await channel.ready();
  } catch (error) {
    await dispose();
    throw error;
  }

  const visibleWebview = page.locator('iframe.webview.ready:visible');
  // VS Code's own command: the browser's reload would lose what it has not yet stored, such as open editors.
  const reload = async () => {
    const loaded = page.waitForEvent('load');
    await channel.send('workbench.action.reloadWindow');
    channel.forgetHost();
    await loaded;
    await channel.ready();
  };
  /** Opens the window afresh; `meanwhile` happens while there is none that could reconnect. */
  const reopen = async (meanwhile: () => Promise<void>) => {
    await page.goto('about:blank');
    await meanwhile();
    channel.forgetHost();
    await page.goto(server.url(workspace));
    await channel.ready();
  };

  const workbench: Workbench = {
    page,
    workspace,
    version: server.version,
    dataDir: server.dataDir,
    get serverPid() {
      return server.pid;
    },
    requests,
    consoleErrors,
    editorFrame: (index = 0) => visibleWebview.nth(index).contentFrame().frameLocator('iframe#active-frame'),
    async openFile(file, viewType = rolloutEditor) {
      await channel.execute('vscode.openWith', { file: resolve(workspace, file) }, viewType);
      if (viewType !== 'default') await visibleWebview.first().waitFor();
    },
    async runCommand(title) {
      await channel.execute('workbench.action.quickOpen', `>${title}`);
      const exact = new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
      const row = page.locator('.quick-input-list .monaco-list-row');
      await row.filter({ has: page.locator('.label-name', { hasText: exact }) }).click();
    },
    executeCommand: (command, ...args) => channel.execute(command, ...args),
    changeSettings: changed => server.writeSettings(changed),
    reloadWindow: () => (extensionHostPids(server.pid).length > 0 ? reload() : reopen(async () => undefined)),
    async openSecondWindow() {
      const second = await context.newPage();
      channel.forgetHost();
      await second.goto(server.url(workspace));
      await channel.ready();
      const webview = second.locator('iframe.webview.ready:visible');
      return {
        page: second,
        editorFrame: () => webview.first().contentFrame().frameLocator('iframe#active-frame'),
      };
    },
    restartServer: () => reopen(() => server.restart()),
    extensionHostPids: () => extensionHostPids(server.pid),
    waitForExtensionHost: () => channel.ready(),
    async screenshot(shot) {
      const folder = process.env.ROLLOUT_ANNOTATOR_SCREENSHOTS || join('dist', 'screenshots');
      const path = resolve(folder, server.version, `${shot}.png`);
      await page.screenshot({ path });
      return path;
    },
    async dispose() {
      openWorkbenches.delete(workbench);
      await dispose();
      assert.deepEqual(policyBreaches(workbench), [], 'a page broke its policy or asked another server');
    },
  };
  openWorkbenches.add(workbench);
  return workbench;
}
