import { useMemo } from 'preact/hooks';
import type { ScatterMark } from '../../src/core/plots/scatter';
import type { Sides } from './sides';
import { unitWords } from './unitWords';

interface ScatterMarksProps {
  readonly marks: readonly ScatterMark[];
  readonly sides: Sides;
}

/** The points: drawn once for the data, so that hovering doesn't compare thousands of them. */
export function ScatterMarks({ marks, sides }: ScatterMarksProps) {
  return useMemo(
    () => (
      <>
        {marks.map((mark, index) => (
          <circle
            key={mark.unit}
            class={mark.split ? 'point split' : 'point'}
            role="button"
            aria-label={tellMark(mark, sides).join(', ')}
            // SVG attributes keep their case: tabIndex would do nothing.
            tabindex={index === 0 ? 0 : -1}
            data-index={index}
            cx={percent(mark.x)}
            cy={percent(mark.y)}
            r="3.5"
          />
        ))}
      </>
    ),
    [marks, sides],
  );
}

/** The lines of a point's tooltip: which item, and both scores. */
export function tellMark(mark: ScatterMark, { a, b }: Sides): readonly [string, string, string] {
  return [unitWords(mark.unit), `${b.short} ${mark.b}`, `${a.short} ${mark.a}`];
}

function percent(position: number): string {
  return `${(100 * position).toFixed(2)}%`;
}
