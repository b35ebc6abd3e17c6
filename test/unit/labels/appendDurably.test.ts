import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendDurably } from '../../../src/core/labels/appendDurably';
import type { ByteSink } from '../../../src/core/labels/appendDurably';

const bytes = Buffer.from('0123456789');

describe('appendDurably', () => {
  it('resolves only once the bytes were written and then synced', async () => {
    const log: string[] = [];
    let synced = (): void => undefined;
    const sink: ByteSink = {
      write: given => {
        log.push(`write ${Buffer.from(given).toString()}`);
        return Promise.resolve(given.length);
      },
      datasync: () => {
        log.push('datasync');
        return new Promise(resolve => (synced = resolve));
      },
    };
    const done = appendDurably(sink, bytes).then(() => log.push('resolved'));
    await new Promise(setImmediate);
    assert.deepEqual(log, ['write 0123456789', 'datasync']);
    synced();
    await done;
    assert.deepEqual(log, ['write 0123456789', 'datasync', 'resolved']);
  });

  it('completes short writes with the rest, in order, and syncs once', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        async (given, sizes) => {
          const taken: number[] = [];
          let call = 0;
          let syncs = 0;
          await appendDurably(
            {
              write: rest => {
                const some = rest.subarray(0, sizes[call++ % sizes.length]);
                taken.push(...some);
                return Promise.resolve(some.length);
              },
              datasync: () => {
                syncs += 1;
                return Promise.resolve();
              },
            },
            given,
          );
          assert.deepEqual(taken, [...given]);
          assert.equal(syncs, 1);
        },
      ),
    ));

  it('rejects where a write takes nothing, and does not sync', async () => {
    for (const taken of [0, -1, NaN]) {
      let syncs = 0;
      const sink: ByteSink = {
        write: () => Promise.resolve(taken),
        datasync: () => {
          syncs += 1;
          return Promise.resolve();
        },
      };
      await assert.rejects(appendDurably(sink, bytes), /took no more bytes/);
      assert.equal(syncs, 0);
    }
  });

  it('rejects where a write or the sync fails', async () => {
    const fine: ByteSink = {
      write: given => Promise.resolve(given.length),
      datasync: () => Promise.resolve(),
    };
    const fail = (): Promise<never> => Promise.reject(new Error('ENOSPC'));
    await assert.rejects(appendDurably({ ...fine, write: fail }, bytes), /ENOSPC/);
    await assert.rejects(appendDurably({ ...fine, datasync: fail }, bytes), /ENOSPC/);
  });
});
