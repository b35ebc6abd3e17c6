import { textSize, textWidth } from '../textSize';

/** The text cut to about `width` in its middle: names of models differ at their ends. */
export function fittedMiddle(text: string, width: number, size: number = textSize.tick): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  for (let kept = letters.length - 1; kept > 2; kept--) {
    const start = Math.ceil(kept * 0.4);
    const cut = `${letters.slice(0, start).join('').trimEnd()}…${letters
      .slice(start - kept)
      .join('')
      .trimStart()}`;
    if (textWidth(cut, size) <= width) return cut;
  }
  return '…';
}
