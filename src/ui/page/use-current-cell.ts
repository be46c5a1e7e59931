/** The cell the learner is in: the one that holds focus, else the one in the upper part of the screen. */
import { useEffect, useState } from 'react';
import { type CellId, cellIds, elementId } from '../cells/cell-ids';

/** A line a third down the screen: the cell that crosses it is the one being read. */
const READING_LINE = '-33% 0px -66% 0px';

export function useCurrentCell(ready: boolean): CellId {
  const [current, setCurrent] = useState<CellId>('intro');
  useEffect(() => {
    if (!ready) return;
    const cells = new Map<Element, CellId>();
    for (const id of cellIds) {
      const element = document.getElementById(elementId(id));
      if (element) cells.set(element, id);
    }
    const observer = new IntersectionObserver(
      (entries) => {
        const id = cells.get(entries.find((entry) => entry.isIntersecting)?.target as Element);
        if (id) setCurrent(id);
      },
      { rootMargin: READING_LINE },
    );
    for (const element of cells.keys()) observer.observe(element);
    const focus = (event: FocusEvent) => {
      for (const [element, id] of cells) if (element.contains(event.target as Node)) setCurrent(id);
    };
    addEventListener('focusin', focus);
    return () => {
      observer.disconnect();
      removeEventListener('focusin', focus);
    };
  }, [ready]);
  return current;
}

/** Scrolls to a cell and gives its heading focus, so that the next Tab is inside it. */
export function goToCell(id: CellId): void {
  const element = document.getElementById(elementId(id));
  element?.scrollIntoView({ block: 'start' });
  element?.querySelector<HTMLElement>('h1, h2')?.focus({ preventScroll: true });
}
