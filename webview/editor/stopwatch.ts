/** Time spent on an item: the page's hidden and idle stretches are left out. */
export interface Stopwatch {
  restart(): void;
  /** Milliseconds since the last restart. */
  elapsed(): number;
}

const idleAfter = 60_000;

/** A stopwatch that stands still after a minute without a key, a click or a scroll, and while the page is hidden. */
export function stopwatch(page: Window): Stopwatch {
  let total = 0;
  let since = page.performance.now();
  let hidden = page.document.hidden;
  const settle = (): void => {
    const now = page.performance.now();
    if (!hidden) total += Math.min(now - since, idleAfter);
    since = now;
    hidden = page.document.hidden;
  };
  for (const kind of ['keydown', 'pointerdown', 'pointermove', 'wheel'])
    page.addEventListener(kind, settle, { passive: true, capture: true });
  page.document.addEventListener('visibilitychange', settle);
  return {
    restart: () => {
      settle();
      total = 0;
    },
    elapsed: () => {
      settle();
      return Math.round(total);
    },
  };
}
