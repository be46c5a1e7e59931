/** Arrow keys, Home, End and the page keys move the selected feature, as they move a slider. */
import type { KeyboardEvent } from 'react';

export function useFeatureKeys(count: number, feature: number, onFeature: (feature: number) => void) {
  return (event: KeyboardEvent) => {
    const next: Readonly<Record<string, number>> = {
      ArrowLeft: feature - 1,
      ArrowDown: feature - 1,
      ArrowRight: feature + 1,
      ArrowUp: feature + 1,
      PageDown: feature - 8,
      PageUp: feature + 8,
      Home: 0,
      End: count - 1,
    };
    const target = next[event.key];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onFeature(Math.max(0, Math.min(count - 1, target)));
  };
}
