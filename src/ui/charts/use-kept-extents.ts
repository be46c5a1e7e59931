/** Axis ranges that only grow while the figure shows the same thing. */
import { useState } from 'react';
import { type Extent, growExtents, type KeptExtents } from './scale';

export function useKeptExtents(
  key: string,
  next: Readonly<Record<string, Extent>>,
): Readonly<Record<string, Extent>> {
  const [kept, setKept] = useState<KeptExtents>({ key: '', byName: {} });
  const grown = growExtents(kept, key, next);
  // State set while rendering: React renders again before painting, so no frame has the old axis.
  if (grown !== kept) setKept(grown);
  return grown.byName;
}
