/** One cell is one match: fresh, lit (the cell you are in), burnt (done). */
export type MatchState = 'fresh' | 'lit' | 'burnt';

export function Match({ state }: { state: MatchState }) {
  return (
    <svg width="38" height="18" viewBox="0 0 38 18" aria-hidden="true">
      {state === 'burnt' ? (
        <>
          <path
            d="M1.5 9.5h12c4 0 7-.5 11.5-1.5"
            stroke="var(--char)"
            strokeWidth="2.6"
            fill="none"
            strokeLinecap="round"
          />
          <ellipse cx="27" cy="7.6" rx="4.2" ry="3.4" fill="var(--char)" />
        </>
      ) : (
        <>
          <rect x="1" y="8" width="23" height="3" rx="1.5" fill="var(--stick)" />
          {state === 'lit' && (
            <path
              d="M29 .2c3.6 3.4 5.2 5.8 5.2 8.7a5.3 5.3 0 0 1-10.5.7c-.3-2.5 1.4-4 2.6-5.2.9-1 2.1-2.2 2.7-4.2z"
              fill="var(--flame)"
            />
          )}
          <ellipse cx="27.5" cy="9.5" rx="4.2" ry="3.4" fill="var(--match)" />
        </>
      )}
    </svg>
  );
}
