/** What elementwise primitives have in common. Each brings its own loops, so that each is compiled for itself. */
import { type NoAttributes, type OpAttributes, type OpName, sameShape, type ValueId } from '../graph/graph';
import { broadcastIndex, broadcastShape, sumTo } from './broadcast';
import type { Floats, GradientContext, Op } from './op';

/** Primitives without attributes. */
export type PlainOp = {
  [K in OpName]: NoAttributes extends OpAttributes[K] ? K : never;
}[OpName];

interface Binary<K extends PlainOp> {
  /** Both operands in the output's shape. */
  readonly dense: (a: Floats, b: Floats, out: Floats) => void;
  /** Operands that broadcast: element i of the output comes from `a[ia[i]]` and `b[ib[i]]`. */
  readonly indexed: (a: Floats, ia: Int32Array, b: Floats, ib: Int32Array, out: Floats) => void;
  /** Gradients before they are summed to the operands' own shapes. */
  readonly gradient: (context: GradientContext<K>) => readonly [ValueId | null, ValueId | null];
}

export function binary<K extends PlainOp>({ dense, indexed, gradient }: Binary<K>): Op<K> {
  return {
    shape: ([a, b]) => broadcastShape(a, b),
    kernel([a, b], out) {
      if (sameShape(a.shape, out.shape) && sameShape(b.shape, out.shape)) {
        return () => dense(a.data, b.data, out.data);
      }
      const ia = broadcastIndex(a.shape, out.shape);
      const ib = broadcastIndex(b.shape, out.shape);
      return () => indexed(a.data, ia, b.data, ib, out.data);
    },
    gradient(context) {
      const { builder, inputs, output } = context;
      const full = builder.shapeOf(output);
      return gradient(context).map((grad, i) =>
        grad === null ? null : sumTo(builder, grad, full, builder.shapeOf(inputs[i])),
      );
    },
  };
}

interface Unary<K extends PlainOp> {
  readonly apply: (x: Floats, out: Floats) => void;
  readonly gradient: (context: GradientContext<K>) => ValueId | null;
}

export function unary<K extends PlainOp>({ apply, gradient }: Unary<K>): Op<K> {
  return {
    shape: ([x]) => x,
    kernel:
      ([x], out) =>
      () =>
        apply(x.data, out.data),
    gradient: (context) => [gradient(context)],
  };
}
