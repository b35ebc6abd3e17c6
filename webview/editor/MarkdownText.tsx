import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { carryStretch } from './carryStretch';
import { commandMarks, commandRuns, isCommand, markLook, textPieces } from './textMarks';
import type { TextMark, TextPiece } from './textMarks';

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });
const escape = markdown.utils.escapeHtml;

// Nothing of a transcript may load or navigate: links show where they lead, images what they would load.
markdown.renderer.rules['link_open'] = (tokens, index) =>
  `<span class="link-text" title="${escape(String(tokens[index]?.attrGet('href') ?? ''))}">`;
markdown.renderer.rules['link_close'] = () => '</span>';
markdown.renderer.rules['image'] = (tokens, index) => {
  const token = tokens[index];
  return `<span class="image-text">${escape(`![${token?.content ?? ''}](${String(token?.attrGet('src') ?? '')})`)}</span>`;
};

interface Props {
  readonly text: string;
  /** On the text as written: drawn where they can be placed in the text as rendered. */
  readonly marks: readonly TextMark[];
  /** Where the text begins in the item's text, of a part of it. */
  readonly offset?: number;
}

/** Text rendered as Markdown, without HTML, images and links that lead anywhere. */
export function MarkdownText({ text, marks, offset }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  // The same marks in another list must not draw the text again: that would end a selection in it.
  const same = JSON.stringify(marks);
  useLayoutEffect(() => {
    const shown = ref.current;
    if (!shown) return;
    const clean = DOMPurify.sanitize(markdown.render(text), {
      RETURN_DOM_FRAGMENT: true,
      USE_PROFILES: { html: true },
      FORBID_TAGS: ['a', 'img', 'style', 'form', 'input', 'video', 'audio'],
      FORBID_ATTR: ['style', 'href', 'src', 'srcset', 'id', 'name'],
    });
    drawMarks(clean, text, marks);
    shown.replaceChildren(clean);
  }, [text, same]);
  return <div ref={ref} class="markdown" data-offset={offset} />;
}

/** Invisible characters, commands and evidence are as visible here as in the raw text. */
function drawMarks(fragment: DocumentFragment, text: string, marks: readonly TextMark[]): void {
  const carry = carryStretch(text, fragment.textContent);
  const placed = marks.flatMap(mark => {
    const stretch = carry(mark);
    return stretch ? [{ ...mark, ...stretch }] : [];
  });
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text);
  let at = 0;
  for (const node of nodes) {
    const { data } = node;
    const begin = at;
    at += data.length;
    // Line breaks between blocks, rows and cells are no place for an element.
    if (/^\s*\n\s*$/.test(data)) continue;
    const here = placed
      .filter(({ start, end }) => start < at && end > begin)
      .map(mark => ({ ...mark, start: mark.start - begin, end: mark.end - begin }));
    const pieces = textPieces(data, [...commandMarks(data), ...here]);
    if (pieces.every(piece => piece.invisible === undefined && piece.marks.length === 0)) continue;
    node.replaceWith(...commandRuns(pieces).flatMap(drawRun));
  }
}

function drawRun(run: readonly TextPiece[]): (Node | string)[] {
  const drawn = run.map(drawPiece);
  return run.some(isCommand) ? [element('span', { class: 'command' }, ...drawn)] : drawn;
}

function drawPiece(piece: TextPiece): Node | string {
  const look = markLook(piece);
  const { invisible } = piece;
  const text =
    invisible === undefined
      ? piece.text
      : element(
          'span',
          { class: 'invisible', 'data-name': invisible, title: `invisible character: ${invisible}` },
          piece.text,
        );
  if (look === null) return text;
  return element('mark', { class: look.class, title: look.title, 'data-mark': look.name }, text);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...inner: (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inner);
  return made;
}
