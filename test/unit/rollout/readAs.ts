import assert from 'node:assert/strict';
import { readRecord } from '../../../src/core/rollout/readRecord';
import type { FormatName } from '../../../src/core/rollout/recordFormat';
import type { Rollout } from '../../../src/core/rollout/rollout';

/** The rollout of a record that has to be read as this format. */
export function readAs(format: FormatName, record: object): Rollout {
  const read = readRecord(record as Record<string, unknown>, JSON.stringify(record));
  assert.ok('rollout' in read, 'reason' in read ? read.reason : '');
  assert.equal(read.format, format);
  return read.rollout;
}

/** Why a record is not read. */
export function reasonOf(record: object): string {
  const read = readRecord(record as Record<string, unknown>, JSON.stringify(record));
  assert.ok('reason' in read);
  return read.reason;
}

/** Role, turn and parts of each message, the parts as "kind:text". */
export function textsOf({ messages }: Rollout): [string, number | undefined, string][] {
  return messages.map(({ role, turn, parts }) => [
    role,
    turn,
    parts.map(({ kind, text }) => `${kind}:${text}`).join('|'),
  ]);
}
