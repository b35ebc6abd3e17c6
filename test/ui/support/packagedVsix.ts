import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../../workbench/temporary.mjs';

const shipped = ['package.json', '.vscodeignore', 'README.md', 'CHANGELOG.md', 'LICENSE', 'media'];

/** The package as users install it, made in a folder of its own as `npm run package` makes it in dist. */
export interface PackagedVsix {
  readonly vsix: string;
  /** Where it was made: the package's files lie here as they are in it. */
  readonly folder: string;
  remove(): void;
}

export function packagedVsix(): PackagedVsix {
  const temporary = temporaryFolder('package');
  const folder = temporary.path;
  for (const name of shipped) cpSync(name, join(folder, name), { recursive: true });
  const vsix = join(folder, 'rollout-annotator.vsix');
  const node = (args: readonly string[], cwd: string): unknown =>
    execFileSync(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  node(['esbuild.mjs', '--production', '--out', join(folder, 'dist')], process.cwd());
  const vsce = resolve('node_modules', '@vscode', 'vsce', 'vsce');
  const options = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  node([vsce, 'package', ...options, '-o', vsix], folder);
  return { vsix, folder, remove: () => temporary.remove() };
}
