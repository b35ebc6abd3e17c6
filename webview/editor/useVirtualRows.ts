import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { VirtualItem } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface VirtualRows {
  readonly rows: readonly VirtualItem[];
  readonly height: number;
  scrollTo(index: number): void;
}

/** The rows of a long list that are in sight, all of one height in pixels. */
export function useVirtualRows(
  count: number,
  rowHeight: number,
  element: RefObject<HTMLElement | null>,
): VirtualRows {
  const [, draw] = useState(0);
  const ref = useRef<Virtualizer<HTMLElement, HTMLElement> | null>(null);
  const options = {
    count,
    getScrollElement: () => element.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => void draw(serial => serial + 1),
  };
  ref.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const virtualizer = ref.current;
  virtualizer.setOptions(options);
  useEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return {
    rows: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    scrollTo: index => void virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
