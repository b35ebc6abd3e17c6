import type { ItemsBehind } from '../../src/core/figures/figure';
import { CountButton } from './CountButton';
import type { Fact } from './countedFacts';

interface CountedSectionProps {
  readonly facts: readonly Fact[];
  /** Cautions of this pair, then those of the whole report. */
  readonly cautions: readonly string[];
  onOpen(behind: ItemsBehind): void;
}

/** What the numbers rest on, and what to be careful about. */
export function CountedSection({ facts, cautions, onOpen }: CountedSectionProps) {
  return (
    <section aria-labelledby="counted-heading">
      <h2 id="counted-heading">How they were counted</h2>
      <dl class="facts">
        {facts.map(({ name, lines }) => (
          <div key={name}>
            <dt>{name}</dt>
            {lines.map(line =>
              typeof line === 'string' ? (
                <dd key={line}>{line}</dd>
              ) : (
                <dd key={line.words}>
                  <CountButton value={line.count} behind={line.behind} onOpen={onOpen} /> {line.words}
                </dd>
              ),
            )}
          </div>
        ))}
        {cautions.length > 0 && (
          <div>
            <dt>to note</dt>
            {cautions.map(caution => (
              <dd key={caution}>{caution}</dd>
            ))}
          </div>
        )}
      </dl>
    </section>
  );
}
