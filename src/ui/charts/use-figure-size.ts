/** Width of a figure and the root font size, both in CSS pixels, kept up to date by one observer. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export interface FigureSize {
  readonly width: number;
  readonly rem: number;
}

/** `probe` goes on an element that is as wide as the figure and 1rem high. `size` is null until it is laid out. */
export function useFigureSize(): { probe: RefObject<HTMLDivElement | null>; size: FigureSize | null } {
  const probe = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<FigureSize | null>(null);
  useLayoutEffect(() => {
    const element = probe.current;
    if (!element) return;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0) return;
      setSize((old) =>
        old && Math.abs(old.width - width) < 0.5 && old.rem === height ? old : { width, rem: height },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { probe, size };
}
