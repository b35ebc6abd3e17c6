import assert from 'node:assert/strict';
import { oneAhead } from '../../../src/core/bytes/oneAhead';

const later = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('one ahead', () => {
  it('gives results in order, and has the next one under way', async () => {
    const log: string[] = [];
    const act = async (value: number): Promise<number> => {
      log.push(`begin ${String(value)}`);
      await later();
      return value * 10;
    };
    for await (const [value, result] of oneAhead([1, 2, 3], act))
      log.push(`${String(value)} is ${String(result)}`);
    assert.deepEqual(log, ['begin 1', 'begin 2', '1 is 10', 'begin 3', '2 is 20', '3 is 30']);
  });

  it('of nothing is nothing', async () => {
    for await (const each of oneAhead([], () => Promise.resolve())) assert.fail(String(each));
  });

  it('rejects where one does, and leaves no rejection of the next unhandled', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const run = async (): Promise<void> => {
        const results = oneAhead([1, 2], value => Promise.reject(new Error(`no ${String(value)}`)));
        for await (const each of results) assert.fail(String(each));
      };
      await assert.rejects(run(), /no 1/);
      const first = oneAhead([1, 2], value =>
        value === 1 ? Promise.resolve() : Promise.reject(new Error('no 2')),
      );
      assert.deepEqual((await first.next()).value, [1, undefined]);
      await first.return(undefined);
      await later();
      assert.deepEqual(unhandled, []);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});
