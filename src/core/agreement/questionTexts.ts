import { sentencesOf } from './questions/question';
import type { Questions } from './questions/questionsOf';

/** The questions of a report in words, in the order in which it answers them (docs/statistics.md). */
const titles: readonly (readonly [keyof Questions, string])[] = [
  ['headline', 'How well do judge and human agree?'],
  ['comparison', 'Compared with what?'],
  ['thresholds', 'At which threshold?'],
  ['corrected', 'What is the run’s true mean or rate, given this judge’s errors?'],
  ['bias', 'Is the judge biased differently by condition, turn, length or provider?'],
  ['enough', 'Were there enough labels?'],
  ['drift', 'Did the rater drift?'],
];

/** Each question with the sentences that answer it, or say why it can't be answered. */
export function questionTexts(questions: Questions): QuestionText[] {
  return titles.map(([id, title]) => ({
    id,
    title,
    text: questions[id].sentence,
    sentences: sentencesOf(questions[id]),
  }));
}

export interface QuestionText {
  readonly id: keyof Questions;
  readonly title: string;
  readonly text: string;
  /** The text's sentences one by one, the result first. */
  readonly sentences: readonly string[];
}
