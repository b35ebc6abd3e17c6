import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const cache = join('node_modules', '.cache');
const bin = (name, file = join('bin', `${name}.js`)) => join('node_modules', name, file);
const types = ['.', 'webview', 'test'].map(folder => [
  bin('typescript', join('bin', 'tsc')),
  ...['-p', join(folder, 'tsconfig.json'), '--incremental'],
  ...['--tsBuildInfoFile', join(cache, 'types', `${folder === '.' ? 'src' : folder}.tsbuildinfo`)],
]);

/**
 * `npm run check`: types, lint, format, dead code and unit tests, two at a time, with caches; what `npm test` runs besides
 * are an hour's worth of made-up input in a minute, and the tests in real VS Codes.
 */
const lanes = [
  [
    ['build', 'esbuild.mjs'],
    [
      'unit',
      bin('mocha'),
      ...['--timeout', '60000', '--parallel', '--jobs', '2', '--reporter', 'dot'],
      ...['--ignore', 'dist/test/unit/fuzz/**', 'dist/test/unit/**/*.test.js'],
    ],
  ],
  [
    ...types.map(args => ['types', ...args]),
    ['lint', bin('eslint'), '.', '--cache', '--cache-location', join(cache, 'eslint') + '/'],
    [
      'format',
      bin('prettier', join('bin', 'prettier.cjs')),
      '--check',
      '.',
      '--cache',
      '--log-level',
      'warn',
    ],
    ['dead code', bin('knip')],
  ],
];

const seconds = since => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs a step and prints how long it took, and what it said only where it failed. */
function run([name, ...args]) {
  const start = performance.now();
  return new Promise(resolve => {
    execFile(process.execPath, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      console.log(`${error ? 'failed' : 'ok'}  ${name} (${seconds(start)})`);
      if (error) console.log(`${stdout}${stderr}`);
      resolve(!error);
    });
  });
}

const start = performance.now();
const results = await Promise.all(
  lanes.map(async lane => {
    let isFine = true;
    for (const step of lane) isFine = (await run(step)) && isFine;
    return isFine;
  }),
);
console.log(`checked in ${seconds(start)}`);
process.exit(results.every(Boolean) ? 0 : 1);
