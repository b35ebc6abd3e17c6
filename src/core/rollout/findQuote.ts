/** Where a quote stands in a text, in UTF-16 offsets. */
export interface QuoteSpan {
  readonly start: number;
  readonly end: number;
  /** False where it was found only with white space folded. */
  readonly verbatim: boolean;
}

/** The first place of a judge's quote: to the letter, else with runs of white space taken as one; `null` where it is in neither. */
export function findQuote(text: string, quote: string): QuoteSpan | null {
  const wanted = quote.trim();
  if (wanted === '') return null;
  const exact = text.indexOf(wanted);
  if (exact >= 0) return { start: exact, end: exact + wanted.length, verbatim: true };
  const { folded, offsets } = foldSpace(text);
  const needle = foldSpace(wanted).folded;
  const at = folded.indexOf(needle);
  if (at < 0) return null;
  return {
    start: offsets[at] ?? 0,
    end: (offsets[at + needle.length - 1] ?? text.length - 1) + 1,
    verbatim: false,
  };
}

/** The text with each run of white space as one space, without the units that `dropped` marks, and for each kept unit its offset in the text. */
export function foldSpace(text: string, dropped?: Uint8Array): { folded: string; offsets: number[] } {
  const offsets: number[] = [];
  let folded = '';
  let inSpace = false;
  for (let index = 0; index < text.length; index++) {
    if (dropped?.[index] === 1) continue;
    const unit = text.charAt(index);
    const space = /\s/.test(unit);
    if (!space || !inSpace) {
      folded += space ? ' ' : unit;
      offsets.push(index);
    }
    inSpace = space;
  }
  return { folded, offsets };
}
