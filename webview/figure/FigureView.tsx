import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Figure, ItemsBehind, Mark } from '../../src/core/figures/figure';
import { markPlaces, nextMark } from '../../src/core/figures/nextMark';
import { FigureLegend } from './FigureLegend';
import { FigurePanels } from './FigurePanels';
import { FigureTip } from './FigureTip';

interface FigureViewProps {
  readonly figure: Figure;
  onOpen(behind: ItemsBehind): void;
}

/** Below this share of its own width a figure scrolls instead of shrinking: its text would run together. */
const least = 0.72;

/** Any figure. One tab stop: arrow keys go from mark to mark, Enter opens what lies behind one. */
export function FigureView({ figure, onOpen }: FigureViewProps) {
  const places = useMemo(() => markPlaces(figure), [figure]);
  const marks = useMemo(
    () => figure.panels.flatMap(panel => panel.series.flatMap(series => series.marks)),
    [figure],
  );
  const plot = useRef<HTMLDivElement>(null);
  const scale = useScale(plot, figure.width);
  const [told, setTold] = useState<number | null>(null);
  const mark: Mark | undefined = told === null ? undefined : marks[told];

  const focus = (index: number) => {
    const all = plot.current;
    all?.querySelector('[data-mark][tabindex="0"]')?.setAttribute('tabindex', '-1');
    const next = all?.querySelector<SVGElement>(`[data-mark="${index}"]`);
    next?.setAttribute('tabindex', '0');
    next?.focus();
  };
  const open = (index: number | null) => {
    const behind = index === null ? undefined : marks[index]?.behind;
    if (behind) onOpen(behind);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = indexOf(event.target);
    if (index === null || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') setTold(null);
    const opens = event.key === 'Enter' || event.key === ' ';
    const next = nextMark(figure, places, index, event.key);
    if (!opens && next === null) return;
    event.preventDefault();
    if (opens) open(index);
    else if (next !== null) focus(next);
  };
  const tell = (event: Event) => setTold(indexOf(event.target));
  const hush = () => setTold(null);

  return (
    <div class="figure-view">
      {figure.legend.length > 1 && <FigureLegend entries={figure.legend} />}
      {/* The listeners are on the division: an SVG group that listens for focus becomes a tab stop of its own. */}
      <div
        ref={plot}
        class={scale <= least ? 'figure-plot scrolls' : 'figure-plot'}
        style={{ '--figure-scale': String(scale), maxWidth: `${figure.width}px` }}
        onKeyDown={onKeyDown}
        onClick={event => open(indexOf(event.target))}
        onMouseOver={tell}
        onMouseOut={hush}
        onFocusIn={tell}
        onFocusOut={hush}
      >
        <div class="figure-canvas" style={{ minWidth: `${Math.round(figure.width * least)}px` }}>
          <svg
            viewBox={`0 0 ${figure.width} ${figure.height}`}
            role="group"
            aria-label={`${figure.summary} Arrow keys move between its marks.`}
          >
            <FigurePanels figure={figure} scale={scale} />
          </svg>
          {mark && <FigureTip mark={mark} width={figure.width} height={figure.height} />}
        </div>
      </div>
      {figure.caption !== undefined && <p class="figure-caption">{figure.caption}</p>}
    </div>
  );
}

/** How much smaller than its own pixels the figure is drawn; 1 at most. */
function useScale(plot: { readonly current: HTMLDivElement | null }, width: number): number {
  const [scale, setScale] = useState(1);
  useLayoutEffect(() => {
    const element = plot.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const share = Math.min(1, Math.max(least, element.clientWidth / width));
      setScale(Math.round(share * 50) / 50);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);
  return scale;
}

function indexOf(target: EventTarget | null): number | null {
  const index = target instanceof Element ? target.closest('[data-mark]')?.getAttribute('data-mark') : null;
  return index == null ? null : Number(index);
}
