/** The list that can be reordered, once the page is at rest and nobody is typing in the plain one it replaces. */
import { type RefObject, startTransition, useEffect, useState } from 'react';
import type { ReorderableList } from './ReorderableList';

let arrived: typeof ReorderableList | null = null;

export function useReorderable(plain: RefObject<HTMLElement | null>): typeof ReorderableList | null {
  const [list, setList] = useState(() => arrived);
  useEffect(() => {
    if (arrived) return;
    const left = new AbortController();
    whenIdle(async () => {
      arrived = (await import('./ReorderableList')).ReorderableList;
      await withoutFocus(plain.current, left.signal);
      if (!left.signal.aborted) startTransition(() => setList(() => arrived));
    });
    return () => left.abort();
  }, [plain]);
  return list;
}

/** After what a learner does first; Safari has no idle callbacks. */
function whenIdle(run: () => void): void {
  setTimeout(() => ('requestIdleCallback' in globalThis ? requestIdleCallback(run) : run()), 2000);
}

function withoutFocus(element: HTMLElement | null, signal: AbortSignal): Promise<void> {
  if (!element?.contains(document.activeElement)) return Promise.resolve();
  return new Promise((resolve) => {
    element.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        if (!element.contains(relatedTarget as Node | null)) resolve();
      },
      { signal },
    );
  });
}
