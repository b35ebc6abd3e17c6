import { keyOf } from './keys';
import type { Action } from './keys';
import { isTyped } from './typedScore';

const shown: readonly (readonly [string, readonly Action[]])[] = [
  ['undo', ['undo']],
  ['item', ['nextItem', 'previousItem']],
  ['rollout', ['nextRollout', 'previousRollout']],
  ['reasoning', ['reasoning']],
  ['note', ['note']],
  ['judge', ['judge']],
  ['search', ['search']],
];

interface Props {
  readonly keys: Readonly<Record<string, string>>;
  readonly scale: { readonly min: number; readonly max: number };
  readonly onHelp: () => void;
}

/** The keys one needs most, always in sight; the sheet has the rest. */
export function Footer({ keys, scale, onHelp }: Props) {
  return (
    <footer class="footer">
      {isTyped(scale) ? (
        <span>
          <kbd>0</kbd>–<kbd>9</kbd> <kbd>Enter</kbd> score
        </span>
      ) : (
        <span>
          <kbd>{scale.min}</kbd>–<kbd>{Math.min(9, scale.max)}</kbd> score
        </span>
      )}
      {scale.max === 10 && !isTyped(scale) && (
        <span>
          <kbd>t</kbd> ten
        </span>
      )}
      {shown.map(([name, actions]) => (
        <span key={name}>
          {actions.map(action => keyOf(keys, action) !== '' && <kbd key={action}>{keyOf(keys, action)}</kbd>)}{' '}
          {name}
        </span>
      ))}
      <button type="button" class="quiet" onClick={onHelp}>
        <kbd>{keyOf(keys, 'help')}</kbd> all keys
      </button>
    </footer>
  );
}
