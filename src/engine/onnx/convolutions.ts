/** Convolutions, their gradient by the input and averages in ONNX. */
import type { Shape } from '../../torch/tensor';
import type { ConvAttributes, WindowAttributes } from '../graph/graph';
import { slidingAlong } from '../ops/windows';
import { type AttributeValue, nodeProto } from './model';
import type { Writer } from './place';

const integers = (values: readonly number[]): readonly bigint[] => values.map(BigInt);

export function slidingAttributes({
  strides,
  pads,
  dilations,
}: WindowAttributes): Record<string, AttributeValue> {
  return { strides: integers(strides), pads: integers(pads), dilations: integers(dilations) };
}

function convAttributes(attributes: ConvAttributes): Record<string, AttributeValue> {
  return { ...slidingAttributes(attributes), group: BigInt(attributes.groups) };
}

/** Rows and columns at the end of an input that no window reaches: ConvTranspose has to be told of them. */
export function outputPadding(
  size: Shape,
  windows: Shape,
  kernel: Shape,
  attributes: WindowAttributes,
): readonly bigint[] {
  return integers(
    ([0, 1] as const).map((axis) => {
      const { kernel: taps, stride, before, after, dilation } = slidingAlong(axis, kernel, attributes);
      return size[axis] + before + after - dilation * (taps - 1) - 1 - (windows[axis] - 1) * stride;
    }),
  );
}

/** A kernel per tap that picks this tap: convolving with it lays the windows out, one channel a tap. */
export function identityKernel([height, width]: Shape): [Float32Array, Shape] {
  const taps = height * width;
  const values = new Float32Array(taps * taps);
  for (let tap = 0; tap < taps; tap++) values[tap * taps + tap] = 1;
  return [values, [taps, 1, height, width]];
}

export const conv: Writer<'conv'> = ({ inputs, output, attributes }) => [
  nodeProto('Conv', inputs, [output], convAttributes(attributes)),
];

export const convTranspose: Writer<'convTranspose'> = ({
  inputs,
  shapes: [y, weight],
  output,
  attributes,
}) => [
  nodeProto('ConvTranspose', inputs, [output], {
    ...convAttributes(attributes),
    output_padding: outputPadding(attributes.size, y.slice(2), weight.slice(2), attributes),
  }),
];

/** All padding is explicit and counts, so every window's divisor is the size of the kernel. */
export const avgPool: Writer<'avgPool'> = ({ inputs, output, attributes }) => [
  nodeProto('AveragePool', inputs, [output], {
    ...slidingAttributes(attributes),
    kernel_shape: integers(attributes.kernel),
    count_include_pad: 1n,
  }),
];

/** Whether windows tile the input from its first element on, each element in at most one of them. */
export function tiles(kernel: Shape, { strides, pads, dilations }: WindowAttributes): boolean {
  const sameStride = strides.every((stride, axis) => stride === kernel[axis]);
  return sameStride && pads.every((pad) => pad === 0) && dilations.every((dilation) => dilation === 1);
}
