import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { linkFile } from '../../../src/host/links/linkFile';
import { decodeLink, encodeLink } from '../../../src/host/links/linkText';
import type { Link } from '../../../src/host/links/linkText';

/** The query as VS Code hands it to an extension: decoded once. */
const asHanded = (query: string): string => decodeURIComponent(query);

describe('the text of a link', () => {
  it('names a turn of a rollout, an item or a slot, each value percent-encoded', () => {
    const path = 'runs/gemma & co.jsonl';
    assert.equal(
      encodeLink({
        path,
        target: { kind: 'turn', rollout: 'math-07 s/2', turn: 13, criterion: 'frustration' },
      }),
      'path=runs%2Fgemma%20%26%20co.jsonl&rollout=math-07%20s%2F2&turn=13&criterion=frustration',
    );
    assert.equal(
      encodeLink({ path: 'a.jsonl', target: { kind: 'item', criterion: 'frustration', item: 37 } }),
      'path=a.jsonl&item=37&criterion=frustration',
    );
    assert.equal(
      encodeLink({
        path: 'a.jsonl',
        target: { kind: 'slot', criterion: 'frustration', subset: 'val', slot: 0 },
      }),
      'path=a.jsonl&subset=val&slot=0&criterion=frustration',
    );
  });

  it('is read back whatever stands in it (property)', () => {
    const free = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter(text => text.isWellFormed() && !/&(path|rollout|turn|item|criterion|subset|slot)=/.test(text));
    const path = fc
      .oneof(fc.constantFrom('run.jsonl', 'a=b&c=d/e%20f#g?h+i.jsonl', '/abs/olute.jsonl'), free)
      .filter(text => !text.includes('\0') && !text.split(/[\\/]/).includes('..'));
    const criterion = fc.constantFrom('frustration', 'legibility', 'my-own');
    const target = fc.oneof(
      fc.record({
        kind: fc.constant('turn' as const),
        rollout: fc.oneof(free, fc.constantFrom('a&b=c%41+#', '&turn', 'x&')),
        turn: fc.integer({ min: 1, max: 999 }),
        criterion: fc.option(criterion),
      }),
      fc.record({ kind: fc.constant('item' as const), criterion, item: fc.integer({ min: 1, max: 1e7 }) }),
      fc.record({
        kind: fc.constant('slot' as const),
        criterion,
        subset: fc.constantFrom('val-100', 'p'),
        slot: fc.nat({ max: 1000 }),
      }),
    );
    fc.assert(
      fc.property(path, target, (path, target) => {
        const link: Link = { path, target };
        assert.deepEqual(decodeLink(asHanded(encodeLink(link))), { path, target: { ...target } });
      }),
      { numRuns: 2000 },
    );
  });

  for (const [name, query] of [
    ['nothing', ''],
    ['no path', 'rollout=a&turn=1'],
    ['an empty path', 'path=&rollout=a&turn=1'],
    ['no turn', 'path=a.jsonl&rollout=a'],
    ['a turn that is none', 'path=a.jsonl&rollout=a&turn=1e3'],
    ['turn 0', 'path=a.jsonl&rollout=a&turn=0'],
    ['an item without its criterion', 'path=a.jsonl&item=3'],
    ['a key twice', 'path=a.jsonl&rollout=a&turn=1&path=b.jsonl'],
    ['a foreign key in front', 'command=x&path=a.jsonl&rollout=a&turn=1'],
    ['a path that climbs', 'path=../a.jsonl&rollout=a&turn=1'],
    ['a path that climbs later', 'path=runs/../../a.jsonl&rollout=a&turn=1'],
    ['a path that climbs with backslashes', 'path=runs\\..\\a.jsonl&rollout=a&turn=1'],
    ['a path with a NUL', 'path=a\0.jsonl&rollout=a&turn=1'],
  ])
    it(`is refused with one sentence where it has ${String(name)}`, () => {
      const read = decodeLink(String(query));
      assert.ok('reason' in read);
      assert.match(read.reason, /^This link is incomplete or damaged: [^.]+\.$/);
    });
});

describe('the file of a link', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rollout-annotator-links-')));
  const folder = join(root, 'study');
  const folders = [{ name: 'study', path: folder }];
  before(() => {
    mkdirSync(join(folder, 'runs'), { recursive: true });
    writeFileSync(join(folder, 'runs', 'a.jsonl'), '');
    writeFileSync(join(root, 'secret.jsonl'), '');
    symlinkSync(join(root, 'secret.jsonl'), join(folder, 'out.jsonl'));
    symlinkSync(join(folder, 'runs', 'a.jsonl'), join(folder, 'in.jsonl'));
    symlinkSync(folder, join(root, 'linked'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));
  const find = (path: string, open = folders) => linkFile(path, open, { realpath });

  it('is one inside an open folder, by its relative or absolute path, also through links that stay inside', async () => {
    const inside = { kind: 'inside', path: join(folder, 'runs', 'a.jsonl') };
    assert.deepEqual(await find('runs/a.jsonl'), inside);
    assert.deepEqual(await find(join(folder, 'runs', 'a.jsonl')), inside);
    assert.deepEqual(await find('in.jsonl'), { kind: 'inside', path: join(folder, 'in.jsonl') });
  });

  it('is found with the folder’s name in front, as paths of several folders have it', async () => {
    const two = [{ name: 'other', path: join(root, 'other') }, ...folders];
    assert.deepEqual(await find('study/runs/a.jsonl', two), {
      kind: 'inside',
      path: join(folder, 'runs', 'a.jsonl'),
    });
  });

  it('is found where the open folder is itself reached by a link', async () => {
    const linked = [{ name: 'linked', path: join(root, 'linked') }];
    assert.deepEqual(await find('runs/a.jsonl', linked), {
      kind: 'inside',
      path: join(root, 'linked', 'runs', 'a.jsonl'),
    });
  });

  it('outside is to be confirmed, also where a link leads out, by the path that it really has', async () => {
    assert.deepEqual(await find('out.jsonl'), { kind: 'outside', path: join(root, 'secret.jsonl') });
    assert.deepEqual(await find(join(root, 'secret.jsonl')), {
      kind: 'outside',
      path: join(root, 'secret.jsonl'),
    });
    // A folder whose name begins alike is another one.
    assert.equal((await find(`${folder}-2/a.jsonl`)).kind, 'outside');
  });

  it('outside is not touched before that', async () => {
    const touched: string[] = [];
    const disk = { realpath: (path: string) => (touched.push(path), Promise.resolve(path)) };
    assert.equal((await linkFile('/server/share/a.jsonl', folders, disk)).kind, 'outside');
    assert.deepEqual(touched, []);
  });

  it('that is not there is said, without a folder too', async () => {
    assert.deepEqual(await find('runs/b.jsonl'), {
      kind: 'missing',
      reason: 'The open folders hold no file “b.jsonl” where the link says.',
    });
    const none = await find('runs/a.jsonl', []);
    assert.ok(none.kind === 'missing' && none.reason.startsWith('No folder is open'));
  });
});
