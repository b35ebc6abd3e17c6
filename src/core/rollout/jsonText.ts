/** Where the JSON string that opens at `start` ends, after its closing quote; the text's length where it never closes. Linear. */
export function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The digits of a whole number as they stand in a JSON object's own field (the last one of that name), `null` without such a field. */
export function integerDigits(text: string, key: string): string | null {
  const tokens = /["{}[\]]/g;
  const digits = /\s*:\s*(-?\d+)/y;
  const quoted = JSON.stringify(key);
  let depth = 0;
  let found: string | null = null;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (token[0] === '{' || token[0] === '[') depth += 1;
    else if (token[0] !== '"') depth -= 1;
    else {
      tokens.lastIndex = stringEnd(text, token.index);
      if (depth !== 1 || !text.startsWith(quoted, token.index)) continue;
      digits.lastIndex = tokens.lastIndex;
      found = digits.exec(text)?.[1] ?? found;
    }
  }
  return found;
}
