/** One question of a report: its numbers, and a sentence that states the result, its interval and the caveat. */
export interface Question<Answer> {
  /** `null` where the data can't carry an answer. */
  readonly answer: Answer | null;
  readonly sentence: string;
  /** Why there is no answer, in a sentence. */
  readonly refused?: string;
}

/** A question that the data can't answer. */
export function refuse(reason: string): Question<never> {
  return { answer: null, sentence: reason, refused: reason };
}

/** Sentences one after another, those that say nothing left out. */
export function inOneText(sentences: readonly (string | null)[]): string {
  return sentences.filter(sentence => sentence !== null && sentence !== '').join(' ');
}
