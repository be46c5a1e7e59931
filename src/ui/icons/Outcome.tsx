/** How a load ended: tick, cross, smoke for damage that nobody reports, a closed gate where this page stops. */
import type { LoadOutcome } from '../../notebook/views';

const INK = 'var(--ink)';
const round = { fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

export function Outcome({ outcome }: { outcome: LoadOutcome }) {
  return (
    <svg
      width={outcome === 'silent' ? 28 : 24}
      height="24"
      viewBox={outcome === 'silent' ? '0 0 28 24' : '0 0 24 24'}
      aria-hidden="true"
    >
      {marks[outcome]}
    </svg>
  );
}

const marks = {
  works: <path d="M4.5 12.5l5 5 10-11" stroke={INK} strokeWidth="2.4" {...round} />,
  error: <path d="M5.5 5.5l13 13M18.5 5.5l-13 13" stroke="var(--match)" strokeWidth="3.4" {...round} />,
  silent: (
    <>
      <path d="M3 15.5c3.5-5 6.5-5 10-1.5s7.5 3.5 12-2" stroke={INK} strokeWidth="2.6" {...round} />
      <path
        d="M3 9c3.5-5 6.5-5 10-1.5s7.5 3.5 12-2"
        stroke={INK}
        strokeWidth="2.6"
        opacity=".45"
        {...round}
      />
    </>
  ),
  refused: (
    <>
      <path d="M8 3h8l5 5v8l-5 5H8l-5-5V8z" stroke={INK} strokeWidth="2" {...round} />
      <path d="M7.5 12h9" stroke={INK} strokeWidth="3" {...round} />
    </>
  ),
} as const;
