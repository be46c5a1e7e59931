/**
 * What it holds takes the colours of the mode. Few things outside the figures do, so few are styled anew at a flip; a figure
 * has the colours of the forward it shows.
 */
import type { ReactNode } from 'react';
import { useNotebook } from '../../store/notebook';

export function InMode({ children }: { children: ReactNode }) {
  const mode = useNotebook((s) => s.mode);
  return <div data-mode={mode}>{children}</div>;
}
