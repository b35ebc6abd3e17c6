import type { Forest, ForestRow } from '../../src/core/figures/forest';
import { MarkShape } from './Mark';
import type { MarkKind } from './sides';

interface ForestStripProps {
  readonly ticks: Forest['ticks'];
  readonly row: ForestRow;
  readonly mark: MarkKind | undefined;
}

/** One row of a forest plot: the numbers beside it say the same, so it is hidden from assistive technology. */
export function ForestStrip({ ticks, row, mark }: ForestStripProps) {
  return (
    <svg class="strip" aria-hidden="true">
      {ticks.map(({ value, position }) => (
        <line
          key={value}
          class={value === 0 ? 'grid zero' : 'grid'}
          x1={along(position)}
          x2={along(position)}
          y1="0"
          y2="100%"
        />
      ))}
      {row.interval && (
        <line
          class={`interval ${mark ?? 'measure'}`}
          x1={along(row.interval[0])}
          x2={along(row.interval[1])}
          y1="50%"
          y2="50%"
        />
      )}
      {row.value !== null && <MarkShape kind={mark} x={along(row.value)} y="50%" />}
    </svg>
  );
}

/** The axis above the strips. */
export function ForestAxis({ ticks }: Pick<ForestStripProps, 'ticks'>) {
  return (
    <svg class="strip" aria-hidden="true">
      {ticks.map(({ value, position }) => (
        <g key={value}>
          <line
            class={value === 0 ? 'grid zero' : 'grid'}
            x1={along(position)}
            x2={along(position)}
            y1="78%"
            y2="100%"
          />
          <text x={along(position)} y="62%" text-anchor="middle">
            {String(value).replace('-', '−')}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Room at both ends for a mark and half a tick's text. */
function along(position: number): string {
  return `${(4 + 92 * position).toFixed(2)}%`;
}
