interface Scale {
  readonly min: number;
  readonly max: number;
}

/** Whether a scale has scores that no single key gives: then digits are typed, and Enter scores. */
export const isTyped = ({ min, max }: Scale): boolean => min < 0 || max > 10;

/** The digits so far with one more; begins anew where no score of the scale begins with them. */
export function typeDigit(typed: string, digit: number, { max }: Scale): string {
  const longer = `${typed}${String(digit)}`.replace(/^0+(?=\d)/, '');
  return Number(longer) <= max ? longer : String(digit);
}

/** The score that was typed; `null` where none was, or where the scale is none that is typed on. */
export function commitTyped(typed: string, scale: Scale): number | null {
  return typed === '' || !isTyped(scale) ? null : Number(typed);
}
