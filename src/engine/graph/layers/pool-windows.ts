/** Windows of a pooling layer as the graph knows them: no ceil_mode, but as much padding at the end as its windows reach. */
import type { Pool } from '../../../torch/nn/pooling';
import type { Shape } from '../../../torch/tensor';
import type { PoolAttributes } from '../graph';

export function poolWindows(layer: Pool, input: Shape): PoolAttributes {
  const { kernel, stride, padding, dilation } = layer.windows;
  const size = input.slice(-2);
  const counts = layer.outputShape(input).slice(-2);
  const after = [0, 1].map((axis) => {
    const reach = (counts[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
    return Math.max(0, reach - size[axis] - padding[axis]);
  });
  return {
    kernel: [kernel[0], kernel[1]],
    strides: [stride[0], stride[1]],
    pads: [padding[0], padding[1], after[0], after[1]],
    dilations: [dilation[0], dilation[1]],
  };
}
