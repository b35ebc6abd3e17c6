import { useMemo, useState } from 'preact/hooks';
import type { SubsetPreview } from '../../src/core/subset/plan';
import { count } from '../report/numbers';
import { histogramBars } from './histogramBars';
import { percent } from './previewWords';

interface HistogramProps {
  readonly histogram: SubsetPreview['histogram'];
  readonly cut: number | null;
}

/** Hollow: the file; filled: the subset. One tab stop: arrow keys go from bar to bar. */
export function Histogram({ histogram, cut }: HistogramProps) {
  const plot = useMemo(() => histogramBars(histogram, cut), [histogram, cut]);
  const [told, setTold] = useState<number | null>(null);
  const [stop, setStop] = useState(0);
  const last = plot.bars.length - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowLeft: stop - 1, ArrowRight: stop + 1, Home: 0, End: last }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const group = (event.currentTarget as SVGElement).querySelectorAll<SVGElement>('.bar');
    group[Math.max(0, Math.min(last, next))]?.focus();
  };
  const whole = {
    population: histogram.reduce((sum, bar) => sum + bar.population, 0),
    sample: histogram.reduce((sum, bar) => sum + bar.sample, 0),
  };
  return (
    <>
      <figure aria-labelledby="histogram-heading">
        <div class="histogram">
          <svg role="group" aria-label="Bars by judge score" onKeyDown={onKeyDown}>
            <g aria-hidden="true">
              {plot.ticks.map(({ text, y }) => (
                <g key={text}>
                  <line class="grid" x1="0" x2="100%" y1={at(1 - y)} y2={at(1 - y)} />
                  <text x="-7" y={at(1 - y)} dy="4" text-anchor="end">
                    {text}
                  </text>
                </g>
              ))}
            </g>
            {plot.bars.map((bar, index) => (
              <g
                key={bar.key}
                class="bar"
                role="img"
                aria-label={bar.words}
                // SVG attributes keep their case: tabIndex would do nothing.
                tabindex={index === Math.min(stop, last) ? 0 : -1}
                onMouseEnter={() => setTold(index)}
                onMouseLeave={() => setTold(null)}
                onFocus={() => {
                  setStop(index);
                  setTold(index);
                }}
                onBlur={() => setTold(null)}
              >
                <rect class="band" x={at(bar.x)} y="0" width={at(plot.band)} height="100%" />
                <rect
                  class="in-subset"
                  x={at(bar.x + 0.28 * plot.band)}
                  y={at(1 - bar.sample)}
                  width={at(0.44 * plot.band)}
                  height={at(bar.sample)}
                />
                <rect
                  class="in-file"
                  x={at(bar.x + 0.12 * plot.band)}
                  y={at(1 - bar.population)}
                  width={at(0.76 * plot.band)}
                  height={at(bar.population)}
                />
                <text x={at(bar.x + plot.band / 2)} y="100%" dy="15" text-anchor="middle">
                  {bar.tick}
                </text>
              </g>
            ))}
            {plot.cut !== null && <line class="cut" x1={at(plot.cut)} x2={at(plot.cut)} y1="0" y2="100%" />}
          </svg>
        </div>
        <p class="told" aria-hidden="true">
          {(told !== null && plot.bars[told]?.words) || (
            <>
              <span class="key hollow" /> share of the file’s items <span class="key filled" /> share of the
              subset’s items
              {plot.cut !== null && `, dashed: the threshold ${String(cut)}`}
            </>
          )}
        </p>
        <figcaption>The preview counts judge scores over the whole run; no item’s score is shown.</figcaption>
      </figure>
      <details>
        <summary>The same as a table</summary>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">judge score</th>
              <th scope="col" class="number" colSpan={2}>
                in the file
              </th>
              <th scope="col" class="number" colSpan={2}>
                drawn
              </th>
            </tr>
          </thead>
          <tbody>
            {histogram.map(({ score, population, sample }) => (
              <tr key={String(score)}>
                <th scope="row">{score ?? 'none'}</th>
                <td class="number">{count(population)}</td>
                <td class="number">{percent(population, whole.population)}</td>
                <td class="number">{count(sample)}</td>
                <td class="number">{percent(sample, whole.sample)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

function at(position: number): string {
  return `${(100 * position).toFixed(2)}%`;
}
