/**
 * Means over windows from floor(i n / m) to ceil((i + 1) n / m) (ATen/native/AdaptiveAveragePooling.cpp): the plain mean
 * for one window, a pool where windows tile the input, otherwise a product with the matrix of all windows.
 */
import type { AdaptiveAvgPool2d } from '../../../torch/nn/adaptive-pooling';
import { numelOf, type Shape } from '../../../torch/tensor';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';
import { overImages } from './images';
import { enterByShape, type LayerRule } from './rule';

export const adaptiveAvgPool2d: LayerRule<AdaptiveAvgPool2d> = {
  enter: enterByShape,
  variant: () => '',
  lower: (layer, _path, x, { builder }) =>
    overImages(x, builder, (images) => {
      const shape = builder.shapeOf(images);
      return pool(images, shape, layer.outputShape(shape).slice(2), builder);
    }),
};

function pool(x: ValueId, shape: Shape, windows: Shape, builder: GraphBuilder): ValueId {
  const [batch, channels, ...size] = shape;
  if (windows.every((count) => count === 1)) return builder.reduceMean(x, [2, 3], true);
  if (windows.every((count, axis) => size[axis] % count === 0)) {
    const kernel: [number, number] = [size[0] / windows[0], size[1] / windows[1]];
    return builder.avgPool(x, { kernel, strides: kernel, pads: [0, 0, 0, 0], dilations: [1, 1] });
  }
  const places = numelOf(size);
  const planes = builder.reshape(x, [batch * channels, places]);
  const means = builder.matmul(planes, builder.constant(...windowMatrix(size, windows)));
  return builder.reshape(means, [batch, channels, ...windows]);
}

/** (H W, H' W'): what each place adds to each window's mean. */
export function windowMatrix(size: Shape, windows: Shape): [Float32Array, Shape] {
  const [rows, columns] = [0, 1].map((axis) =>
    Array.from({ length: windows[axis] }, (_, i) => [
      Math.floor((i * size[axis]) / windows[axis]),
      Math.ceil(((i + 1) * size[axis]) / windows[axis]),
    ]),
  );
  const shape = [numelOf(size), numelOf(windows)];
  const matrix = new Float32Array(numelOf(shape));
  for (const [i, [top, bottom]] of rows.entries()) {
    for (const [j, [left, right]] of columns.entries()) {
      const share = 1 / ((bottom - top) * (right - left));
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) matrix[(y * size[1] + x) * shape[1] + i * windows[1] + j] = share;
      }
    }
  }
  return [matrix, shape];
}
