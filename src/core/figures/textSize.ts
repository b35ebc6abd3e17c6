/** Sizes of text in figures, in pixels. */
export const textSize = { tick: 11, title: 12, heading: 13 } as const;

/** Roughly how wide a text is: no font is at hand here, so that an average letter of a sans-serif is taken. */
export function textWidth(text: string, size: number = textSize.tick): number {
  let letters = 0;
  for (const letter of text)
    letters += /[iljt.,:;’'|!()[\] ]/.test(letter) ? 0.32 : /[mwMW—]/.test(letter) ? 0.86 : 0.57;
  return letters * size;
}

/** The text in lines no wider than `width` where its words allow it. */
export function wrapped(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** The text cut to about `width`, with "…" for what is missing. */
export function fitted(text: string, width: number, size: number = textSize.tick): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
