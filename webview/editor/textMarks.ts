/** A stretch of text, UTF-16 offsets [start, end), and why it is marked: a command, the rater's evidence, the judge's, found by the search or gone to. */
export interface TextMark {
  readonly start: number;
  readonly end: number;
  readonly kind: 'command' | 'own' | 'judge' | 'found' | 'here';
  /** By which the drawn stretch is found on the page, without spaces: see `ownMark` and `judgeMark`. */
  readonly name?: string;
}

/** What a search found in a part of a message. */
export interface FoundMark extends TextMark {
  readonly part: number;
}

/** A piece of text to draw: plain, marked, or one invisible character with its name. */
export interface TextPiece {
  readonly text: string;
  readonly marks: readonly TextMark['kind'][];
  /** Of the marks that have one. */
  readonly names?: readonly string[];
  readonly invisible?: string;
}

/** The name of the mark on a stretch that the rater marked, by where it begins in the item's text. */
export const ownMark = (start: number): string => `own-${String(start)}`;
/** The name of the mark on a judge's quote, by the judge's place among those shown. */
export const judgeMark = (index: number): string => `judge-${String(index)}`;

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
    const covering = marks.filter(mark => mark.start < end && mark.end > start);
    const names = covering.flatMap(({ name }) => (name === undefined ? [] : [name]));
    const character = hidden.get(start);
    return {
      text: text.slice(start, end),
      marks: [...new Set(covering.map(mark => mark.kind))],
      ...(names.length > 0 ? { names } : {}),
      ...(character === undefined ? {} : { invisible: invisibleName(character) }),
    };
  });
}

/** Pieces in a row that a command holds, or none does: what is marked within a command must not cut its frame. */
export function commandRuns(pieces: readonly TextPiece[]): TextPiece[][] {
  const runs: TextPiece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last?.[0] && isCommand(last[0]) === isCommand(piece)) last.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

export const isCommand = (piece: TextPiece): boolean => piece.marks.includes('command');

/** How a piece that is evidence is drawn; `null` where it is none. Whose it is shows by the line under it, not by colour alone. */
export function markLook(
  piece: TextPiece,
): { readonly class: string; readonly title: string; readonly name: string } | null {
  const own = piece.marks.includes('own');
  const judged = piece.marks.includes('judge');
  const here = piece.marks.includes('here');
  const found = here || piece.marks.includes('found');
  if (!own && !judged && !found) return null;
  const evidence = own
    ? judged
      ? 'marked by you and quoted by the judge'
      : 'marked by you'
    : judged
      ? 'quoted by the judge'
      : '';
  return {
    class: [own && 'own', judged && 'judged', found && 'found', here && 'here'].filter(Boolean).join(' '),
    title: [evidence, found ? 'found' : ''].filter(text => text !== '').join(', '),
    name: (piece.names ?? []).join(' '),
  };
}
