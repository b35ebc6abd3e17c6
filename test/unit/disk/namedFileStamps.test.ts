import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedFileStamps } from '../../../src/disk/namedFileStamps';

describe('the stamps of manifests and rubrics', () => {
  it('differ once a file is made, written or taken away, and only then', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stamps-'));
    try {
      const stamps = (): Promise<string> => namedFileStamps(folder, ['subsets', 'rubrics']);
      const seen = [await stamps()];
      const rubric = join(folder, 'rubrics', 'a.json');
      mkdirSync(join(folder, 'rubrics'));
      writeFileSync(rubric, '{"a": 1}');
      utimesSync(rubric, 1000, 1000);
      seen.push(await stamps());
      assert.equal(await stamps(), seen[1]);
      // Of the same length.
      writeFileSync(rubric, '{"a": 2}');
      utimesSync(rubric, 2000, 2000);
      seen.push(await stamps());
      mkdirSync(join(folder, 'subsets'));
      writeFileSync(join(folder, 'subsets', 'a.json'), '{}');
      seen.push(await stamps());
      rmSync(rubric);
      seen.push(await stamps());
      assert.equal(new Set(seen).size, 5);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
