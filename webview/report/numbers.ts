/** A number with a true minus sign and no "−0.0". */
export function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** As `fixed`, with a plus sign where it is above zero as printed. */
export function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A coefficient or share to two digits; what is not quite ±1 isn't printed as ±1. */
export function coefficient(value: number): string {
  if (value < 1 && value >= 0.995) return '>0.99';
  if (value > -1 && value <= -0.995) return '<−0.99';
  return fixed(value, 2);
}

/** A count with separators; one digit after the point where weights make it fractional. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** "1 turn", "12 turns". */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** "0.76 to 0.88": a dash would be read as a minus. */
export function range([low, high]: readonly [number, number], format: (value: number) => string): string {
  return `${format(low)} to ${format(high)}`;
}
