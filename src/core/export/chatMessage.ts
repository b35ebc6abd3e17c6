import { partText } from '../rollout/item';
import type { Message, MessagePart } from '../rollout/rollout';

/** A message as chat formats have it: what training code reads. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
  readonly reasoning?: string;
  readonly tool_calls?: readonly {
    readonly type: 'function';
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

/** The message with its text to the letter; raw reasoning only where it is asked for, tool calls as functions. */
export function chatMessage(message: Message, withReasoning: boolean): ChatMessage {
  const { role, name, parts } = message;
  const texts = parts.filter(part => part.kind === 'text' || part.kind === 'tool-result');
  const calls = parts.filter(part => part.kind === 'tool-call');
  const reasoning = withReasoning ? partText(message, 'reasoning') : '';
  const result = parts.find(part => part.kind === 'tool-result');
  const named = name ?? result?.name ?? '';
  return {
    role,
    ...(named === '' ? {} : { name: named }),
    ...(reasoning === '' ? {} : { reasoning }),
    content: texts.map(({ text }) => text).join('\n'),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(call => ({
            type: 'function' as const,
            function: { name: call.name, arguments: call.text },
          })),
        }),
  };
}

const carried: readonly MessagePart['kind'][] = ['text', 'tool-result', 'tool-call', 'reasoning'];

/** Parts of the messages that a chat message has no place for, by kind: images and other blocks, summaries, encrypted reasoning. */
export function partsLeftOut(messages: readonly Message[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { parts } of messages)
    for (const { kind } of parts) if (!carried.includes(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.fromEntries(counts);
}
