/** Layers over images take (N, C, H, W) or a single (C, H, W); the graph's windows only the first. */
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';

export function overImages(
  x: ValueId,
  builder: GraphBuilder,
  compute: (images: ValueId) => ValueId,
): ValueId {
  const shape = builder.shapeOf(x);
  if (shape.length === 4) return compute(x);
  const single = compute(builder.reshape(x, [1, ...shape]));
  return builder.reshape(single, builder.shapeOf(single).slice(1));
}
