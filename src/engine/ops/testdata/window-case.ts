/** A small convolution or pool made of arbitrary numbers, for property tests. */
import type { Shape } from '../../../torch/tensor';
import type { GraphBuilder } from '../../graph/builder';
import type { ConvAttributes, PoolAttributes, ValueId } from '../../graph/graph';
import { windowsOver } from '../windows';

export type WindowOp = 'conv' | 'convTranspose' | 'convWeight' | 'maxPool' | 'maxPoolGradient' | 'avgPool';

export interface WindowCase {
  readonly shapes: readonly Shape[];
  readonly build: (builder: GraphBuilder, inputs: readonly ValueId[]) => ValueId;
}

/** How many numbers a case is made of. */
export const NUMBERS = 16;

/** Kernels of 1 to 3, strides 1 to 3, padding up to half of it, dilation 1 or 2, one or two groups, on inputs just large enough. */
export function windowCase(op: WindowOp, numbers: readonly number[]): WindowCase {
  let next = 0;
  const pick = (from: number, to: number): number => from + (numbers[next++] % (to - from + 1));
  const pair = (from: number, to: number): [number, number] => [pick(from, to), pick(from, to)];
  const [kernel, strides, dilations] = [pair(1, 3), pair(1, 3), pair(1, 2)];
  const padding = (axis: 0 | 1): number => pick(0, Math.floor(kernel[axis] / 2));
  const pads: [number, number, number, number] = [padding(0), padding(1), padding(0), padding(1)];
  const [groups, batch] = [pick(1, 2), pick(1, 2)];
  // As large as the kernel's reach: a window that lies in padding altogether has no largest element.
  const length = (axis: 0 | 1): number => dilations[axis] * (kernel[axis] - 1) + 1 + pick(0, 3);
  const size: Shape = [length(0), length(1)];
  const attributes: ConvAttributes & PoolAttributes = { kernel, strides, pads, dilations, groups };
  return shaped(op, attributes, [batch, 2, ...size]);
}

function shaped(op: WindowOp, all: ConvAttributes & PoolAttributes, x: Shape): WindowCase {
  const { kernel, groups, ...windows } = all;
  const conv = { ...windows, groups };
  const pool = { ...windows, kernel };
  const counts = windowsOver(x, kernel, windows);
  const weight: Shape = [2 * groups, x[1] / groups, ...kernel];
  const y: Shape = [x[0], weight[0], ...counts];
  switch (op) {
    case 'conv':
      return { shapes: [x, weight, [weight[0]]], build: (b, [v, w, bias]) => b.conv(v, w, conv, bias) };
    case 'convTranspose':
      return { shapes: [y, weight], build: (b, [v, w]) => b.convTranspose(v, w, conv, x.slice(2)) };
    case 'convWeight':
      return { shapes: [x, y], build: (b, [v, w]) => b.convWeight(v, w, conv, kernel) };
    case 'maxPool':
      return { shapes: [x], build: (b, [v]) => b.maxPool(v, pool) };
    case 'maxPoolGradient':
      return {
        shapes: [x, [x[0], x[1], ...counts]],
        build: (b, [v, grad]) => b.maxPoolGradient(v, b.maxPool(v, pool), grad, pool),
      };
    case 'avgPool':
      return { shapes: [x], build: (b, [v]) => b.avgPool(v, pool) };
  }
}
