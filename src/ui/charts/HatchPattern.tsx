/** The hatch of silence (45 degrees, 6 px): a dropped unit. Pair it with a dashed outline. */
export function HatchPattern({ id, pitch = 6 }: { id: string; pitch?: number }) {
  return (
    <pattern id={id} width={pitch} height={pitch} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={pitch} height={pitch} fill="var(--card)" />
      <line x1={0} y1={0} x2={0} y2={pitch} stroke="var(--hatch)" strokeWidth={pitch / 3} />
    </pattern>
  );
}
