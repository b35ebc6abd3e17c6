import type { ItemsBehind } from '../../src/core/figures/figure';
import { count } from './numbers';

interface CountButtonProps {
  readonly value: number;
  /** What opens; a count without any is plain text. */
  readonly behind: ItemsBehind | undefined;
  onOpen(behind: ItemsBehind): void;
}

/** A count that opens the items behind it. */
export function CountButton({ value, behind, onOpen }: CountButtonProps) {
  if (!behind) return <>{count(value)}</>;
  return (
    <button type="button" class="count" title={`Open: ${behind.title}`} onClick={() => onOpen(behind)}>
      {count(value)}
    </button>
  );
}
