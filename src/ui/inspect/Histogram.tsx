/** How often values fall between min and max, in bars of one colour: the values are the same in both modes. */
import styles from './Histogram.module.css';

/** Bars of the small one: more would be thinner than the gaps between them. */
const FEW = 16;

export function Histogram({ counts: bins, large = false }: { counts: readonly number[]; large?: boolean }) {
  const counts = large ? bins : merged(bins, FEW);
  const highest = Math.max(...counts);
  return (
    <svg
      className={large ? styles.large : styles.small}
      viewBox={`0 0 ${counts.length} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {counts.map((count, i) => {
        // A bin with anything in it is seen.
        const height = count === 0 ? 0 : Math.max(0.4, (9.6 * count) / highest);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <rect key={i} x={i + 0.06} y={10 - height} width={0.88} height={height} fill="var(--ink-2)" />
        );
      })}
    </svg>
  );
}

/** Neighbouring bins as one, where that leaves none over. */
export function merged(bins: readonly number[], few: number): readonly number[] {
  const together = bins.length / few;
  if (together <= 1 || !Number.isInteger(together)) return bins;
  return Array.from({ length: few }, (_, i) =>
    bins.slice(i * together, (i + 1) * together).reduce((sum, count) => sum + count, 0),
  );
}
