/**
 * The mean of each window (ATen/native/cpu/AvgPoolKernel.cpp): the graph divides by the whole kernel, so windows at an
 * edge are scaled to the divisor PyTorch has there.
 */
import type { AvgPool2d } from '../../../torch/nn/pooling';
import { numelOf, type Shape } from '../../../torch/tensor';
import { overImages } from './images';
import { poolWindows } from './pool-windows';
import { enterByShape, type LayerRule } from './rule';

export const avgPool2d: LayerRule<AvgPool2d> = {
  enter: enterByShape,
  variant: (layer) => JSON.stringify([layer.windows, layer.countIncludePad, layer.divisorOverride]),
  lower(layer, _path, x, { builder }) {
    return overImages(x, builder, (images) => {
      const shape = builder.shapeOf(images);
      const means = builder.avgPool(images, poolWindows(layer, shape));
      const counts = builder.shapeOf(means).slice(2);
      const factors = windowScales(layer, shape.slice(2), counts);
      const [first] = factors;
      const scale = factors.every((factor) => factor === first)
        ? builder.scalar(first)
        : builder.constant(factors, counts);
      return builder.mul(means, scale);
    });
  },
};

/** Size of the kernel over PyTorch's divisor, for each window. */
export function windowScales(layer: AvgPool2d, size: Shape, counts: Shape): Float32Array {
  const whole = numelOf(layer.windows.kernel);
  const [rows, columns] = [0, 1].map((axis) =>
    Array.from({ length: counts[axis] }, (_, i) => counted(layer, size[axis], axis, i)),
  );
  return Float32Array.from(
    rows.flatMap((height) => columns.map((width) => whole / (layer.divisorOverride ?? height * width))),
  );
}

/** Elements of a window along an axis that its mean counts: padding may be among them, what ceil_mode adds never is. */
function counted(layer: AvgPool2d, size: number, axis: number, window: number): number {
  const { kernel, stride, padding } = layer.windows;
  const start = window * stride[axis] - padding[axis];
  const end = Math.min(start + kernel[axis], size + padding[axis]);
  return layer.countIncludePad ? end - start : Math.min(end, size) - Math.max(start, 0);
}
