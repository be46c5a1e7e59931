/** The line icons of buttons, drawn in the colour of the text beside them. */
const paths = {
  play: { box: '0 0 11 12', size: [11, 12], fill: true, d: 'M.5 0v12L11 6z' },
  pause: { box: '0 0 12 12', size: [12, 12], fill: true, d: 'M1 0h3.5v12H1zM7.5 0H11v12H7.5z' },
  grip: {
    box: '0 0 10 16',
    size: [10, 16],
    fill: true,
    d: 'M1 2h3v3H1zM6 2h3v3H6zM1 6.5h3v3H1zM6 6.5h3v3H6zM1 11h3v3H1zM6 11h3v3H6z',
  },
  up: { box: '0 0 16 16', size: [16, 16], fill: false, d: 'M8 13V3M3.5 7.5L8 3l4.5 4.5' },
  down: { box: '0 0 16 16', size: [16, 16], fill: false, d: 'M8 3v10M3.5 8.5L8 13l4.5-4.5' },
  close: { box: '0 0 16 16', size: [16, 16], fill: false, d: 'M3.5 3.5l9 9M12.5 3.5l-9 9' },
  plus: { box: '0 0 16 16', size: [16, 16], fill: false, d: 'M8 3v10M3 8h10' },
  minus: { box: '0 0 16 16', size: [16, 16], fill: false, d: 'M3 8h10' },
  download: { box: '0 0 16 16', size: [16, 16], fill: false, d: 'M8 2v8M4.5 6.5L8 10l3.5-3.5M2.5 13.5h11' },
  inspect: {
    box: '0 0 16 16',
    size: [16, 16],
    fill: false,
    d: 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14',
  },
  keys: {
    box: '0 0 20 16',
    size: [20, 16],
    fill: false,
    d: 'M1 2h18v12H1zM4.5 5.5h1M8 5.5h1M11.5 5.5h1M15 5.5h1M6 10.5h8',
  },
  outline: {
    box: '0 0 22 22',
    size: [22, 22],
    fill: false,
    d: 'M3 5h2M3 11h2M3 17h2M9 5h10M9 11h10M9 17h10',
  },
  notebook: {
    box: '0 0 22 22',
    size: [22, 22],
    fill: false,
    d: 'M3 4h7a2 2 0 0 1 1 2v13a3 3 0 0 0-2-1H3zM19 4h-7a2 2 0 0 0-1 2v13a3 3 0 0 1 2-1h6z',
  },
  shelf: { box: '0 0 22 22', size: [22, 22], fill: false, d: 'M5 2.5h8l4 4v13H5zM13 2.5v4h4' },
  engine: {
    box: '0 0 22 22',
    size: [22, 22],
    fill: false,
    d: 'M7 5h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 2v3M14 2v3M8 17v3M14 17v3M2 8h3M2 14h3M17 8h3M17 14h3',
  },
  folder: {
    box: '0 0 16 14',
    size: [16, 14],
    fill: false,
    d: 'M1 2.5A1.5 1.5 0 0 1 2.5 1h3.3l1.7 2h6A1.5 1.5 0 0 1 15 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 1 11.5z',
  },
  page: { box: '0 0 14 16', size: [14, 16], fill: false, d: 'M1 1h8l4 4v10H1z' },
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  const { box, size, fill, d } = paths[name];
  return (
    <svg width={size[0]} height={size[1]} viewBox={box} aria-hidden="true">
      {fill ? (
        <path d={d} fill="currentColor" />
      ) : (
        <path
          d={d}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.7"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}

/** Half filled: the page's light and dark. */
export function ThemeIcon() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <circle cx="9" cy="9" r="7.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M9 1.8a7.2 7.2 0 0 1 0 14.4z" fill="currentColor" />
    </svg>
  );
}

/** A die for training, a sheet with a tick for evaluation. */
export function ModeIcon({ mode }: { mode: 'train' | 'eval' }) {
  const common = { viewBox: '0 0 44 44', fill: 'none', stroke: 'currentColor', strokeWidth: 2.2 } as const;
  if (mode === 'train') {
    return (
      <svg {...common} aria-hidden="true">
        <rect x="5" y="5" width="34" height="34" rx="8" />
        <g fill="currentColor" stroke="none">
          <circle cx="15" cy="15" r="3" />
          <circle cx="29" cy="15" r="3" />
          <circle cx="22" cy="22" r="3" />
          <circle cx="15" cy="29" r="3" />
          <circle cx="29" cy="29" r="3" />
        </g>
      </svg>
    );
  }
  return (
    <svg {...common} aria-hidden="true">
      <rect x="9" y="4" width="26" height="36" rx="4" />
      <path d="M15 13h14M15 21h14M15 29h8" strokeLinecap="round" />
      <path d="M26 32l3 3 6-7" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
