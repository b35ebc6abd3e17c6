import type { Mark } from '../../src/core/figures/figure';

interface FigureTipProps {
  readonly mark: Mark;
  readonly width: number;
  readonly height: number;
}

/** The tooltip of a mark. The mark's own label says the same, so it is hidden from assistive technology. */
export function FigureTip({ mark: { x, y, words }, width, height }: FigureTipProps) {
  const side = `${x > width / 2 ? 'leftward' : ''} ${y > height * 0.6 ? 'upward' : ''}`;
  const [first, ...rest] = words;
  return (
    <div
      class={`figure-tip ${side}`}
      style={{ left: `${(100 * x) / width}%`, top: `${(100 * y) / height}%` }}
      aria-hidden="true"
    >
      <strong>{first}</strong>
      {rest.map((line, index) => (
        <span key={index}>{line}</span>
      ))}
    </div>
  );
}
