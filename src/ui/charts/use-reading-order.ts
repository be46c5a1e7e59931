/** A new mask appears cell by cell in reading order within 240 ms; a flip of the mode appears at once. */
import { useEffect, useState } from 'react';

const DURATION = 240;

interface Shown {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** Cells before this index show `to`, the others still `from`. */
  readonly upTo: number;
  readonly stage: string;
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((cell, i) => cell === b[i]);

function mix({ from, to, upTo }: Shown): Uint8Array {
  if (upTo >= to.length) return to;
  const mixed = Uint8Array.from(from);
  mixed.set(to.subarray(0, upTo));
  return mixed;
}

const movesAllowed = () => !matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Only a change within the same `stage` is drawn out; another stage is another picture. */
export function useReadingOrder(cells: Uint8Array, stage: string): Uint8Array {
  const [shown, setShown] = useState<Shown>({ from: cells, to: cells, upTo: cells.length, stage });
  let current = shown;
  if (shown.stage !== stage || !same(shown.to, cells)) {
    const drawnOut = shown.stage === stage && shown.to.length === cells.length && movesAllowed();
    current = { from: mix(shown), to: cells, upTo: drawnOut ? 0 : cells.length, stage };
    setShown(current);
  }
  const moving = current.upTo < current.to.length;
  useEffect(() => {
    if (!moving) return;
    const start = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, Math.max(0, now - start) / DURATION);
      setShown((old) => (old.to === current.to ? { ...old, upTo: Math.ceil(share * old.to.length) } : old));
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [moving, current.to]);
  return mix(current);
}
