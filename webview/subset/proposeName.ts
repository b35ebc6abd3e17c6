import type { Manifest } from '../../src/core/subset/manifest';

/** The first free name of val-100, val-100-2, …; of practice-20, … for practice. */
export function proposeName(role: Manifest['role'], n: number, taken: readonly string[]): string {
  const base = `${role === 'practice' ? 'practice' : 'val'}-${String(n)}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${String(count)}`;
    if (!taken.includes(name)) return name;
  }
}
