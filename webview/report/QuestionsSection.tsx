import { questionTexts } from '../../src/core/agreement/questionTexts';
import type { Questions } from '../../src/core/agreement/questions/questionsOf';

/** The questions that a study's owner has, each with its answer in words, or why there is none. */
export function QuestionsSection({ questions }: { readonly questions: Questions }) {
  const refused = new Set(Object.values(questions).flatMap(question => question.refused ?? []));
  return (
    <section class="questions" aria-labelledby="questions-heading">
      <h2 id="questions-heading">What these labels say about the judge</h2>
      {questionTexts(questions).map(({ title, text }) => (
        <div key={title}>
          <h3>{title}</h3>
          <p class={refused.has(text) ? 'quiet' : ''}>{text}</p>
        </div>
      ))}
    </section>
  );
}
