/** What showing the judge of the file costs a rater who is in the middle of a subset. */
export function unfinishedWarning(waiting: readonly { name: string; open: number }[]): string {
  const names = waiting.map(({ name, open }) => `${name} (${String(open)} to go)`).join(', ');
  return `You have not finished ${names}. Labels that you give there after seeing the judge count as given with the judge seen, and agreement leaves them out.`;
}

/** What showing the judge of a subset costs a rater who has some of its items still to label elsewhere. */
export function sharedWarning(waiting: readonly { name: string; open: number }[]): string {
  const names = waiting
    .map(({ name, open }) => `${String(open)} ${open === 1 ? 'item' : 'items'} of ${name}`)
    .join(', ');
  return `The judge of ${names}, which you have not labelled there yet, is shown with this subset. Labels that you give there afterwards count as given with the judge seen.`;
}
