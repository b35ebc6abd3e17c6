import { useMemo, useRef, useState } from 'preact/hooks';
import type { PairReport } from '../../src/core/agreement/agreementReport';
import { nextMark } from '../../src/core/plots/nextMark';
import { scatter } from '../../src/core/plots/scatter';
import { AxisTitles } from './AxisTitles';
import { count } from './numbers';
import { ScatterGrid } from './ScatterGrid';
import { ScatterMarks, tellMark } from './ScatterMarks';
import { ScatterTip } from './ScatterTip';
import type { Sides } from './sides';

/** From this many on, points are drawn smaller. */
const manyMarks = 1000;

interface ScatterPlotProps {
  readonly pair: PairReport;
  readonly sides: Sides;
  readonly scale: { readonly min: number; readonly max: number } | null;
  readonly cut: number | null;
  onOpen(unit: string): void;
}

/** Every turn as a point. One tab stop: arrow keys go from point to point, Enter opens the turn in the editor. */
export function ScatterPlot({ pair, sides, scale, cut, onOpen }: ScatterPlotProps) {
  const plot = useMemo(() => scatter(pair.points ?? [], scale, cut), [pair, scale, cut]);
  const marksElement = useRef<SVGGElement>(null);
  const [told, setTold] = useState<number | null>(null);
  if (!pair.points) return <p class="quiet">No points: the ratings are text, or over 10,000.</p>;
  const split = plot.marks.filter(mark => mark.split).length;

  const focus = (index: number) => {
    const elements = marksElement.current?.children;
    if (!elements) return;
    for (const element of elements)
      if (element.getAttribute('tabindex') === '0') element.setAttribute('tabindex', '-1');
    elements[index]?.setAttribute('tabindex', '0');
    (elements[index] as SVGElement | undefined)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = indexOf(event.target);
    if (index === null || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') setTold(null);
    const open = event.key === 'Enter' || event.key === ' ';
    const next = nextMark(plot.marks, index, event.key);
    if (!open && next === null) return;
    event.preventDefault();
    if (open) onOpen(plot.marks[index]?.unit ?? '');
    else if (next !== null) focus(next);
  };
  const tell = (event: Event) => setTold(indexOf(event.target));
  const hush = () => setTold(null);

  const label = `${plot.marks.length} turns by score of ${sides.b.short} and ${sides.a.short}; arrow keys move between them.`;

  return (
    <>
      <div class="axes">
        <AxisTitles sides={sides} />
        {/* The listeners are on the division: an SVG group that listens for focus becomes a tab stop of its own. */}
        <div
          class="plot"
          onKeyDown={onKeyDown}
          onClick={event => {
            const index = indexOf(event.target);
            if (index !== null) onOpen(plot.marks[index]?.unit ?? '');
          }}
          onMouseOver={tell}
          onMouseOut={hush}
          onFocusIn={tell}
          onFocusOut={hush}
        >
          <svg role="group" aria-label={label}>
            <ScatterGrid plot={plot} />
            <g ref={marksElement} class={plot.marks.length > manyMarks ? 'many' : ''}>
              <ScatterMarks marks={plot.marks} sides={sides} />
            </g>
          </svg>
          {told !== null && plot.marks[told] && (
            <ScatterTip mark={plot.marks[told]} text={tellMark(plot.marks[told], sides)} />
          )}
        </div>
      </div>
      <figcaption>
        A point is a turn, moved a little so that equal ones stay apart; select one to open it. Diagonal:
        equal scores.
        {cut !== null &&
          ` Hollow: on different sides of ${cut} (${count(split)} of ${count(plot.marks.length)}).`}
      </figcaption>
    </>
  );
}

function indexOf(target: EventTarget | null): number | null {
  const index = target instanceof SVGElement ? target.dataset['index'] : undefined;
  return index === undefined ? null : Number(index);
}
