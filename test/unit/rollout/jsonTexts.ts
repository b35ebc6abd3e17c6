/** A number in [0, 1) for each call: mulberry32, a public-domain generator. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A value as JSON in one of the many ways to write it: white space, key order, escapes. */
export function jsonText(value: unknown, seed: number): string {
  const next = random(seed);
  const style = next();
  const space = (): string => (style < 0.5 ? '' : next() < 0.3 ? ' \t'.slice(0, Math.ceil(next() * 2)) : '');
  const string = (text: string): string => {
    const plain = JSON.stringify(text);
    if (next() < 0.6) return plain;
    // Any character but the quotes around may be written as an escape.
    return `"${plain
      .slice(1, -1)
      .replace(/\\u[0-9a-f]{4}|\\.|[^\\]/gsu, character =>
        character.length === 1 && next() < 0.2
          ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
          : character === '/' && next() < 0.5
            ? '\\/'
            : character,
      )}"`;
  };
  const write = (inner: unknown): string => {
    if (typeof inner === 'string') return string(inner);
    if (Array.isArray(inner))
      return `[${space()}${inner.map(write).join(`${space()},${space()}`)}${space()}]`;
    if (typeof inner !== 'object' || inner === null) return JSON.stringify(inner);
    const fields = Object.entries(inner).map(
      ([key, field]) => `${string(key)}${space()}:${space()}${write(field)}`,
    );
    return `{${space()}${fields.join(`${space()},${space()}`)}${space()}}`;
  };
  return write(value);
}
