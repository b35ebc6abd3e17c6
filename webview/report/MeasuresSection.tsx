import type { Measures } from '../../src/core/agreement/agreementReport';
import { MeasureTable } from './MeasureTable';
import type { Sides } from './sides';

interface MeasuresSectionProps {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly note?: string;
  readonly measures: Measures;
  readonly sides?: Sides;
}

/** A table of measures under its heading. */
export function MeasuresSection({ id, title, caption, note, measures, sides }: MeasuresSectionProps) {
  return (
    <section aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{title}</h2>
      {note !== undefined && <p class="note">{note}</p>}
      <MeasureTable caption={caption} measures={measures} {...(sides ? { sides } : {})} />
    </section>
  );
}
