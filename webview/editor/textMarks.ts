/** A stretch of text, UTF-16 offsets [start, end), and the class it is drawn with. */
export interface TextMark {
  readonly start: number;
  readonly end: number;
  readonly kind: 'command' | 'evidence';
}

/** A piece of text to draw: plain, marked, or one invisible character with its name. */
export interface TextPiece {
  readonly text: string;
  readonly marks: readonly TextMark['kind'][];
  readonly invisible?: string;
}

/** The escape hatch of the frustration study: `<<rm -rf gemma-3-27b>>`. */
const command = /<<\s*rm\s+-rf\b[^<>]{0,200}>>/g;

/** Code points that a person can't see: controls but tab and line breaks, format, bidi, fillers, tags, and U+FFFD. */
const invisibleRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180e, 0x180e],
  [0x200b, 0x200c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  // Variation selectors can hide data; the two that choose text or emoji are common and harmless.
  [0xfe00, 0xfe0d],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xfffd, 0xfffd],
  [0xe0000, 0xe007f],
  [0xe0100, 0xe01ef],
];

const escaped = (code: number): string => `\\u{${code.toString(16)}}`;

// A zero-width joiner between emoji is part of them and stays as it is; lone surrogates are \p{Cs}.
const invisible = new RegExp(
  `(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d|\\u200d(?!\\p{Extended_Pictographic})|[${invisibleRanges.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('')}]|\\p{Cs}`,
  'gu',
);

const names: Readonly<Record<number, string>> = {
  0xad: 'SHY',
  0x61c: 'ALM',
  0x200b: 'ZWSP',
  0x200c: 'ZWNJ',
  0x200d: 'ZWJ',
  0x200e: 'LRM',
  0x200f: 'RLM',
  0x2028: 'LS',
  0x2029: 'PS',
  0x202a: 'LRE',
  0x202b: 'RLE',
  0x202c: 'PDF',
  0x202d: 'LRO',
  0x202e: 'RLO',
  0x2060: 'WJ',
  0x2066: 'LRI',
  0x2067: 'RLI',
  0x2068: 'FSI',
  0x2069: 'PDI',
  0xfeff: 'BOM',
  0x1b: 'ESC',
  0x0: 'NUL',
};

/** What an invisible character is drawn as: its short name, else its code. */
export function invisibleName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return names[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Where commands stand in a text. */
export function commandMarks(text: string): TextMark[] {
  return [...text.matchAll(command)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
    kind: 'command',
  }));
}

/** The text cut at every mark and invisible character; put together again it is the text. */
export function textPieces(text: string, marks: readonly TextMark[]): TextPiece[] {
  const cuts = new Set([0, text.length]);
  for (const mark of marks) {
    if (mark.start >= 0 && mark.start < text.length) cuts.add(mark.start);
    if (mark.end > 0 && mark.end <= text.length) cuts.add(mark.end);
  }
  const hidden = new Map<number, string>();
  for (const match of text.matchAll(invisible)) {
    hidden.set(match.index, match[0]);
    cuts.add(match.index).add(match.index + match[0].length);
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? text.length;
    const kinds = marks.filter(mark => mark.start < end && mark.end > start).map(mark => mark.kind);
    const character = hidden.get(start);
    const piece = { text: text.slice(start, end), marks: [...new Set(kinds)] };
    return character === undefined ? piece : { ...piece, invisible: invisibleName(character) };
  });
}
