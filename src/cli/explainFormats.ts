import type { ByteSource } from '../core/bytes/byteSource';
import { parseRecord } from '../core/rollout/parseRecord';
import { recordFormats, wrapperKey } from '../core/rollout/readRecord';
import { firstKey, isObject, namedKeys } from '../core/rollout/recordFormat';
import type { FormatName, RecordFormat } from '../core/rollout/recordFormat';
import { loadRollout } from '../core/rollout/runScan';
import type { RolloutSummary } from '../core/rollout/runScan';

/** What one adapter looks for, and what it found in a file. */
export interface ExplainedFormat {
  readonly formats: readonly FormatName[];
  readonly records: number;
  readonly keys: readonly {
    readonly lookedFor: readonly string[];
    readonly becomes: string;
    /** In how many records each of them counted. */
    readonly found: Readonly<Record<string, number>>;
  }[];
}

/** All adapters in the order in which they are tried; each rollout is read once more. */
export async function explainFormats(
  source: ByteSource,
  rollouts: readonly RolloutSummary[],
): Promise<ExplainedFormat[]> {
  const counted = recordFormats.map(format => ({
    format,
    records: 0,
    found: format.keys.map(() => new Map<string, number>()),
  }));
  for (const summary of rollouts) {
    const { text, format: name } = await loadRollout(source, summary);
    const parsed = parseRecord(text);
    const entry = counted.find(({ format }) => format.reads.includes(name));
    if (!entry || 'reason' in parsed) continue;
    entry.records += 1;
    const place = readPlace(entry.format, parsed.record, text);
    entry.format.keys.forEach(({ keys }, index) => {
      const key = firstKey(place, keys);
      const counts = entry.found[index];
      if (key !== null && counts) counts.set(key, (counts.get(key) ?? 0) + 1);
    });
  }
  return counted.map(({ format, records, found }) => ({
    formats: format.reads,
    records,
    keys: format.keys.map(({ keys, becomes }, index) => ({
      lookedFor: keys,
      becomes,
      found: Object.fromEntries(found[index] ?? []),
    })),
  }));
}

/** The record, or the object in it that the adapter read. */
function readPlace(
  format: RecordFormat,
  record: Record<string, unknown>,
  text: string,
): Readonly<Record<string, unknown>> {
  const read = format.read(record, text);
  const inner = record[wrapperKey];
  return read !== null && 'rollout' in read ? record : isObject(inner) ? inner : record;
}

/** The same as lines: a format that read something with what it found, any other with what it looked for. */
export function explainedText(explained: readonly ExplainedFormat[]): string[] {
  return explained.flatMap(({ formats, records, keys }) => [
    `  ${formats.join(', ')}: ${String(records)} ${records === 1 ? 'record' : 'records'}`,
    ...keys.map(({ lookedFor, becomes, found }) => {
      const counts = Object.entries(found).map(([key, count]) => `"${key}" in ${String(count)}`);
      const told = records === 0 ? '' : `: ${counts.length > 0 ? counts.join(', ') : 'in none'}`;
      return `    ${namedKeys(lookedFor)} → ${becomes}${told}`;
    }),
  ]);
}
