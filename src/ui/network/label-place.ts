/** Where the name of a curve stands among dots: near the curve, over as few dots as possible. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlacedLabel {
  readonly box: Rect;
  /** Point of the curve the label belongs to. */
  readonly anchor: Point;
}

const holds = (box: Rect, { x, y }: Point) =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

/**
 * Tries places above and below the curve, near ones first; the fewest hidden points win. `null` when no place
 * inside `area` exists.
 */
export function placeLabel(
  curve: readonly Point[],
  dots: readonly Point[],
  size: { readonly width: number; readonly height: number },
  area: Rect,
): PlacedLabel | null {
  let best: PlacedLabel | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const distance of [12, 24, 36, 48, 60]) {
    for (const share of [0.75, 0.55, 0.9, 0.35]) {
      const anchor = curve[Math.round(share * (curve.length - 1))];
      if (!anchor) continue;
      for (const below of [true, false]) {
        const left = Math.min(Math.max(area.left, anchor.x - size.width / 2), area.right - size.width);
        const top = below ? anchor.y + distance : anchor.y - distance - size.height;
        const box = { left, right: left + size.width, top, bottom: top + size.height };
        if (box.left < area.left || box.top < area.top || box.bottom > area.bottom) continue;
        const hidden =
          dots.filter((dot) => holds(grown(box, 4), dot)).length +
          3 * curve.filter((point) => holds(grown(box, 3), point)).length;
        if (hidden >= fewest) continue;
        fewest = hidden;
        best = { box, anchor };
      }
    }
  }
  return best;
}

const grown = (box: Rect, by: number): Rect => ({
  left: box.left - by,
  right: box.right + by,
  top: box.top - by,
  bottom: box.bottom + by,
});
