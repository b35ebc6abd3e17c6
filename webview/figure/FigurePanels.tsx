import { useMemo } from 'preact/hooks';
import type { Figure } from '../../src/core/figures/figure';
import { seriesLine } from '../../src/core/figures/seriesLine';
import { FigureFrame } from './FigureFrame';
import { FigureMark } from './FigureMark';

interface FigurePanelsProps {
  readonly figure: Figure;
  /** How much smaller than its pixels it is drawn; letters are that much larger in them. */
  readonly scale: number;
}

/** Everything inside the SVG: drawn once for the data, so that hovering doesn't compare thousands of marks. */
export function FigurePanels({ figure, scale }: FigurePanelsProps) {
  return useMemo(() => {
    let index = 0;
    return (
      <>
        {figure.panels.map((panel, place) => (
          <g key={place}>
            <FigureFrame panel={panel} scale={scale} />
            {panel.series.map((series, order) => {
              const line = seriesLine(series);
              const { tone, dash, label, labelAt } = series;
              return (
                <g key={order} class={`tone-${tone}`}>
                  {line !== null && <path class="figure-line" d={line} stroke-dasharray={dash} />}
                  {series.marks.map((mark, own) => (
                    <FigureMark key={own} mark={mark} series={series} index={index++} />
                  ))}
                  {labelAt && (
                    <text
                      class="figure-label"
                      x={labelAt.x}
                      y={labelAt.y}
                      text-anchor={labelAt.anchor}
                      aria-hidden="true"
                    >
                      {label}
                    </text>
                  )}
                </g>
              );
            })}
          </g>
        ))}
      </>
    );
  }, [figure, scale]);
}
