import { ticksAlong, yTitleAt } from '../../src/core/figures/axisTicks';
import type { Panel, Rule } from '../../src/core/figures/figure';
import { textSize } from '../../src/core/figures/textSize';

interface FigureFrameProps {
  readonly panel: Panel;
  readonly scale: number;
}

/** Axes, grid, bands and rules of a panel: what the marks stand on. */
export function FigureFrame({ panel, scale }: FigureFrameProps) {
  const { x, y, width, height, xAxis, yAxis, title } = panel;
  const size = textSize.tick / scale;
  const bottom = y + height;
  const titleX = yTitleAt(x, yAxis, size);
  return (
    <g aria-hidden="true">
      {title !== undefined && (
        <text class="figure-heading" x={x} y={y - 8}>
          {title}
        </text>
      )}
      {ticksAlong(xAxis, size).map((tick, index) => (
        <g key={index}>
          {tick.grid && <line class="figure-grid" x1={tick.position} x2={tick.position} y1={y} y2={bottom} />}
          <text x={tick.position} y={bottom + 4 + size} text-anchor="middle">
            {tick.label}
          </text>
        </g>
      ))}
      {yAxis.ticks.map((tick, index) => (
        <g key={index}>
          {tick.grid && (
            <line class="figure-grid" x1={x} x2={x + width} y1={tick.position} y2={tick.position} />
          )}
          <text x={x - 8} y={tick.position + size * 0.35} text-anchor="end">
            {tick.label}
          </text>
        </g>
      ))}
      {xAxis.title !== '' && (
        <text x={x + width / 2} y={bottom + 9 + 2.2 * size} text-anchor="middle">
          {xAxis.title}
        </text>
      )}
      {yAxis.title !== '' && (
        <text
          x={titleX}
          y={y + height / 2}
          text-anchor="middle"
          transform={`rotate(-90 ${titleX} ${y + height / 2})`}
        >
          {yAxis.title}
        </text>
      )}
      {panel.series.map(({ band, tone }, index) =>
        band === undefined ? null : <path key={index} class={`figure-band tone-${tone}`} d={band} />,
      )}
      {panel.rules.map((rule, index) => (
        <RuleLine key={index} rule={rule} />
      ))}
    </g>
  );
}

function RuleLine({ rule: { x1, y1, x2, y2, kind, label } }: { readonly rule: Rule }) {
  const level = y1 === y2;
  return (
    <g>
      <line class={`figure-rule ${kind}`} x1={x1} y1={y1} x2={x2} y2={y2} />
      {label !== undefined && (
        <text
          class="figure-rule-label"
          x={level ? x2 - 2 : x1 + 4}
          y={level ? y2 - 4 : y1 < y2 ? y1 + 10 : y1 - 6}
          text-anchor={level ? 'end' : 'start'}
        >
          {label}
        </text>
      )}
    </g>
  );
}
