import type { ScatterMark } from '../../src/core/plots/scatter';

interface ScatterTipProps {
  readonly mark: ScatterMark;
  readonly text: readonly [item: string, human: string, judge: string];
}

/** The tooltip of a point. The point's own label says the same, so it is hidden from assistive technology. */
export function ScatterTip({ mark, text: [item, human, judge] }: ScatterTipProps) {
  const side = `${mark.x > 0.5 ? 'leftward' : ''} ${mark.y > 0.8 ? 'upward' : ''}`;
  return (
    <div
      class={`tip ${side}`}
      style={{ left: `${100 * mark.x}%`, top: `${100 * mark.y}%` }}
      aria-hidden="true"
    >
      <strong>{item}</strong>
      <span>{human}</span>
      <span>{judge}</span>
    </div>
  );
}
