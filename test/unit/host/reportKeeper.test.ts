import assert from 'node:assert/strict';
import type { MadeReport } from '../../../src/protocol/reportWorkerProtocol';
import { reportKeeper } from '../../../src/host/reportKeeper';

interface Begun {
  readonly made: (text: string) => void;
  readonly fail: (message: string) => void;
  isCancelled: boolean;
}

const madeOf = (text: string): MadeReport => ({
  counted: { report: text } as MadeReport['counted'],
  markdown: `# ${text}`,
});

/** A keeper whose computations end when the test says so. */
function keeping() {
  const begun: Begun[] = [];
  const stamp = { now: 'a' };
  const keeper = reportKeeper(
    () => {
      let settle: (made: MadeReport | null) => void = () => undefined;
      let reject: (error: Error) => void = () => undefined;
      const result = new Promise<MadeReport | null>((resolve, refuse) => {
        settle = resolve;
        reject = refuse;
      });
      const own: Begun = {
        made: text => settle(madeOf(text)),
        fail: message => reject(new Error(message)),
        isCancelled: false,
      };
      begun.push(own);
      const cancel = (): void => {
        own.isCancelled = true;
        settle(null);
      };
      return { result, cancel };
    },
    () => stamp.now,
  );
  return { keeper, begun, stamp };
}

const last = (begun: readonly Begun[]): Begun => begun.at(-1)!;

describe('the report that a panel keeps', () => {
  it('is made once for all who ask while it is being made, and given again while nothing has changed', async () => {
    const { keeper, begun, stamp } = keeping();
    const [first, second] = [keeper.ready(), keeper.ready()];
    last(begun).made('one');
    assert.deepEqual([(await first)?.report, (await second)?.report], ['one', 'one']);
    assert.equal((await keeper.ready())?.report, 'one');
    assert.equal(begun.length, 1);
    stamp.now = 'b';
    const third = keeper.ready();
    last(begun).made('two');
    assert.equal((await third)?.report, 'two');
    assert.equal(begun.length, 2);
  });

  it('is of the labels from before a change that came while it was made: it is made again for who asks then', async () => {
    const { keeper, begun, stamp } = keeping();
    const first = keeper.ready();
    stamp.now = 'b';
    last(begun).made('one');
    await first;
    const second = keeper.ready();
    assert.equal(begun.length, 2);
    last(begun).made('two');
    assert.equal((await second)?.report, 'two');
  });

  it('is the new one for who waited when it was refreshed; the computation of before is ended', async () => {
    const { keeper, begun } = keeping();
    const first = keeper.ready();
    const second = keeper.refresh();
    assert.deepEqual(
      begun.map(({ isCancelled }) => isCancelled),
      [true, false],
    );
    last(begun).made('two');
    assert.deepEqual([(await first)?.report, (await second)?.report], ['two', 'two']);
  });

  it('is none after the first computation was cancelled, and can be asked for again', async () => {
    const { keeper, begun } = keeping();
    const first = keeper.ready();
    keeper.cancel();
    assert.equal(await first, null);
    const second = keeper.ready();
    last(begun).made('two');
    assert.equal((await second)?.report, 'two');
  });

  it('stays the former one where a refresh is cancelled, fails, or has nothing to end', async () => {
    const { keeper, begun } = keeping();
    const first = keeper.ready();
    last(begun).made('one');
    await first;
    keeper.cancel();
    const second = keeper.refresh();
    keeper.cancel();
    assert.equal(await second, null);
    const third = keeper.refresh();
    last(begun).fail('No.');
    await assert.rejects(third, { message: 'No.' });
    assert.equal((await keeper.ready())?.report, 'one');
    assert.equal(begun.length, 3);
  });

  it('as Markdown is that of the report that is there, without another computation', async () => {
    const { keeper, begun, stamp } = keeping();
    const first = keeper.markdown();
    last(begun).made('one');
    assert.equal(await first, '# one');
    stamp.now = 'b';
    assert.equal(await keeper.markdown(), '# one');
    assert.equal(begun.length, 1);
  });
});
