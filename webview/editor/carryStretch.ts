import { foldSpace } from '../../src/core/rollout/findQuote';
import type { Stretch } from './evidenceSpans';

/** A text as it is searched, and for each of its units the offset in the text as written. */
interface Folded {
  readonly folded: string;
  readonly offsets: readonly number[] | null;
}

/** From the strictest reading to the loosest: to the letter; white space folded; without what Markdown writes and doesn't show. */
const readings: readonly ((text: string) => Folded)[] = [
  text => ({ folded: text, offsets: null }),
  text => foldSpace(text),
  text => foldSpace(text, markdownUnits(text)),
];

/** What stands in Markdown's source alone. It is dropped from both texts, so that signs which are meant as such don't matter. */
const markdownSyntax: readonly RegExp[] = [
  // Where links and images lead, and lines that say it for later.
  /\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)/g,
  /\]\[[^[\]\n]*\]/g,
  /^ {0,3}\[[^\]\n]+\]:[^\n]*$/gm,
  // Fences of code with its language, rules, underlines of headings, second rows of tables.
  /^[ \t>]*(?:`{3,}[^`\n]*|~{3,}[^\n]*)$/gm,
  /^[ \t|:+=-]+$/gm,
  // Numbers of lists.
  /^[ \t>*+-]*\d{1,9}[.)](?=\s)/gm,
  /[*_`#<>~[\]()!\\|+=-]+/g,
];

function markdownUnits(text: string): Uint8Array {
  const units = new Uint8Array(text.length);
  for (const syntax of markdownSyntax)
    for (const { index, 0: match } of text.matchAll(syntax)) units.fill(1, index, index + match.length);
  return units;
}

/**
 * Finds stretches of one text in another that says the same in other signs: rendered Markdown in its source, or the other
 * way round. Of several like it, it is the one of the same number; `null` where the two texts don't have as many of them, so
 * that a stretch is never put in a wrong place for a guess.
 */
export function carryStretch(from: string, to: string): (stretch: Stretch) => Stretch | null {
  if (from === to) return stretch => stretch;
  const folded = readings.map(read => once(() => ({ from: read(from), to: read(to) })));
  return stretch => {
    for (const pair of folded) {
      const found = carry(pair(), stretch);
      if (found) return found;
    }
    return null;
  };
}

function carry({ from, to }: { from: Folded; to: Folded }, stretch: Stretch): Stretch | null {
  let first = unitAt(from, stretch.start);
  let last = unitAt(from, stretch.end);
  while (first < last && /\s/.test(from.folded.charAt(first))) first++;
  while (last > first && /\s/.test(from.folded.charAt(last - 1))) last--;
  if (first >= last) return null;
  const needle = from.folded.slice(first, last);
  const here = placesOf(from.folded, needle);
  const there = placesOf(to.folded, needle);
  const at = there?.[here?.indexOf(first) ?? -1];
  if (here?.length !== there?.length || at === undefined) return null;
  return { start: offsetAt(to, at), end: offsetAt(to, at + needle.length - 1) + 1 };
}

/** The first unit of the folded text that stands at or after an offset of the text as written. */
function unitAt({ folded, offsets }: Folded, offset: number): number {
  if (!offsets) return Math.min(offset, folded.length);
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const offsetAt = ({ offsets }: Folded, unit: number): number => (offsets ? (offsets[unit] ?? 0) : unit);

/** A text that says one thing more often than this is hostile: counting on would stop the page. */
const mostPlaces = 5000;

/** Where a needle stands in a text, overlapping ones too; `null` where it stands in too many places. */
function placesOf(text: string, needle: string): readonly number[] | null {
  const places: number[] = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    if (places.length === mostPlaces) return null;
    places.push(at);
  }
  return places;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
