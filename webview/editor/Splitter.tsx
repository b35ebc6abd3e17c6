interface Props {
  readonly label: string;
  readonly width: number;
  readonly side: 'left' | 'right';
  readonly min: number;
  readonly max: number;
  readonly onChange: (width: number) => void;
}

/** The border between two panes: dragged, or moved with the arrow keys. */
export function Splitter({ label, width, side, min, max, onChange }: Props) {
  const clamp = (wanted: number): number => Math.round(Math.min(max, Math.max(min, wanted)));
  const sign = side === 'left' ? 1 : -1;
  return (
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={event => {
        const bar = event.currentTarget;
        const from = event.clientX;
        bar.setPointerCapture(event.pointerId);
        bar.onpointermove = move => void onChange(clamp(width + sign * (move.clientX - from)));
        bar.onpointerup = () => {
          bar.onpointermove = null;
        };
      }}
      onKeyDown={event => {
        const step = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
        if (step !== 0) {
          event.preventDefault();
          event.stopPropagation();
          onChange(clamp(width + sign * step));
        }
      }}
    />
  );
}
