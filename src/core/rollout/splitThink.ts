import type { MessagePart } from './rollout';

const tags = /<think(?:\s[^<>]*)?>|<\/think>/g;

/**
 * Text with inline `<think>` tags as text and reasoning parts; put together again with their tags they give the text.
 * Also an opener that is never closed (a truncated answer), at the start of a line, and a closer without an opener
 * (the opener stood in the prompt's template), at the end of a line: all before it is reasoning.
 */
export function splitThink(text: string): MessagePart[] {
  if (!text.includes('<think') && !text.includes('</think>'))
    return text === '' ? [] : [{ kind: 'text', text }];
  const parts: MessagePart[] = [];
  let at = 0;
  let open: { tag: string; start: number; end: number } | null = null;
  for (const match of text.matchAll(tags)) {
    const tag = match[0];
    const start = match.index;
    const end = start + tag.length;
    if (tag !== '</think>') {
      open ??= { tag, start, end };
    } else if (open) {
      if (open.start > at) parts.push({ kind: 'text', text: text.slice(at, open.start) });
      parts.push({ kind: 'reasoning', text: text.slice(open.end, start), open: open.tag, close: tag });
      at = end;
      open = null;
    } else if (parts.length === 0 && (end === text.length || text[end] === '\n')) {
      parts.push({ kind: 'reasoning', text: text.slice(0, start), open: '', close: tag });
      at = end;
    }
  }
  if (
    open &&
    (open.start === 0 || text.slice(at, open.start).trim() === '' || text[open.start - 1] === '\n')
  ) {
    if (open.start > at) parts.push({ kind: 'text', text: text.slice(at, open.start) });
    parts.push({ kind: 'reasoning', text: text.slice(open.end), open: open.tag, close: '' });
    at = text.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}
