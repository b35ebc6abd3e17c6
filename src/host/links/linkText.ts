/** What a link leads to: a turn of a rollout; while that is not to be named, an item of a list; or a slot of a subset. */
export type LinkTarget =
  | {
      readonly kind: 'turn';
      readonly rollout: string;
      readonly turn: number;
      readonly criterion: string | null;
    }
  /** `item` as it is shown: from 1. */
  | { readonly kind: 'item'; readonly criterion: string; readonly item: number }
  | { readonly kind: 'slot'; readonly criterion: string; readonly subset: string; readonly slot: number };

export interface Link {
  /** Relative to a folder of the workspace, or absolute. With slashes. */
  readonly path: string;
  readonly target: LinkTarget;
}

const keys = ['path', 'rollout', 'turn', 'item', 'criterion', 'subset', 'slot'] as const;
type Key = (typeof keys)[number];

/** The query of a link's URI, percent-encoded. */
export function encodeLink({ path, target }: Link): string {
  const { criterion } = target;
  const values: [Key, string][] = [
    ['path', path],
    ...(target.kind === 'turn'
      ? ([
          ['rollout', target.rollout],
          ['turn', String(target.turn)],
        ] as [Key, string][])
      : target.kind === 'item'
        ? ([['item', String(target.item)]] as [Key, string][])
        : ([
            ['subset', target.subset],
            ['slot', String(target.slot)],
          ] as [Key, string][])),
    ...(criterion === null ? [] : ([['criterion', criterion]] as [Key, string][])),
  ];
  // An id may hold half of a character, which no percent encoding has.
  return values.map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`).join('&');
}

const nextKey = new RegExp(`&(?=(?:${keys.join('|')})=)`);

/**
 * Reads the query of a URI as VS Code hands it over: percent-decoded already, so that an & in a value stands as it is. Only
 * one before a key of ours begins the next value.
 */
export function decodeLink(query: string): Link | { readonly reason: string } {
  const values = new Map<string, string>();
  for (const piece of query.split(nextKey)) {
    const [key = '', ...rest] = piece.split('=');
    if (!(keys as readonly string[]).includes(key) || values.has(key)) return malformed;
    values.set(key, rest.join('='));
  }
  const text = (key: Key): string | null => values.get(key) ?? null;
  const number = (key: Key): number | null => {
    const value = text(key);
    return value !== null && /^[0-9]{1,9}$/.test(value) ? Number(value) : null;
  };
  const path = text('path');
  const target = targetOf(text, number);
  if (path === null || !isPath(path) || !target) return malformed;
  return { path, target };
}

function targetOf(text: (key: Key) => string | null, number: (key: Key) => number | null): LinkTarget | null {
  const criterion = text('criterion');
  const [rollout, turn, item, subset, slot] = [
    text('rollout'),
    number('turn'),
    number('item'),
    text('subset'),
    number('slot'),
  ];
  if (rollout !== null && turn !== null && turn > 0) return { kind: 'turn', rollout, turn, criterion };
  if (criterion === null) return null;
  if (item !== null && item > 0) return { kind: 'item', criterion, item };
  return subset !== null && slot !== null ? { kind: 'slot', criterion, subset, slot } : null;
}

const malformed = {
  reason: 'This link is incomplete or damaged: a path, and a rollout and turn or an item, were looked for.',
};

/** Nothing that climbs out of a folder, and no character that a path can't have. */
const isPath = (path: string): boolean =>
  path !== '' && !path.includes('\0') && !path.split(/[\\/]/).includes('..');
