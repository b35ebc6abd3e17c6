import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const papers = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync('docs')
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name)),
];
const read = (path: string): string => readFileSync(path, 'utf8');

/** The text of all files under a folder with one of the endings. */
const sources = (folder: string, ending: RegExp): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => ending.test(name))
    .map(name => read(join(folder, name)))
    .join('\n');

describe('the papers', () => {
  it('link to files and headings that are there', () => {
    for (const paper of papers)
      for (const [, target = ''] of read(paper).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [path = '', heading] = target.split('#');
        const file = path === '' ? paper : join(dirname(paper), path);
        assert.ok(existsSync(file), `${paper}: ${target}`);
        if (heading === undefined) continue;
        const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
          text
            .toLowerCase()
            .replace(/[^\p{L}\p{N} -]/gu, '')
            .replace(/ /g, '-'),
        );
        assert.ok(headings.includes(heading), `${paper}: ${target}`);
      }
  });

  it('name files and folders that are there', () => {
    for (const paper of papers.filter(name => name !== 'CHANGELOG.md'))
      for (const [, path = ''] of read(paper).matchAll(/`((?:src|test|webview|media|docs)\/[\w./-]+)`/g))
        assert.ok(existsSync(path), `${paper}: ${path}`);
  });

  it('explain sentences that the program says', () => {
    const said = [sources('src', /\.ts$/), sources('webview', /\.tsx?$/), read('package.json')]
      .join('\n')
      .replace(/\s+/g, ' ');
    const quoted = [...read(join('docs', 'troubleshooting.md')).matchAll(/^### “([^”]+)”$/gm)];
    assert.ok(quoted.length > 10);
    for (const [, sentence = ''] of quoted)
      for (const part of sentence.split('…').filter(Boolean)) assert.ok(said.includes(part.trim()), sentence);
  });

  it('have every setting in the README, and no other', () => {
    const { contributes } = JSON.parse(read('package.json')) as {
      readonly contributes: { readonly configuration: { readonly properties: object } };
    };
    const [, table = ''] = read('README.md').split('\n## Settings\n');
    const named = [...table.matchAll(/^\| `(rolloutAnnotator\.\w+)`/gm)].map(([, name]) => name);
    assert.deepEqual(named.sort(), Object.keys(contributes.configuration.properties).sort());
  });
});
