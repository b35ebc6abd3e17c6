import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { run, spawnGroup } from './command.mjs';
import { quietSettings } from './quietSettings.mjs';
import { temporaryFolder } from './temporary.mjs';
import { installVscode } from './vscodeInstall.mjs';

const startTimeoutMs = 60_000;

/**
 * Starts a VS Code server on fresh data folders; everything it leaves is removed when it stops.
 *
 * Options: `extensionDevelopmentPaths` run from their sources · `extensionFolders` and `extensionVsix` are
 * installed · `extensionsDir` to install into, instead of a fresh one · `settings` of user and machine ·
 * `env` of the server and the extension host · `driver: false` starts the server as users have it, with
 * notifications; it then ignores development and test paths without a word.
 */
export async function startServer(name, options = {}) {
  const {
    extensionDevelopmentPaths = [],
    extensionFolders = [],
    settings = {},
    env = {},
    driver = true,
  } = options;
  const { version, node, vscodeFolder } = await installVscode(name);
  const temporary = temporaryFolder('server');
  const extensionsDir = options.extensionsDir ?? join(temporary.path, 'extensions');
  const dataDir = join(temporary.path, 'data');
  const token = randomUUID();
  const tokenFile = join(temporary.path, 'token');

  mkdirSync(extensionsDir, { recursive: true });
  for (const folder of extensionFolders) {
    // The server takes up what it finds here at its first start; the name has to look like an installed one.
    cpSync(folder, join(extensionsDir, `harness.${basename(folder)}-1.0.0`), { recursive: true });
  }
  writeSettings(dataDir, { ...quietSettings, ...settings });
  // In a file, where the list of processes doesn't show it: whoever has the token can run code here.
  writeFileSync(tokenFile, token, { mode: 0o600 });

  const main = join(vscodeFolder, 'out', 'server-main.js');
  const folders = ['--server-data-dir', dataDir, '--extensions-dir', extensionsDir];
  const environment = serverEnvironment(env);
  const launch = port =>
    listen(
      node,
      [
        ...[main, '--host', '127.0.0.1', '--port', String(port), '--connection-token-file', tokenFile],
        ...['--accept-server-license-terms', '--telemetry-level', 'off', ...folders],
        ...(driver ? ['--enable-smoke-test-driver'] : []),
      ],
      environment,
    );

  let running;
  try {
    if (options.extensionVsix) {
      const vsix = resolve(options.extensionVsix);
      await run(node, [main, ...folders, '--install-extension', vsix], { env: environment });
    }
    running = await launch(0);
  } catch (error) {
    temporary.remove();
    throw error;
  }
  const { port } = running;
  const remote = path => `vscode-remote://127.0.0.1:${port}${encodeURI(resolve(path))}`;

  return {
    version,
    port,
    dataDir,
    get pid() {
      return running.pid;
    },
    /** Settles when the running server process is gone. */
    get ended() {
      return running.ended;
    },
    log: () => running.log(),
    /** The address of a window on `folder`; `payload` has further [name, value] pairs for the workbench. */
    url(folder, payload = []) {
      const pairs = [
        ['skipWelcome', 'true'],
        ...extensionDevelopmentPaths.map(path => ['extensionDevelopmentPath', remote(path)]),
        ...payload.map(([key, value]) => [key, key === 'extensionTestsPath' ? remote(value) : value]),
      ];
      const query = { tkn: token, folder: resolve(folder), payload: JSON.stringify(pairs) };
      return `http://127.0.0.1:${port}/?${new URLSearchParams(query)}`;
    },
    /** Changes settings under the running windows, as a user would. */
    writeSettings: changed => writeSettings(dataDir, { ...quietSettings, ...settings, ...changed }),
    /** Stops the server and starts it again on the same port and data, as after a crash or an update. */
    async restart() {
      await running.stop();
      running = await launch(port);
    },
    async stop() {
      await running.stop();
      temporary.remove();
    },
  };
}

/**
 * Settings apply from two files: the server reads machine-scoped ones only from Machine, the workbench
 * application-scoped ones (workspace trust) only from User.
 */
function writeSettings(dataDir, settings) {
  for (const scope of ['Machine', 'User']) {
    const folder = join(dataDir, 'data', scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
  }
}

/** Ours, less what would make the server believe it runs inside another VS Code or on a given port. */
function serverEnvironment(env) {
  const inherited = Object.entries(process.env).filter(
    ([key]) =>
      key !== 'PORT' && key !== 'NODE_OPTIONS' && !key.startsWith('VSCODE_') && !key.startsWith('npm_'),
  );
  // An empty gallery: the server neither looks for updates nor offers extensions.
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{}', ...env };
}

/** Starts the server process and settles when it listens, with the port it took. */
async function listen(node, args, env) {
  const { child, ended, stop } = spawnGroup(node, args, { env });
  let log = '';
  const port = await new Promise((resolvePort, reject) => {
    const fail = what => reject(new Error(`The VS Code server ${what}:\n${log.slice(-2000)}`));
    const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', text => {
        log += text;
        const said = /Extension host agent listening on (\d+)/.exec(log);
        if (said) {
          clearTimeout(timer);
          resolvePort(Number(said[1]));
        }
      });
    }
    child.once('error', error => fail(`could not be started (${error.message})`));
    child.once('exit', code => fail(`ended with code ${code}`));
  }).catch(async error => {
    await stop();
    throw error;
  });
  return { port, pid: child.pid, ended, stop, log: () => log };
}
