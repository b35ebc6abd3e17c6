/** A list's name, for what is kept of it. */
export const listName = ({ criterion, subset }: { criterion: string; subset: string | null }): string =>
  `${criterion} ${subset ?? ''}`;
