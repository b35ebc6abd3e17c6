import { useEffect, useRef, useState } from 'preact/hooks';

const pageSize = 100;

export interface Page<Row> {
  /** Rows of the whole list. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/**
 * Rows of a long list, fetched by the hundred as they come into sight. `version` says what they depend on: when it
 * changes they are fetched again, and the old ones stay on the screen until then.
 */
export function usePages<Row>(
  version: string,
  visible: readonly number[],
  fetch: (from: number, count: number) => Promise<Page<Row>>,
): {
  total: number | null;
  row(index: number): Row | undefined;
  indexOf(wanted: (row: Row) => boolean): number;
} {
  const [total, setTotal] = useState<number | null>(null);
  const [, draw] = useState(0);
  const pages = useRef(new Map<number, readonly Row[]>());
  /** Which version of a page was asked for last: one that comes back, as after an undo, is asked for again. */
  const asked = useRef(new Map<number, string>());
  const wantedPages = [...new Set([0, ...visible.map(index => Math.floor(index / pageSize))])];
  useEffect(() => {
    for (const page of wantedPages) {
      if (asked.current.get(page) === version) continue;
      asked.current.set(page, version);
      const isLast = (): boolean => asked.current.get(page) === version;
      fetch(page * pageSize, pageSize).then(
        ({ total: all, rows }) => {
          if (!isLast()) return;
          pages.current.set(page, rows);
          setTotal(all);
          draw(serial => serial + 1);
        },
        // The version has moved on: the next drawing asks again.
        () => {
          if (isLast()) asked.current.delete(page);
        },
      );
    }
  }, [version, wantedPages.join(' ')]);
  return {
    total,
    row: index => pages.current.get(Math.floor(index / pageSize))?.[index % pageSize],
    indexOf: wanted => {
      for (const [page, rows] of pages.current) {
        const at = rows.findIndex(wanted);
        if (at >= 0) return page * pageSize + at;
      }
      return -1;
    },
  };
}
