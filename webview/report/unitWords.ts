/** The item's id for people: "wild-33-s4 · turn 8" where it is an item's key, else as it is. */
export function unitWords(unit: string): string {
  if (!unit.startsWith('[')) return unit;
  try {
    const key: unknown = JSON.parse(unit);
    if (!Array.isArray(key)) return unit;
    const [rollout, turn] = key as unknown[];
    return typeof rollout === 'string' && typeof turn === 'number' ? `${rollout} · turn ${turn}` : unit;
  } catch {
    return unit;
  }
}
