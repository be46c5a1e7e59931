/** `y = x W^T + b`. */
import type { Linear } from '../../../torch/nn/linear';
import type { LayerRule } from './rule';

export const linear: LayerRule<Linear> = {
  enter: (layer, _path, input) => ({ output: layer.outputShape(input) }),
  variant: () => '',
  lower(layer, _path, x, lowering) {
    const { builder } = lowering;
    const shape = builder.shapeOf(x);
    const weight = lowering.read(layer.parameters.get('weight')!);
    const bias = layer.parameters.get('bias');
    const [outFeatures, inFeatures] = builder.shapeOf(weight);
    const rows = shape.slice(0, -1).reduce((n, d) => n * d, 1);
    const product = builder.matmul(builder.reshape(x, [rows, inFeatures]), weight, false, true);
    const sum = bias ? builder.add(product, lowering.read(bias)) : product;
    return builder.reshape(sum, [...shape.slice(0, -1), outFeatures]);
  },
};
