/** `y = x W^T + b`. */
import type { Linear } from '../../../torch/nn/linear';
import { enterByShape, type LayerRule } from './rule';

export const linear: LayerRule<Linear> = {
  enter: enterByShape,
  variant: () => '',
  lower(layer, _path, x, lowering) {
    const { builder } = lowering;
    const shape = builder.shapeOf(x);
    const weight = lowering.read(layer.parameters.get('weight')!);
    const bias = layer.parameters.get('bias');
    const [outFeatures, inFeatures] = builder.shapeOf(weight);
    const rows = shape.slice(0, -1).reduce((n, d) => n * d, 1);
    const matrix = builder.reshape(x, [rows, inFeatures]);
    const product = builder.matmul(matrix, weight, false, true, bias ? lowering.read(bias) : null);
    return builder.reshape(product, [...shape.slice(0, -1), outFeatures]);
  },
};
