/** The matchbook: three matches behind the cover, the striker at its foot. */
export function Logo() {
  return (
    <svg width="26" height="26" viewBox="0 0 16 16" aria-hidden="true">
      <rect fill="var(--stick)" x="2.5" y="4.2" width="1.8" height="4.8" />
      <ellipse fill="var(--match)" cx="3.4" cy="4" rx="1.7" ry="2.3" />
      <rect fill="var(--stick)" x="7.1" y="3" width="1.8" height="6" />
      <ellipse fill="var(--match)" cx="8" cy="2.8" rx="1.7" ry="2.3" />
      <rect fill="var(--stick)" x="11.7" y="4.2" width="1.8" height="4.8" />
      <ellipse fill="var(--match)" cx="12.6" cy="4" rx="1.7" ry="2.3" />
      <path fill="var(--ink)" d="M1 7.5h14v6.6a1.4 1.4 0 0 1-1.4 1.4H2.4A1.4 1.4 0 0 1 1 14.1z" />
      <path fill="var(--paper)" d="M6.6 9.2h2.8v1H6.6zM2.6 12.4h10.8v1.1H2.6z" />
    </svg>
  );
}
