/** Why scores differ: code, name, what it means. */
export const causes: readonly (readonly [string, string, string])[] = [
  ['judge-wrong', 'Judge wrong', 'the judge misread the text or the rubric'],
  ['rubric-gap', 'Rubric gap', 'the rubric does not settle such a case'],
  ['rater-slip', 'Rater slip', 'I would score it otherwise now'],
  ['corrupted-text', 'Corrupted text', 'the text is cut, garbled or in the wrong place'],
  ['other', 'Other', 'write it in the note'],
];

/** The key of those that nobody has given a cause. */
export const untagged = 'untagged';

/** A cause as it stands in a sentence or a row; `null`: none was given. */
export function causeName(code: string | null): string {
  if (code === null || code === untagged) return 'not tagged';
  return causes.find(([each]) => each === code)?.[1].toLowerCase() ?? code;
}

/** "+5", "−2", "0". */
export function signed(difference: number): string {
  const size = String(Math.round(Math.abs(difference) * 10) / 10);
  return difference > 0 ? `+${size}` : difference < 0 ? `−${size}` : size;
}
