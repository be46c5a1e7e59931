/** The gradient of a convolution by its weight in ONNX, which has no operator for it: products of matrices. */
import { numelOf } from '../../torch/tensor';
import { identityKernel, slidingAttributes } from './convolutions';
import { Chain, type Place, type Writer } from './place';

export const convWeight: Writer<'convWeight'> = (place) =>
  shiftsAreFewer(place) ? byShifts(place) : byWindows(place);

/**
 * Whether windows at every place are better made of rows of y and columns of x: kh copies of the one and kw of the other,
 * instead of kh kw copies of x. A GPU is better off with few operators.
 */
function shiftsAreFewer({ shapes: [x, y], attributes, provider }: Place<'convWeight'>): boolean {
  const { kernel, strides } = attributes;
  const [height, width] = kernel;
  const everywhere = provider === 'wasm' && strides.every((stride) => stride === 1);
  return everywhere && height * y[1] + width * x[1] < height * width * x[1];
}

/**
 * weight[o, c, i, j] is the sum of y[o, r - i, q] x[c, r, q + j] over the rows r of padded x and the columns q of y:
 * y moved down by each i, times x moved left by each j, as one matrix product for each sample and group.
 */
function byShifts({ inputs, shapes, output, attributes, integers }: Place<'convWeight'>) {
  const [[batch, channels, inHeight], [, outputs, outHeight, outWidth]] = shapes;
  const { groups, kernel, dilations, pads } = attributes;
  const [top, left, bottom, right] = pads;
  const chain = new Chain(output);
  const height = inHeight + top + bottom;
  const padded = chain.add('Pad', [inputs[0], integers([0, 0, top, left, 0, 0, bottom, right])]);
  const movedLeft = Array.from({ length: kernel[1] }, (_, j) => {
    const from = j * dilations[1];
    return chain.add('Slice', [padded, integers([from]), integers([from + outWidth]), integers([3])]);
  });
  const columns = chain.add('Reshape', [
    chain.add('Concat', movedLeft, { axis: 2n }),
    integers([batch, groups, (channels / groups) * kernel[1], height * outWidth]),
  ]);
  // In a row of copies, each followed by as many zeros as all moves take, every further cut is one move further down.
  const planes = chain.add('Reshape', [inputs[1], integers([batch * outputs, outHeight * outWidth])]);
  const gap = kernel[0] * dilations[0] * outWidth;
  const spaced = chain.add('Pad', [planes, integers([0, 0, 0, gap])]);
  const copies = [...new Array<string>(kernel[0] - 1).fill(spaced), planes];
  const rows = chain.add('Reshape', [
    chain.add('Concat', copies, { axis: 1n }),
    integers([batch, groups, (outputs / groups) * kernel[0], height * outWidth]),
  ]);
  const turned = chain.add('Transpose', [columns], { perm: [0n, 1n, 3n, 2n] });
  const summed = chain.add('ReduceSum', [chain.add('MatMul', [rows, turned]), integers([0])], {
    keepdims: 0n,
  });
  const byTap = integers([outputs, kernel[0], channels / groups, kernel[1]]);
  return chain.finish('Transpose', [chain.add('Reshape', [summed, byTap])], { perm: [0n, 2n, 1n, 3n] });
}

/**
 * The windows of x, laid out, times the gradient: a matrix product for each sample and group, summed over samples.
 * (A convolution of x by the gradient would do too, but only group by group.)
 */
function byWindows({ inputs, shapes, output, shape, attributes, integers, floats }: Place<'convWeight'>) {
  const [x, y] = shapes;
  const { groups, kernel } = attributes;
  const chain = new Chain(output);
  const places = y[2] * y[3];
  const columns = (x[1] / groups) * numelOf(kernel);
  const planes = chain.add('Reshape', [inputs[0], integers([x[0] * x[1], 1, x[2], x[3]])]);
  const windows = chain.add(
    'Conv',
    [planes, floats(...identityKernel(kernel))],
    slidingAttributes(attributes),
  );
  const byGroup = chain.add('Reshape', [windows, integers([x[0], groups, columns, places])]);
  const turned = chain.add('Transpose', [byGroup], { perm: [0n, 1n, 3n, 2n] });
  const gradient = chain.add('Reshape', [inputs[1], integers([y[0], groups, y[1] / groups, places])]);
  const product = chain.add('MatMul', [gradient, turned]);
  const summed = chain.add('ReduceSum', [product, integers([0])], { keepdims: 0n });
  return chain.finish('Reshape', [summed, integers(shape)]);
}
