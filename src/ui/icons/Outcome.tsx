/** How a load ended: tick, cross, or smoke for damage that nobody reports. */
import type { LoadView } from '../../notebook/views';

const INK = 'var(--ink)';

export function Outcome({ outcome }: { outcome: LoadView['outcome'] }) {
  const round = { fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
  if (outcome === 'works') {
    return (
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4.5 12.5l5 5 10-11" stroke={INK} strokeWidth="2.4" {...round} />
      </svg>
    );
  }
  if (outcome === 'error') {
    return (
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M5.5 5.5l13 13M18.5 5.5l-13 13" stroke="var(--match)" strokeWidth="3.4" {...round} />
      </svg>
    );
  }
  return (
    <svg width="28" height="24" viewBox="0 0 28 24" aria-hidden="true">
      <path d="M3 15.5c3.5-5 6.5-5 10-1.5s7.5 3.5 12-2" stroke={INK} strokeWidth="2.6" {...round} />
      <path
        d="M3 9c3.5-5 6.5-5 10-1.5s7.5 3.5 12-2"
        stroke={INK}
        strokeWidth="2.6"
        opacity=".45"
        {...round}
      />
    </svg>
  );
}
