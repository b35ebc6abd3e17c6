import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFigures } from '../../../src/cli/writeFigures';

describe('figures written from the command line', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'figures-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const figures = [
    { name: 'one.svg', svg: '<svg>1</svg>' },
    { name: 'two.svg', svg: '<svg>2</svg>' },
  ];

  it('are put into a folder that is made for them', async () => {
    const inner = join(folder, 'deep', 'figures');
    await writeFigures(inner, figures, false);
    assert.equal(await readFile(join(inner, 'two.svg'), 'utf8'), '<svg>2</svg>');
  });

  it('replace nothing that is there, and write none of the others, unless forced', async () => {
    await writeFile(join(folder, 'two.svg'), 'mine');
    await assert.rejects(
      writeFigures(folder, figures, false),
      /already holds a figure of these names: --force replaces them/,
    );
    assert.equal(await readFile(join(folder, 'two.svg'), 'utf8'), 'mine');
    await assert.rejects(readFile(join(folder, 'one.svg')), /ENOENT/);
    await writeFigures(folder, figures, true);
    assert.equal(await readFile(join(folder, 'two.svg'), 'utf8'), '<svg>2</svg>');
  });
});
