/** The two marks of a statistic: a filled dot for the batch (train), a hollow diamond for the record (eval). */

export function Dot({ x, y, radius }: { x: number; y: number; radius: number }) {
  return <circle cx={x} cy={y} r={radius} fill="var(--train)" />;
}

/** Placed by a transform, so that a change of place can be a transition. */
export function Diamond({
  x,
  y,
  radius,
  className,
}: {
  x: number;
  y: number;
  radius: number;
  className?: string | undefined;
}) {
  const r = radius * 1.25;
  return (
    <path
      className={className}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      d={`M0 ${-r}L${r} 0L0 ${r}L${-r} 0z`}
      fill="var(--card)"
      stroke="var(--eval)"
      strokeWidth={radius * 0.49}
    />
  );
}
