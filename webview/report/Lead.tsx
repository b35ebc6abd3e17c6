import type { Phrase } from './resultSentence';

/** The report's first words: the result as a sentence. */
export function Lead({ phrases }: { readonly phrases: readonly Phrase[] }) {
  return (
    <p class="lead">
      {phrases.map(({ text, strong }, index) => (strong ? <strong key={index}>{text}</strong> : text))}
    </p>
  );
}
