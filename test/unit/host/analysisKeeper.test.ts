import assert from 'node:assert/strict';
import { analysisKeeper } from '../../../src/host/analysisKeeper';
import type { AnalysisChoice } from '../../../src/protocol/analysisProtocol';
import type { MadeAnalysis } from '../../../src/protocol/reportWorkerProtocol';

const byDataset: AnalysisChoice = {
  scores: 'judge',
  subset: null,
  by: ['dataset'],
  thresholds: null,
  survivorsOnly: false,
  event: null,
  align: null,
  compare: 'usual',
};
const byModel: AnalysisChoice = { ...byDataset, by: ['model'] };
const madeOf = (markdown: string): MadeAnalysis => ({ counted: {} as MadeAnalysis['counted'], markdown });

interface Begun {
  readonly choice: AnalysisChoice;
  readonly settle: (made: MadeAnalysis | null) => void;
  isCancelled: boolean;
}

/** A keeper whose computations end when the test says so. */
function keeping() {
  const begun: Begun[] = [];
  const stamp = { now: 'a' };
  const keeper = analysisKeeper(
    choice => {
      let settle: Begun['settle'] = () => undefined;
      const result = new Promise<MadeAnalysis | null>(resolve => (settle = resolve));
      const own: Begun = { choice, settle, isCancelled: false };
      begun.push(own);
      return {
        result,
        cancel: () => {
          own.isCancelled = true;
          settle(null);
        },
      };
    },
    () => stamp.now,
  );
  return { keeper, begun, stamp };
}

describe('the keeper of an analysis', () => {
  it('counts each choice once while nothing changes', async () => {
    const { keeper, begun, stamp } = keeping();
    const [first, meanwhile] = [keeper.ready(byDataset), keeper.ready(byDataset)];
    begun[0]?.settle(madeOf('one'));
    assert.equal((await first)?.markdown, 'one');
    assert.equal((await meanwhile)?.markdown, 'one');
    assert.equal((await keeper.ready({ ...byDataset }))?.markdown, 'one');
    assert.equal(begun.length, 1);
    stamp.now = 'b';
    const again = keeper.ready(byDataset);
    begun[1]?.settle(madeOf('two'));
    assert.equal((await again)?.markdown, 'two');
    assert.equal(keeper.last()?.markdown, 'two');
  });

  it('ends what is under way where another choice is made', async () => {
    const { keeper, begun } = keeping();
    const former = keeper.ready(byDataset);
    const next = keeper.ready(byModel);
    assert.deepEqual(
      begun.map(({ choice, isCancelled }) => [choice.by, isCancelled]),
      [
        [['dataset'], true],
        [['model'], false],
      ],
    );
    begun[1]?.settle(madeOf('by model'));
    assert.equal(await former, null);
    assert.equal((await next)?.markdown, 'by model');
    assert.equal(keeper.last()?.markdown, 'by model');
  });

  it('keeps the last one where a new one is cancelled', async () => {
    const { keeper, begun } = keeping();
    const first = keeper.ready(byDataset);
    begun[0]?.settle(madeOf('one'));
    await first;
    const cancelled = keeper.refresh(byDataset);
    keeper.cancel();
    assert.equal(await cancelled, null);
    assert.equal(keeper.last()?.markdown, 'one');
    assert.equal((await keeper.ready(byDataset))?.markdown, 'one');
  });
});
