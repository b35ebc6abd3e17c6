/** One question of a report: its numbers, and a sentence that states the result, its interval and the caveat. */
export interface Question<Answer> {
  /** `null` where the data can't carry an answer. */
  readonly answer: Answer | null;
  readonly sentence: string;
  /** The same one by one, the result first, for where they stand in a list; `sentence` alone where absent. */
  readonly sentences?: readonly string[];
  /** Why there is no answer, in a sentence. */
  readonly refused?: string;
}

/** A question that the data can't answer. */
export function refuse(reason: string): Question<never> {
  return { answer: null, sentence: reason, refused: reason };
}

/** The sentences of a question, joined and one by one; those that say nothing are left out. */
export function inSentences(
  sentences: readonly (string | null)[],
): Required<Pick<Question<unknown>, 'sentence' | 'sentences'>> {
  const told = spoken(sentences);
  return { sentence: told.join(' '), sentences: told };
}

/** A question's sentences one by one. */
export function sentencesOf({
  sentence,
  sentences,
}: Pick<Question<unknown>, 'sentence' | 'sentences'>): readonly string[] {
  return sentences ?? (sentence === '' ? [] : [sentence]);
}

function spoken(sentences: readonly (string | null)[]): string[] {
  return sentences.flatMap(sentence => (sentence === null || sentence === '' ? [] : [sentence]));
}
