/** What reductions have in common: shapes, and which element of the output each element of the input goes to. */
import type { Shape } from '../../torch/tensor';
import type { GraphBuilder } from '../graph/builder';
import type { ReduceAttributes, ValueId } from '../graph/graph';
import { broadcastIndex } from './broadcast';
import type { Operand } from './op';

/** The shape with reduced axes kept as 1. */
export function keptShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((d, axis) => (axes.includes(axis) ? 1 : d));
}

export function reducedShape([x]: readonly Shape[], { axes, keepDims }: ReduceAttributes): Shape {
  if (axes.length === 0 || axes.some((axis) => axis < 0 || axis >= x.length)) {
    throw new Error(`[${x}] has no axes [${axes}] to reduce`);
  }
  return keepDims ? keptShape(x, axes) : x.filter((_, axis) => !axes.includes(axis));
}

/** Row-major index into the output of each element of the input. */
export function reducedIndex(input: Operand, axes: readonly number[]): Int32Array {
  return broadcastIndex(keptShape(input.shape, axes), input.shape);
}

/** A value of the output's shape, with the reduced axes back as 1, so that it broadcasts to the input. */
export function withKeptAxes(
  builder: GraphBuilder,
  value: ValueId,
  input: ValueId,
  { axes, keepDims }: ReduceAttributes,
): ValueId {
  if (keepDims || builder.shapeOf(value).length === 0) return value;
  const kept = keptShape(builder.shapeOf(input), axes);
  const full = kept.filter((_, axis) => !axes.includes(axis));
  const shape = builder.shapeOf(value);
  // A gradient may have fewer or smaller axes than the output it belongs to; it is reshaped as what it is.
  const padded = [...new Array<number>(full.length - shape.length).fill(1), ...shape];
  let next = 0;
  return builder.reshape(
    value,
    kept.map((_, axis) => (axes.includes(axis) ? 1 : padded[next++])),
  );
}
