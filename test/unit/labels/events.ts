import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import type { Item } from '../../../src/core/rollout/item';

/** Ids that rise with their serial, as UUIDv7s do. */
export const idOf = (serial: number): string => `id-${String(serial).padStart(6, '0')}`;

export const item = (changes: Partial<Item> = {}): Item => ({
  rollout: 'r1',
  turn: 1,
  part: 'response',
  criterion: 'frustration',
  sha256: 'a'.repeat(64),
  contextSha256: 'b'.repeat(64),
  ...changes,
});

type Fields<K extends LabelEvent['kind']> = Partial<Extract<LabelEvent, { kind: K }>>;

const common = (serial: number) => ({
  v: 1 as const,
  id: idOf(serial),
  at: '2026-01-01T00:00:00.000Z',
  rater: 'ann',
});

/** A first score given with the judge hidden, unless the changes say otherwise. */
export const score = (serial: number, value: number, changes: Fields<'score'> = {}): LabelEvent => ({
  ...common(serial),
  kind: 'score',
  item: { ...item() },
  value,
  scale: { min: 0, max: 10, worst: 'max' },
  rubric: 'c'.repeat(64),
  phase: 'first',
  judgeVisible: false,
  ...changes,
});

export const revision = (serial: number, value: number, changes: Fields<'score'> = {}): LabelEvent =>
  score(serial, value, { phase: 'revision', ...changes });

export const cannotAssess = (serial: number, changes: Fields<'cannot-assess'> = {}): LabelEvent => ({
  ...common(serial),
  kind: 'cannot-assess',
  item: { ...item() },
  phase: 'first',
  judgeVisible: false,
  ...changes,
});

export const retract = (serial: number, target: number, changes: Fields<'retract'> = {}): LabelEvent => ({
  ...common(serial),
  kind: 'retract',
  target: idOf(target),
  ...changes,
});

export const exposed = (serial: number, changes: Fields<'exposed'> = {}): LabelEvent => ({
  ...common(serial),
  kind: 'exposed',
  scope: 'run',
  what: 'judge',
  ...changes,
});

export const skip = (serial: number, changes: Fields<'skip'> = {}): LabelEvent => ({
  ...common(serial),
  kind: 'skip',
  item: { ...item() },
  ...changes,
});

export const note = (serial: number, text: string, changes: Fields<'note'> = {}): LabelEvent => ({
  ...common(serial),
  kind: 'note',
  item: { ...item() },
  text,
  ...changes,
});

export const flag = (serial: number, code = 'flagged', changes: Fields<'flag'> = {}): LabelEvent => ({
  ...common(serial),
  kind: 'flag',
  item: { ...item() },
  code,
  ...changes,
});
