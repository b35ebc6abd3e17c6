import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A tiny study's tables, made by so many workers. */
async function tables(workers: number, ...more: string[]): Promise<string> {
  const size = ['--studies', '2', '--bootstrapped', '1', '--truth', '200'];
  const study = [join('dist', 'test', 'study', 'coverage.js'), ...size, '--workers', String(workers)];
  return (await promisify(execFile)(process.execPath, [...study, ...more])).stdout;
}

describe('the coverage study', () => {
  it('prints the same bytes with one worker and with four', async () => {
    const [one, four] = [await tables(1), await tables(4)];
    assert.equal(one, four);
    assert.match(one, /^second-confirmation seeds, 2 studies a case\n/);
    assert.match(
      one,
      /\| 8% \| 0\.4 \| 210 \| 75 \| \d\d \| \d+ \| half-balanced \| (1\.000|\.500|\.000) \|/,
    );
  });

  it('has other studies with its first seeds than with those that confirm', async () => {
    assert.notEqual(await tables(4), await tables(4, '--seeds', 'first'));
  });
});
