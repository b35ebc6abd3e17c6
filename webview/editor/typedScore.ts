interface Scale {
  readonly min: number;
  readonly max: number;
}

/** Whether a scale has scores that no single key gives: then digits are typed, and Enter scores. */
export const isTyped = ({ min, max }: Scale): boolean => min < 0 || max > 10;

/** What was typed so far with one more digit; begins anew where no score of the scale begins like that. */
export function typeDigit(typed: string, digit: number, { min, max }: Scale): string {
  const sign = typed.startsWith('-') ? '-' : '';
  const longer = sign + `${typed.slice(sign.length)}${String(digit)}`.replace(/^0+(?=\d)/, '');
  return Number(longer) >= Math.min(0, min) && Number(longer) <= max ? longer : `${sign}${String(digit)}`;
}

/** The same with its sign turned, on scales that have scores below zero. */
export function typeMinus(typed: string, { min }: Scale): string {
  if (min >= 0) return typed;
  return typed.startsWith('-') ? typed.slice(1) : `-${typed}`;
}

/** The score that was typed; `null` where none was, or where the scale is none that is typed on. */
export function commitTyped(typed: string, scale: Scale): number | null {
  return isTyped(scale) && /\d/.test(typed) ? Number(typed) : null;
}
