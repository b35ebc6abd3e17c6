import type { ComponentChildren } from 'preact';
import type { Figure, ItemsBehind } from '../../src/core/figures/figure';
import { FigureView } from '../figure/FigureView';

interface QuestionSectionProps {
  readonly id: string;
  readonly title: string;
  /** The answer in words, or why there is none. */
  readonly text?: string;
  readonly refused?: boolean;
  readonly figures: readonly Figure[];
  /** What stands beside the figures. */
  readonly children?: ComponentChildren;
  onOpen(behind: ItemsBehind): void;
}

/** One question with its answer in words and its figures. */
export function QuestionSection(props: QuestionSectionProps) {
  const { id, title, text, refused = false, figures, children, onOpen } = props;
  return (
    <section class="question" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{title}</h2>
      {text !== undefined && <p class={refused ? 'answer quiet' : 'answer'}>{text}</p>}
      {(figures.length > 0 || children != null) && (
        <div class="figures">
          {figures.map(figure => (
            <figure
              key={figure.id}
              class={figure.width > 400 ? 'wide' : ''}
              aria-labelledby={`figure-${figure.id}`}
            >
              <h3 id={`figure-${figure.id}`}>{figure.title}</h3>
              <FigureView figure={figure} onOpen={onOpen} />
            </figure>
          ))}
          {children}
        </div>
      )}
    </section>
  );
}
