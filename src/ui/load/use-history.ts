/** The layouts of a project before this one: each change can be taken back, and all of them at once. */
import { useState } from 'react';
import { type Layout, tidy } from '../../notebook/project';

interface Past {
  /** The layout it leads to; a layout that came from elsewhere has no past. */
  readonly to: string;
  readonly before: readonly Layout[];
}

export interface History {
  readonly change: (next: Layout) => void;
  /** `null` where there is nothing to take back. */
  readonly undo: (() => void) | null;
  readonly reset: (() => void) | null;
}

export function useHistory(layout: Layout, script: string, onChange: (layout: Layout) => void): History {
  const [past, setPast] = useState<Past>({ to: '', before: [] });
  const before = past.to === keyOf(layout) ? past.before : [];
  const go = (next: Layout, behind: readonly Layout[]) => {
    setPast({ to: keyOf(next), before: behind });
    onChange(next);
  };
  const last = before.at(-1);
  const first = before[0] ?? { ...layout, script, ...tidy };
  return {
    change: (next) => go(next, [...before, layout]),
    undo: last ? () => go(last, before.slice(0, -1)) : null,
    reset: keyOf(first) === keyOf(layout) ? null : () => go(first, []),
  };
}

function keyOf(layout: Layout): string {
  return JSON.stringify(Object.entries(layout).sort(([a], [b]) => (a < b ? -1 : 1)));
}
