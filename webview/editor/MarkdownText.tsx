import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { commandMarks, textPieces } from './textMarks';

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

/** Text rendered as Markdown, without HTML, images and links that lead anywhere. */
export function MarkdownText({ text }: { text: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const clean = DOMPurify.sanitize(markdown.render(text), {
      RETURN_DOM_FRAGMENT: true,
      USE_PROFILES: { html: true },
      FORBID_TAGS: ['a', 'img', 'style', 'form', 'input', 'video', 'audio'],
      FORBID_ATTR: ['style', 'href', 'src', 'srcset', 'id', 'name'],
    });
    nameInvisible(clean);
    element.replaceChildren(clean);
  }, [text]);
  return <div ref={ref} class="markdown" />;
}

/** Invisible characters and commands are as visible here as in the raw text. */
function nameInvisible(fragment: DocumentFragment): void {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text);
  for (const node of nodes) {
    const pieces = textPieces(node.data, commandMarks(node.data));
    if (pieces.every(piece => piece.invisible === undefined && piece.marks.length === 0)) continue;
    node.replaceWith(
      ...pieces.map(piece => {
        if (piece.invisible === undefined && piece.marks.length === 0) return piece.text;
        const span = document.createElement('span');
        span.textContent = piece.text;
        span.className = piece.invisible === undefined ? 'command' : 'invisible';
        if (piece.invisible !== undefined) span.dataset['name'] = piece.invisible;
        return span;
      }),
    );
  }
}
