/** A file on the shelf: lines for a state_dict, a box for a whole model, an empty page for anything else. */
import type { ShelfFile } from '../../notebook/views';

const box = 'M15 12.5l7 3.5v8l-7 3.5-7-3.5v-8zM8 16l7 3.5 7-3.5M15 19.5v8';

export function FileIcon({ kind }: { kind: ShelfFile['kind'] }) {
  return (
    <svg width="30" height="34" viewBox="0 0 30 34" aria-hidden="true" strokeWidth="1.5">
      <path d="M3 1.5h17l7 7v24H3z" fill="var(--card)" stroke="var(--ink-2)" />
      <path d="M20 1.5v7h7" fill="none" stroke="var(--ink-2)" />
      {kind === 'state_dict' && (
        <g fill="var(--ink-2)">
          <circle cx="9" cy="15" r="1.8" />
          <circle cx="9" cy="21" r="1.8" />
          <circle cx="9" cy="27" r="1.8" />
          <path d="M13 14.2h10v1.6H13zM13 20.2h7v1.6h-7zM13 26.2h9v1.6h-9z" />
        </g>
      )}
      {kind === 'model' && <path d={box} fill="none" stroke="var(--ink-2)" strokeLinejoin="round" />}
    </svg>
  );
}
