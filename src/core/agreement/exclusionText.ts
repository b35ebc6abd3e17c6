import type { Exclusions } from './agreementReport';

/** "3 missing, 1 off scale", or "nothing". */
export function exclusionText(excluded: Exclusions): string {
  const names: readonly (readonly [number | undefined, string])[] = [
    [excluded.missing, 'missing'],
    [excluded.offScale, 'off scale'],
    [excluded.judgeVisible, 'judge visible'],
    [excluded.imported, 'imported'],
    [excluded.cannotAssess, 'cannot assess'],
    [excluded.stale, 'stale'],
  ];
  const parts = names.flatMap(([count, name]) => (count ? [`${count} ${name}`] : []));
  return parts.join(', ') || 'nothing';
}
