import { useEffect, useRef, useState } from 'preact/hooks';

const pageSize = 100;

/**
 * Rows of a long list, fetched by the hundred as they come into sight. `version` says what they depend on: when it
 * changes they are fetched again, and the old ones stay on the screen until then.
 */
export function usePages<Row>(
  version: string,
  visible: readonly number[],
  fetch: (from: number, count: number) => Promise<readonly Row[]>,
) {
  const [, draw] = useState(0);
  const pages = useRef(new Map<number, { version: string; rows: readonly Row[] }>());
  const asked = useRef(new Set<string>());
  const wanted = [...new Set(visible.map(index => Math.floor(index / pageSize)))];
  useEffect(() => {
    for (const page of wanted) {
      const key = `${version} ${String(page)}`;
      if (asked.current.has(key)) continue;
      asked.current.add(key);
      fetch(page * pageSize, pageSize).then(
        rows => {
          pages.current.set(page, { version, rows });
          draw(serial => serial + 1);
        },
        // The version has moved on: the next drawing asks again.
        () => void asked.current.delete(key),
      );
    }
  }, [version, wanted.join(' ')]);
  return (index: number): Row | undefined =>
    pages.current.get(Math.floor(index / pageSize))?.rows[index % pageSize];
}
