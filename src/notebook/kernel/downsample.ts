/**
 * At most so many points of a curve, without losing its peaks: each bucket keeps its lowest and its highest
 * point, and the first and the last point always stay.
 */
export function downsample<Point>(
  points: readonly Point[],
  limit: number,
  value: (point: Point) => number,
): readonly Point[] {
  if (points.length <= limit || limit < 4) return points.length <= limit ? points : points.slice(-limit);
  const inner = points.length - 2;
  const buckets = Math.floor((limit - 2) / 2);
  const kept: Point[] = [points[0]!];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i += 1) {
      if (value(points[i]!) < value(points[low]!)) low = i;
      if (value(points[i]!) > value(points[high]!)) high = i;
    }
    kept.push(points[Math.min(low, high)]!);
    if (low !== high) kept.push(points[Math.max(low, high)]!);
  }
  kept.push(points[points.length - 1]!);
  return kept;
}
