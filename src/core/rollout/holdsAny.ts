/** Whether a field says anything: null, '' and empty lists and objects do not. */
export function holdsAny(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length > 0
    : value !== undefined && value !== null && value !== '';
}
