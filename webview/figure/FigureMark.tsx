import type { Mark, Series } from '../../src/core/figures/figure';
import { isStroke, markRadius, shapePath } from '../../src/core/figures/shapePath';

interface FigureMarkProps {
  readonly mark: Mark;
  readonly series: Series;
  /** Among all marks of the figure: the first is its tab stop. */
  readonly index: number;
}

/** One mark with its interval: a button where something lies behind it. */
export function FigureMark({ mark, series, index }: FigureMarkProps) {
  const { x, y, box, interval, behind, words } = mark;
  const across = interval?.along === 'x';
  return (
    <g
      class={behind ? 'figure-mark opens' : 'figure-mark'}
      role={behind ? 'button' : 'img'}
      aria-label={words.join(', ')}
      // SVG attributes keep their case: tabIndex would do nothing.
      tabindex={index === 0 ? 0 : -1}
      data-mark={index}
    >
      {interval &&
        ['figure-reach', 'figure-interval'].map(look => (
          <line
            key={look}
            class={look}
            x1={across ? interval.from : x}
            x2={across ? interval.to : x}
            y1={across ? y : interval.from}
            y2={across ? y : interval.to}
          />
        ))}
      {box ? <Box mark={mark} box={box} /> : <Point mark={mark} series={series} />}
    </g>
  );
}

function Box({ mark: { x, y }, box }: { readonly mark: Mark; readonly box: NonNullable<Mark['box']> }) {
  const { width, height, text, level } = box;
  return (
    <>
      <rect
        class={level === undefined ? 'figure-bar' : `figure-cell level-${level}`}
        x={x - width / 2}
        y={y - height / 2}
        width={width}
        height={height}
      />
      {text !== undefined && (
        <text class="figure-box-text" x={x} y={y} text-anchor="middle" dominant-baseline="central">
          {text}
        </text>
      )}
    </>
  );
}

function Point({ mark: { x, y, hollow }, series }: { readonly mark: Mark; readonly series: Series }) {
  if (series.shape === 'bar') return null;
  const open = (hollow ?? series.hollow ?? false) || isStroke(series.shape);
  return (
    <path
      class={open ? 'figure-shape hollow' : 'figure-shape'}
      d={shapePath(series.shape, markRadius(series.marks.length))}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
    />
  );
}
