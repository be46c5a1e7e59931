/** Whether any part of an element is on the screen below the bar. */
import { useEffect, useState } from 'react';

const BELOW_BAR = '-60px 0px 0px 0px';

export function useInView(element: Element | null): boolean {
  const [inView, setInView] = useState(true);
  useEffect(() => {
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setInView(entry.isIntersecting), {
      rootMargin: BELOW_BAR,
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return inView;
}
