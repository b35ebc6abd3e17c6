import type { ComponentChildren } from 'preact';
import type { Figure, ItemsBehind } from '../../src/core/figures/figure';
import { FigureView } from '../figure/FigureView';

interface QuestionSectionProps {
  readonly id: string;
  readonly title: string;
  /** The answer in words, the result first, or why there is none. */
  readonly sentences?: readonly string[];
  readonly refused?: boolean;
  readonly figures: readonly Figure[];
  /** What stands beside the figures. */
  readonly children?: ComponentChildren;
  onOpen(behind: ItemsBehind): void;
}

/** One question with its answer in words, beside its figures where there is room. */
export function QuestionSection(props: QuestionSectionProps) {
  const { id, title, sentences = [], refused = false, figures, children, onOpen } = props;
  const [result, ...further] = sentences;
  const alone = figures.length === 0 && children == null;
  // Wide figures stand under one another: the words are beside all of them.
  const rows = Math.max(1, figures.filter(isWide).length);
  return (
    <section class="question" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{title}</h2>
      <div class={alone ? 'figures alone' : 'figures'}>
        {result !== undefined && (
          <div class="said" style={{ '--rows': String(rows) }}>
            <p class={refused ? 'answer quiet' : 'answer'}>{result}</p>
            {further.length > 0 && (
              <ul class="further">
                {further.map(sentence => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        {figures.map(figure => (
          <figure
            key={figure.id}
            class={isWide(figure) ? 'wide' : ''}
            aria-labelledby={`figure-${figure.id}`}
          >
            <h3 id={`figure-${figure.id}`}>{figure.title}</h3>
            <FigureView figure={figure} onOpen={onOpen} />
          </figure>
        ))}
        {children}
      </div>
    </section>
  );
}

function isWide({ width }: Figure): boolean {
  return width > 400;
}
