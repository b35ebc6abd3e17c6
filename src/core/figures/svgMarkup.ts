import { visibleText } from '../agreement/visibleText';

/** Text for SVG: nothing in it can end an element or an attribute, and only what XML allows is left. */
export function svgEscaped(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return (
    visibleText(text)
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- XML 1.0 has no way to write these.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"']/g, letter => named[letter] ?? letter)
  );
}

/** An element with its attributes; those that are `undefined` are left out. `inside` is markup already. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  inside = '',
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${svgEscaped(typeof value === 'number' ? String(Math.round(value * 100) / 100) : (value ?? ''))}"`,
    )
    .join('');
  return inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}
