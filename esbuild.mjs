import { build, context } from 'esbuild';
import { readdirSync, rmSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeNotices } from './notices.mjs';

/** `node esbuild.mjs [--production [--out FOLDER]] [--watch]` */
const { production, watch, out } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    out: { type: 'string', default: 'dist' },
  },
}).values;

/** Files under dir whose name ends with one of the endings, found by walking: no list to forget a test in. */
function find(dir, ...endings) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && endings.some(ending => entry.name.endsWith(ending)))
    .map(entry => join(entry.parentPath, entry.name));
}

const common = {
  bundle: true,
  sourcemap: !production,
  minify: production,
  metafile: production,
  logLevel: 'warning',
  target: 'node20',
};
const node = { ...common, platform: 'node', format: 'cjs' };

const targets = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: join(out, 'extension.js'), external: ['vscode'] },
  { ...node, entryPoints: ['src/worker/reportWorker.ts'], outfile: join(out, 'reportWorker.js') },
  { ...node, entryPoints: ['src/worker/scanWorker.ts'], outfile: join(out, 'scanWorker.js') },
  { ...node, entryPoints: ['src/worker/searchWorker.ts'], outfile: join(out, 'searchWorker.js') },
  {
    ...node,
    entryPoints: ['src/cli/cli.ts'],
    outfile: join(out, 'cli.js'),
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    entryPoints: [
      { in: 'webview/editor.tsx', out: 'editor' },
      { in: 'webview/styles.css', out: 'editor' },
      { in: 'webview/report.tsx', out: 'report' },
      { in: 'webview/report.css', out: 'report' },
      { in: 'webview/analysis.tsx', out: 'analysis' },
      { in: 'webview/analysis.css', out: 'analysis' },
      { in: 'webview/subset.tsx', out: 'subset' },
      { in: 'webview/subset.css', out: 'subset' },
    ],
    outdir: join(out, 'webview'),
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  },
  ...(production
    ? []
    : [
        {
          ...node,
          entryPoints: [
            ...find('test', '.test.ts', '.test.tsx'),
            ...find('test/host', 'index.ts'),
            ...find('test/bench', 'bench.ts'),
            ...find('test/study', 'coverage.ts'),
            ...find('test/fuzz', 'fuzz.ts'),
          ],
          outdir: join(out, 'test'),
          outbase: 'test',
          external: ['vscode', 'mocha', 'playwright-core', '@vscode/test-electron', 'esbuild'],
        },
      ]),
];

rmSync(out, { recursive: true, force: true });
if (watch) {
  for (const target of targets) await (await context(target)).watch();
} else {
  const built = await Promise.all(targets.map(target => build(target)));
  chmodSync(join(out, 'cli.js'), 0o755);
  if (production)
    writeNotices(
      built.map(({ metafile }) => metafile),
      join(out, 'THIRD_PARTY_NOTICES.txt'),
    );
}
