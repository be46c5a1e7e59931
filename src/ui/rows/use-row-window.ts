/** Which rows of a long list are on the screen. Rows of one height need no measuring of their own. */
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Rows beyond the edges: a flick shows them before the next frame has drawn. */
const BEYOND = 10;

export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
}

export interface RowWindowing {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** On an element as high as a row. */
  readonly probe: RefObject<HTMLDivElement | null>;
  /** In CSS pixels; 0 until it is laid out. */
  readonly height: number;
  readonly window: RowWindow;
  reveal(index: number): void;
}

export function useRowWindow(count: number): RowWindowing {
  const scroller = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [window, setWindow] = useState<RowWindow>({ first: 0, last: 0 });

  useLayoutEffect(() => {
    const box = scroller.current;
    const row = probe.current;
    if (!box || !row) return;
    const measure = () => {
      const high = row.getBoundingClientRect().height;
      setHeight(high);
      if (high > 0) setWindow((old) => same(old, windowAt(box, high, count)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(row);
    observer.observe(box);
    box.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', measure);
    };
  }, [count]);

  const reveal = useCallback(
    (index: number) => {
      const box = scroller.current;
      if (!box || height === 0) return;
      const head = headHeight(box);
      const top = index * height;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top + height + head > box.scrollTop + box.clientHeight)
        box.scrollTop = top + height + head - box.clientHeight;
    },
    [height],
  );
  return { scroller, probe, height, window, reveal };
}

/** The head stays in view above the rows. */
function headHeight(box: HTMLElement): number {
  return box.querySelector<HTMLElement>('[data-head]')?.offsetHeight ?? 0;
}

/** Whole tens of rows, so that a small scroll draws nothing anew. */
function windowAt(box: HTMLElement, height: number, count: number): RowWindow {
  const first = Math.floor(box.scrollTop / height / BEYOND) * BEYOND - BEYOND;
  const shown = Math.ceil(box.clientHeight / height / BEYOND) * BEYOND;
  return { first: Math.max(0, first), last: Math.min(count, first + shown + 3 * BEYOND) };
}

function same(old: RowWindow, now: RowWindow): RowWindow {
  return old.first === now.first && old.last === now.last ? old : now;
}
