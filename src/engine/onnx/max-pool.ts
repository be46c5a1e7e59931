/**
 * Max pooling in ONNX, and its gradient, for which ONNX has no operator. The gradient goes to the first of the largest
 * elements of a window: elements equal to the maximum are scored by their place, first highest, and the best score wins.
 */
import { numelOf, type Shape } from '../../torch/tensor';
import { identityKernel, outputPadding, slidingAttributes, tiles } from './convolutions';
import { nodeProto } from './model';
import { Chain, type Place, type Writer } from './place';

/** Below every number a network meets; minus infinity would make nan of the zeros of the identity kernel. */
const LOWEST = -3e38;

const bigints = (values: readonly number[]): readonly bigint[] => values.map(BigInt);

export const maxPool: Writer<'maxPool'> = ({ inputs, output, attributes }) => [
  nodeProto('MaxPool', inputs, [output], {
    ...slidingAttributes(attributes),
    kernel_shape: bigints(attributes.kernel),
  }),
];

export const maxPoolGradient: Writer<'maxPoolGradient'> = (place) =>
  tiles(place.attributes.kernel, place.attributes) ? overTiles(place) : overWindows(place);

/** Each element is in one window at most: pooled values are spread back over their tiles and compared in place. */
function overTiles({ inputs, shapes, output, attributes, integers, floats }: Place<'maxPoolGradient'>) {
  const [x, y, grad] = inputs;
  const [inputShape, pooledShape] = shapes;
  const { kernel, strides } = attributes;
  const chain = new Chain(output);
  const covered = [pooledShape[2] * kernel[0], pooledShape[3] * kernel[1]];
  const rest = [inputShape[2] - covered[0], inputShape[3] - covered[1]];
  const isCovered = rest[0] === 0 && rest[1] === 0;
  const scales = floats(Float32Array.of(1, 1, ...kernel), [4]);
  const spread = (pooled: string): string =>
    chain.add('Resize', [pooled, '', scales], {
      mode: 'nearest',
      nearest_mode: 'floor',
      coordinate_transformation_mode: 'asymmetric',
    });
  const zero = floats(Float32Array.of(0), []);
  const tiled = isCovered
    ? x
    : chain.add('Slice', [x, integers([0, 0]), integers(covered), integers([2, 3])]);
  const hit = chain.add('Equal', [tiled, spread(y)]);
  const score = chain.add('Where', [hit, floats(...placeScores(covered, kernel)), zero]);
  const best = chain.add('MaxPool', [score], { kernel_shape: bigints(kernel), strides: bigints(strides) });
  const chosen = chain.add('Equal', [score, spread(best)]);
  const given = [chosen, spread(grad), zero];
  if (isCovered) return chain.finish('Where', given);
  return chain.finish('Pad', [chain.add('Where', given), integers([0, 0, 0, 0, 0, 0, ...rest])]);
}

/** For each element of the tiles, how early it comes in its own: from the size of the kernel down to 1. */
function placeScores([height, width]: readonly number[], kernel: Shape): [Float32Array, Shape] {
  const values = Float32Array.from({ length: height * width }, (_, i) => {
    const place = (Math.floor(i / width) % kernel[0]) * kernel[1] + ((i % width) % kernel[1]);
    return numelOf(kernel) - place;
  });
  return [values, [height, width]];
}

/** Windows that overlap or reach into padding: laid out one channel a tap, compared there, and added back. */
function overWindows({ inputs, shapes, output, attributes, integers, floats }: Place<'maxPoolGradient'>) {
  const [x, y, grad] = inputs;
  const [[batch, channels, ...size], [, , ...windows]] = shapes;
  const { kernel, pads } = attributes;
  const chain = new Chain(output);
  const planes = batch * channels;
  const taps = numelOf(kernel);
  const identity = floats(...identityKernel(kernel));
  const zero = floats(Float32Array.of(0), []);
  const [top, left, bottom, right] = pads;
  const padded = chain.add('Pad', [
    chain.add('Reshape', [x, integers([planes, 1, ...size])]),
    integers([0, 0, top, left, 0, 0, bottom, right]),
    floats(Float32Array.of(LOWEST), []),
  ]);
  const inside = slidingAttributes({ ...attributes, pads: [0, 0, 0, 0] });
  const laidOut = chain.add('Conv', [padded, identity], inside);
  const pooled = integers([planes, 1, ...windows]);
  const hit = chain.add('Equal', [laidOut, chain.add('Reshape', [y, pooled])]);
  const order = Float32Array.from({ length: taps }, (_, tap) => taps - tap);
  const score = chain.add('Where', [hit, floats(order, [taps, 1, 1]), zero]);
  const best = chain.add('ReduceMax', [score, integers([1])], { keepdims: 1n });
  const chosen = chain.add('Equal', [score, best]);
  const given = chain.add('Where', [chosen, chain.add('Reshape', [grad, pooled]), zero]);
  const back = chain.add('ConvTranspose', [given, identity], {
    ...slidingAttributes(attributes),
    output_padding: outputPadding(size, windows, kernel, attributes),
  });
  return chain.finish('Reshape', [back, integers([batch, channels, ...size])]);
}
