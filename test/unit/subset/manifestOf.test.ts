import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { memorySource } from '../../../src/core/bytes/byteSource';
import type { ByteSource } from '../../../src/core/bytes/byteSource';
import { frustrationRubric } from '../../../src/core/labels/rubric';
import { itemKeyText } from '../../../src/core/rollout/item';
import type { Item } from '../../../src/core/rollout/item';
import { decodeManifest, edgeBytes, encodeManifest } from '../../../src/core/subset/manifest';
import type { Manifest } from '../../../src/core/subset/manifest';
import { manifestOf } from '../../../src/core/subset/manifestOf';
import { hashSource, sourceChange } from '../../../src/core/subset/sourceHash';
import type { SubsetPlan } from '../../../src/core/subset/plan';
import { planOf, unevenRollouts } from './study';

const hexOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function manifest(plan: SubsetPlan, createdAt = '2026-11-23T10:00:00.000Z', source?: Manifest['source']) {
  const itemsNow = new Map<string, Item>(
    plan.slots.map(({ key }) => [
      itemKeyText(key),
      { ...key, sha256: `of ${String(key.turn)}`, contextSha256: `before ${String(key.turn)}` },
    ]),
  );
  return manifestOf(plan, {
    rubric: frustrationRubric,
    source: source ?? { name: 'run.jsonl', bytes: 5, sha256: 'aa', headSha256: 'bb', tailSha256: 'cc' },
    itemsNow,
    createdAt,
  });
}

const planned = (seed = 4) =>
  planOf(unevenRollouts(), {
    seed,
    design: { kind: 'balanced', n: 40 },
    repeats: 4,
    raters: ['ada', 'bob'],
    overlap: 1,
    show: ['prompt'],
    context: 'previous-2',
  });

describe('a manifest', () => {
  it('is read back as it was written', () => {
    const made = manifest(planned());
    const decoded = decodeManifest(Buffer.from(encodeManifest(made)));
    assert.ok('manifest' in decoded);
    assert.deepEqual(decoded.manifest, made);
    assert.equal(made.algorithm, 'rollout-annotator/1 balanced');
    assert.equal(made.items.length, 44);
    assert.ok(made.items.every(({ item }) => item.sha256 === `of ${String(item.turn)}`));
  });

  it('of the same plan is the same but for when it was made', () => {
    assert.equal(encodeManifest(manifest(planned())), encodeManifest(manifest(planned())));
    const later = manifest(planned(), '2027-01-01T00:00:00.000Z');
    assert.deepEqual({ ...later, createdAt: '' }, { ...manifest(planned()), createdAt: '' });
    assert.notDeepEqual(manifest(planned(5)).items, later.items);
  });

  it('is not made where an item is gone from the file', () => {
    assert.throws(
      () =>
        manifestOf(planned(), {
          rubric: frustrationRubric,
          source: { name: 'run.jsonl', bytes: 0, sha256: '' },
          itemsNow: new Map(),
          createdAt: '',
        }),
      /turn \d+ of rollout “r\d+” is no longer in the file/,
    );
  });
});

describe('the hash of a file', () => {
  const bytes = Uint8Array.from({ length: 2_300_000 }, (_, index) => (index * index) % 251);

  it('is of all its bytes and of both its edges, read in pieces', async () => {
    let largest = 0;
    const source: ByteSource = {
      size: bytes.length,
      read: (offset, length) => {
        largest = Math.max(largest, length);
        // A source may give less than was asked for.
        return Promise.resolve(bytes.subarray(offset, offset + Math.min(length, 300_000)));
      },
    };
    assert.deepEqual(await hashSource(source), {
      bytes: bytes.length,
      sha256: hexOf(bytes),
      headSha256: hexOf(bytes.subarray(0, edgeBytes)),
      tailSha256: hexOf(bytes.subarray(-edgeBytes)),
    });
    assert.ok(largest <= 1024 * 1024);
  });

  it('of a small file has it for both edges', async () => {
    const small = bytes.subarray(0, 10);
    const { sha256, headSha256, tailSha256 } = await hashSource(memorySource(small));
    assert.deepEqual([sha256, headSha256, tailSha256], [hexOf(small), hexOf(small), hexOf(small)]);
  });

  it('is not given of a file that ends before its size', async () => {
    await assert.rejects(hashSource({ ...memorySource(bytes), size: bytes.length + 1 }), /become shorter/);
  });
});

describe('a file that a subset was drawn from', () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 253);
  const change = async (now: Uint8Array, edges = true): Promise<string | null> => {
    const { headSha256, tailSha256, ...whole } = await hashSource(memorySource(bytes));
    const source = { name: 'run.jsonl', ...whole, ...(edges ? { headSha256, tailSha256 } : {}) };
    return sourceChange(manifest(planned(), undefined, source), memorySource(now));
  };
  const changedAt = (place: number): Uint8Array =>
    bytes.map((byte, index) => (index === place ? byte ^ 1 : byte));

  it('is the same while it is only appended to', async () => {
    assert.equal(await change(bytes), null);
    assert.equal(await change(Buffer.concat([bytes, Buffer.from('more')])), null);
    assert.equal(await change(Buffer.concat([bytes, Buffer.from('more')]), false), null);
  });

  it('has changed where it is shorter or its edges are others', async () => {
    assert.equal(
      await change(bytes.subarray(1)),
      'The file has become shorter since the subset “val” was drawn: 299999 bytes, then 300000.',
    );
    assert.equal(
      await change(changedAt(3)),
      'The beginning of the file has changed since the subset “val” was drawn.',
    );
    assert.equal(
      await change(changedAt(299_990)),
      'The file has changed since the subset “val” was drawn: other bytes stand where it ended.',
    );
  });

  it('is compared whole where the manifest has no edges', async () => {
    assert.equal(
      await change(changedAt(150_000), false),
      'The file has changed since the subset “val” was drawn.',
    );
  });
});
