import type { Scatter } from '../../src/core/plots/scatter';

/** Grid, ticks, line of equality and cut of a scatter. */
export function ScatterGrid({ plot: { ticks, cut } }: { readonly plot: Scatter }) {
  return (
    <g aria-hidden="true">
      {ticks.map(({ value, position }) => (
        <g key={value}>
          <line class="grid" x1={at(position)} x2={at(position)} y1="0" y2="100%" />
          <line class="grid" x1="0" x2="100%" y1={at(1 - position)} y2={at(1 - position)} />
          <text x={at(position)} y="100%" dy="15" text-anchor="middle">
            {value}
          </text>
          <text x="-7" y={at(1 - position)} dy="4" text-anchor="end">
            {value}
          </text>
        </g>
      ))}
      <line class="equality" x1="0" y1="100%" x2="100%" y2="0" />
      {cut !== null && (
        <>
          <line class="cut" x1={at(cut)} x2={at(cut)} y1="0" y2="100%" />
          <line class="cut" x1="0" x2="100%" y1={at(1 - cut)} y2={at(1 - cut)} />
        </>
      )}
    </g>
  );
}

function at(position: number): string {
  return `${(100 * position).toFixed(2)}%`;
}
