/** The self-deletion command of the frustration study. */
export const defaultEventPattern = String.raw`<<\s*rm -rf [^>]*>>`;

/** The pattern as a regular expression, or a sentence that says why it is none. */
export function eventPatternOf(pattern: string): RegExp | { readonly refused: string } {
  let made: RegExp;
  try {
    made = new RegExp(pattern);
  } catch (error) {
    const cause = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '';
    return { refused: `The event “${pattern}” is no regular expression: ${cause.toLowerCase()}.` };
  }
  if (made.test(''))
    return { refused: `The event “${pattern}” would be found in every text, even an empty one.` };
  return made;
}
