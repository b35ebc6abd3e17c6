import assert from 'node:assert/strict';
import { linkedItem } from '../../../src/host/session/linkTargets';
import type { LinkTarget } from '../../../src/host/links/linkText';
import { canariesIn, canaryPlace, canarySubset } from './canaryRun';
import type { Harness } from './harness';
import { openAt } from './harness';

const linkAt = async (h: Harness, ordinal: number): Promise<LinkTarget> => {
  await h.ask('copyLink', { ordinal });
  return JSON.parse(h.called.at(-1)!.slice('link '.length)) as LinkTarget;
};

describe('a link to a turn', function () {
  this.timeout(20_000);

  it('names no rollout while the judge is hidden, and leads back to its item', async () => {
    const h = await openAt(canaryPlace('a', 'b'));
    const link = await linkAt(h, 4);
    assert.deepEqual(link, { kind: 'item', criterion: 'frustration', item: 5 });
    assert.deepEqual(canariesIn([...h.recorded, ...h.called].join('\n')), []);
    assert.deepEqual(await linkedItem(h.session, link), {
      criterion: 'frustration',
      subset: null,
      ordinal: 4,
    });
  });

  it('names rollout and turn once the judge is shown', async () => {
    const h = await openAt(canaryPlace('a', 'b'));
    await h.ask('judge', { show: true, confirmed: false });
    const link = await linkAt(h, 4);
    assert.deepEqual(link, { kind: 'turn', rollout: 'CANARY-id-b', turn: 2, criterion: 'frustration' });
    assert.deepEqual(await linkedItem(h.session, link), {
      criterion: 'frustration',
      subset: null,
      ordinal: 4,
    });
  });

  it('leads a blind rater to the item, shows no id, and ends no blindness', async () => {
    const h = await openAt(canaryPlace('a', 'b'));
    const item = await linkedItem(h.session, {
      kind: 'turn',
      rollout: 'CANARY-id-b',
      turn: 3,
      criterion: null,
    });
    assert.ok(!('reason' in item));
    h.session.goTo(item.criterion, item.subset, item.ordinal);
    await h.ask('item', { ordinal: item.ordinal });
    assert.equal(h.states.at(-1)?.goTo?.ordinal, 5);
    assert.equal(h.states.at(-1)?.judge, 'hidden');
    assert.deepEqual(canariesIn(h.recorded.join('\n')), []);
  });

  it('of a subset names the slot, which is the same for raters with other lists', async () => {
    const place = canaryPlace('a', 'b');
    await canarySubset(place, {
      slots: [{ at: 'b 1', raters: ['bob'] }, { at: 'a 1', raters: ['ada', 'bob'] }, 'b 2'],
    });
    const ada = await openAt(place, { subset: 'val' });
    const link = await linkAt(ada, 0);
    assert.deepEqual(link, { kind: 'slot', criterion: 'frustration', subset: 'val', slot: 1 });
    assert.deepEqual(canariesIn([...ada.recorded, ...ada.called].join('\n')), []);
    const bob = await openAt(place, { subset: 'val', rater: 'bob' });
    assert.deepEqual(await linkedItem(bob.session, link), {
      criterion: 'frustration',
      subset: 'val',
      ordinal: 1,
    });
    assert.deepEqual(await linkedItem(ada.session, { ...link, slot: 0 } as LinkTarget), {
      reason: 'The link’s item is not among yours in its subset, or the file does not hold it.',
    });
  });

  it('that leads nowhere is said in a sentence', async () => {
    const h = await openAt(canaryPlace('a'));
    const reasons = await Promise.all(
      (
        [
          { kind: 'turn', rollout: 'x', turn: 1, criterion: null },
          { kind: 'turn', rollout: 'CANARY-id-a', turn: 9, criterion: null },
          { kind: 'turn', rollout: 'CANARY-id-a', turn: 1, criterion: 'none' },
          { kind: 'item', criterion: 'frustration', item: 99 },
          { kind: 'item', criterion: 'none', item: 1 },
          { kind: 'slot', criterion: 'frustration', subset: 'val', slot: 0 },
        ] as const
      ).map(target => linkedItem(h.session, target)),
    );
    assert.ok(reasons.every(item => 'reason' in item && /^[A-Z].*\.$/.test(item.reason)));
  });
});
