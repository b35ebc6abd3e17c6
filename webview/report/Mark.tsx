import type { MarkKind } from './sides';

/** The mark of a side beside its name: a hollow orange diamond for the judge, a blue circle for a human. */
export function Mark({ kind }: { readonly kind: MarkKind }) {
  return (
    <svg class="mark" width="12" height="12" aria-hidden="true">
      <MarkShape kind={kind} x="6" y="6" />
    </svg>
  );
}

interface MarkShapeProps {
  /** `undefined`: a number that is nobody's alone. */
  readonly kind: MarkKind | undefined;
  readonly x: string;
  readonly y: string;
}

/** The mark inside a drawing, centred on a place given in any SVG length. */
export function MarkShape({ kind, x, y }: MarkShapeProps) {
  return (
    <svg x={x} y={y} class="mark-place">
      {kind === 'judge' ? (
        <path class="mark-judge" d="M0 -4.5L4.5 0L0 4.5L-4.5 0Z" />
      ) : kind ? (
        <circle class={kind === 'human' ? 'mark-human' : 'mark-other-human'} r="4" />
      ) : (
        <rect class="mark-measure" x="-3.5" y="-3.5" width="7" height="7" />
      )}
    </svg>
  );
}
