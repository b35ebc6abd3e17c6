const named: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Control characters, those of writing direction among them, as they are written in a program: what a file holds moves
 * no cursor, breaks no line and turns none round.
 */
export function visibleText(text: string): string {
  return text.replace(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    control => named.get(control) ?? escaped(control),
  );
}

function escaped(control: string): string {
  const code = control.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
}

/** Plain data with every text in it, and every key, made visible. */
export function visibleTexts<Data>(data: Data): Data {
  return visible(data) as Data;
}

function visible(data: unknown): unknown {
  if (typeof data === 'string') return visibleText(data);
  if (Array.isArray(data)) return data.map(visible);
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [visibleText(key), visible(value)]));
}
