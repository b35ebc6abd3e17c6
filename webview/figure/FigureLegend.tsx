import type { LegendEntry } from '../../src/core/figures/figure';
import { isStroke, shapePath } from '../../src/core/figures/shapePath';

/** What the series are, by shape and colour. */
export function FigureLegend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul class="figure-legend">
      {entries.map(entry => (
        <li key={entry.label}>
          <LegendMark entry={entry} />
          {entry.label}
        </li>
      ))}
    </ul>
  );
}

/** The mark of a series, as beside its name. */
export function LegendMark({ entry: { tone, shape, hollow, dash } }: { readonly entry: LegendEntry }) {
  return (
    <svg class={`tone-${tone}`} width="22" height="12" aria-hidden="true">
      {dash !== undefined && (
        <line class="figure-line" x1="0" x2="22" y1="6" y2="6" stroke-dasharray={dash} />
      )}
      {shape === 'bar' ? (
        <rect class="figure-bar" x="5" y="1" width="12" height="10" />
      ) : (
        <path
          class={hollow || isStroke(shape) ? 'figure-shape hollow' : 'figure-shape'}
          d={shapePath(shape, 3.75)}
          transform="translate(11 6)"
        />
      )}
    </svg>
  );
}
