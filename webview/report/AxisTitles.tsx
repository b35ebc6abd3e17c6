import { Mark } from './Mark';
import type { Sides } from './sides';

/** Titles of the two axes that matrix and scatter share: b along x, a along y. */
export function AxisTitles({ sides: { a, b } }: { readonly sides: Sides }) {
  return (
    <>
      <div class="axis-title y" aria-hidden="true">
        <span>{a.short} score</span>
        <Mark kind={a.mark} />
      </div>
      <div class="axis-title x" aria-hidden="true">
        <Mark kind={b.mark} />
        <span>{b.short} score</span>
      </div>
    </>
  );
}
