/** Softmax and LogSoftmax: along `dim`, or along the axis PyTorch picks where none was given. */
import type { LogSoftmax, Softmax } from '../../../torch/nn/activation';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';
import { lowerLogSoftmax } from '../log-softmax';
import { enterByShape, type LayerRule } from './rule';

export const softmax = alongDim<Softmax>((builder, x, axis) => builder.softmax(x, axis));
export const logSoftmax = alongDim<LogSoftmax>(lowerLogSoftmax);

function alongDim<Layer extends Softmax | LogSoftmax>(
  apply: (builder: GraphBuilder, x: ValueId, axis: number) => ValueId,
): LayerRule<Layer> {
  return {
    enter: enterByShape,
    variant: (layer) => String(layer.dim),
    lower(layer, _path, x, { builder }) {
      const shape = builder.shapeOf(x);
      if (shape.length > 0) return apply(builder, x, layer.axisOf(shape));
      // A scalar is alone on its axis.
      return builder.reshape(apply(builder, builder.reshape(x, [1]), 0), []);
    },
  };
}
