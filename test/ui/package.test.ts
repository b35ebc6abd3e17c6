import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEditor } from './support/editorPage';
import { type PackagedVsix, packagedVsix } from './support/packagedVsix';
import { openWorkbench } from './support/workbench';

interface Entry {
  readonly name: string;
  /** Bytes, unpacked. */
  readonly size: number;
}

/** What a zip file's central directory lists. */
function entriesOf(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const length = zip.readUInt16LE(at + 28);
    entries.push({ name: zip.toString('utf8', at + 46, at + 46 + length), size: zip.readUInt32LE(at + 24) });
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

describe('the package', function () {
  this.timeout(240_000);
  let built: PackagedVsix;
  let entries: readonly Entry[];
  let bytes: Buffer;
  before(() => {
    built = packagedVsix();
    bytes = readFileSync(built.vsix);
    entries = entriesOf(bytes);
  });
  after(() => built?.remove());

  it('holds the program, its pictures and its papers, and nothing else', () => {
    const expected =
      /^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(package\.json|readme\.md|changelog\.md|license\.txt|media\/.+|dist\/([a-zA-Z]+\.js|webview\/[a-z]+\.(js|css)|THIRD_PARTY_NOTICES\.txt)))$/i;
    assert.ok(entries.length > 15, 'nothing was listed');
    assert.deepEqual(
      entries.filter(({ name }) => !expected.test(name)).map(({ name }) => name),
      [],
    );
  });

  it('is at most 1.5 MB, and each page’s script at most 600 KB', () => {
    assert.ok(bytes.length <= 1_500_000, `${bytes.length} bytes`);
    const scripts = entries.filter(({ name }) => /dist\/webview\/.*\.js$/.test(name));
    assert.equal(scripts.length, 4);
    assert.deepEqual(
      scripts.filter(({ size }) => size > 600_000),
      [],
    );
    console.log(
      `      ${(bytes.length / 1000).toFixed(0)} KB; ${entries
        .filter(({ name }) => name.endsWith('.js'))
        .map(({ name, size }) => `${name.replace('extension/dist/', '')} ${(size / 1000).toFixed(0)} KB`)
        .join(', ')}`,
    );
  });

  it('names every package that is in it, with its licence', () => {
    const notices = readFileSync(join(built.folder, 'dist', 'THIRD_PARTY_NOTICES.txt'), 'utf8');
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const unnamed = Object.keys(dependencies).filter(name => !notices.includes(`\n${name} `));
    assert.deepEqual(unnamed, []);
    assert.match(notices, /Permission is hereby granted/);
  });

  it('does the main job where it is installed: open, label, show the judge, read the report', async () => {
    const workbench = await openWorkbench({
      installed: { vsix: built.vsix },
      theme: 'Default Dark Modern',
      settings: { 'rolloutAnnotator.rater': 'rater-1', 'workbench.activityBar.location': 'hidden' },
    });
    try {
      const editor = await openEditor(workbench, 'sample.rollouts.jsonl');
      await workbench.executeCommand('workbench.action.closeSidebar');
      await editor.focus();
      await workbench.screenshot('package-sample');
      for (const [index, key] of ['3', '5', '8'].entries()) await editor.score(key, index + 1, 220);
      await editor.waitForItem(4);
      await workbench.screenshot('package-labelled');
      await editor.press('k');
      await editor.press('b');
      await editor.frame.getByTestId('judge').waitFor();
      await workbench.screenshot('package-judge');
      await editor.frame.getByText('Agreement report').click();
      const quadratic = workbench.editorFrame().getByText(/quadratic/i);
      await quadratic.first().waitFor();
      await workbench.screenshot('package-report');
      assert.deepEqual(workbench.consoleErrors, []);
    } finally {
      await workbench.dispose();
    }
  });
});
