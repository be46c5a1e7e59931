/** Whether a media query holds now. */
import { useSyncExternalStore } from 'react';

/** The rails stand beside the column; below this they are drawers. */
export const WIDE = '(min-width: 1440px)';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
