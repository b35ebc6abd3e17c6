import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Which folders of the house a folder may not import from: the rule of docs/architecture.md, enforced. */
const rooms = {
  core: { not: ['protocol', 'host', 'disk', 'worker', 'cli', 'webview'], nodeFree: true },
  protocol: { not: ['host', 'disk', 'worker', 'cli', 'webview'], nodeFree: true },
  disk: { not: ['protocol', 'host', 'worker', 'cli', 'webview'], vscodeFree: true },
  worker: { not: ['host', 'cli', 'webview'], vscodeFree: true },
  cli: { not: ['protocol', 'host', 'worker', 'webview'], vscodeFree: true },
  host: { not: ['worker', 'cli', 'webview'] },
  webview: { not: ['host', 'disk', 'worker', 'cli'], nodeFree: true },
};

/** Ways out to a network: nothing shipped has one (docs/security.md). */
const network = {
  modules: ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns'].flatMap(name => [name, `node:${name}`]),
  globals: ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'RTCPeerConnection'],
};

const roomRule = (room, { not, nodeFree, vscodeFree }) => ({
  files: [room === 'webview' ? 'webview/**/*.{ts,tsx}' : `src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...not.map(other => ({
            group: [`**/${other}/**`, `**/${other}`],
            message: `${room} does not import ${other} (docs/architecture.md).`,
          })),
          { group: network.modules, message: 'Transcripts are private: no network (docs/security.md).' },
          ...(nodeFree
            ? [
                {
                  group: ['node:*', 'fs', 'path', 'crypto', 'vscode'],
                  message: `${room} is free of node and vscode.`,
                },
              ]
            : []),
          ...(vscodeFree ? [{ group: ['vscode'], message: `${room} runs without VS Code.` }] : []),
          ...(room === 'webview'
            ? [{ group: ['zod'], message: 'The webview imports types only; the host validates.' }]
            : [{ group: ['preact', 'preact/*'], message: 'Views live in webview.' }]),
        ],
      },
    ],
    'no-restricted-globals': [
      'error',
      ...network.globals,
      ...(nodeFree && room !== 'webview'
        ? ['window', 'document', 'process', 'Buffer', 'setTimeout', 'setInterval']
        : []),
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'No default exports.' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.mjs', 'eslint.config.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  {
    files: ['test/workbench/**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        process: 'readonly',
        require: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        module: 'readonly',
        exports: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  ...Object.entries(rooms).map(([room, rule]) => roomRule(room, rule)),
);
