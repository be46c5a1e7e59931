/**
 * The table of primitives in ONNX: operators of the default domain, set 21, all of which onnxruntime-web has on the
 * provider they are written for (onnx/docs/Operators.md).
 */
import { numelOf } from '../../torch/tensor';
import type { OpName } from '../graph/graph';
import { convWeight } from './conv-weight';
import { avgPool, conv, convTranspose } from './convolutions';
import { sigmoid, softmax } from './exponentials';
import { maxPool, maxPoolGradient } from './max-pool';
import { FLOAT, nodeProto } from './model';
import { Chain, truthOf, type Writer } from './place';

type ReduceName = 'reduceSum' | 'reduceMean' | 'reduceMax';

const flag = (value: boolean): bigint => (value ? 1n : 0n);

function plain<K extends OpName>(opType: string): Writer<K> {
  return ({ inputs, output }) => [nodeProto(opType, inputs, [output])];
}

function comparison<K extends 'greater' | 'equal'>(opType: string): Writer<K> {
  return ({ inputs, output, isNumber }) => {
    const truth = truthOf(output);
    const compare = nodeProto(opType, inputs, [truth]);
    return isNumber ? [compare, nodeProto('Cast', [truth], [output], { to: BigInt(FLOAT) })] : [compare];
  };
}

function reduction<K extends ReduceName>(opType: string): Writer<K> {
  return ({ inputs, output, attributes: { axes, keepDims }, integers }) => [
    nodeProto(opType, [...inputs, integers(axes)], [output], { keepdims: flag(keepDims) }),
  ];
}

/** On the CPU a pool reads a plane several times faster than a reduction that takes (N, C, H, W) to its channels. */
function planeByPlane<K extends 'reduceSum' | 'reduceMean'>(opType: string): Writer<K> {
  const plain = reduction<K>(opType);
  return (place) => {
    const { inputs, shapes, output, attributes, provider, floats } = place;
    const [x] = shapes;
    const toChannels = x.length === 4 && attributes.axes.join() === '0,2,3' && numelOf(x) > 0;
    if (provider !== 'wasm' || !toChannels || x[2] * x[3] === 1) return plain(place);
    const chain = new Chain(output);
    const means = chain.add('GlobalAveragePool', inputs);
    const rest = [means, place.integers(attributes.axes)];
    const keepdims = flag(attributes.keepDims);
    if (opType === 'ReduceMean') return chain.finish(opType, rest, { keepdims });
    const size = floats(Float32Array.of(x[2] * x[3]), []);
    return chain.finish('Mul', [chain.add(opType, rest, { keepdims }), size]);
  };
}

function toShape<K extends 'reshape' | 'expand'>(opType: string): Writer<K> {
  return ({ inputs, output, attributes: { shape }, integers }) => [
    nodeProto(opType, [...inputs, integers(shape)], [output]),
  ];
}

/** On the CPU Relu takes twenty times as long where it writes over its input; WebGPU has no Max. */
const relu: Writer<'relu'> = ({ inputs, output, provider, floats }) => [
  provider === 'wasm'
    ? nodeProto('Max', [...inputs, floats(Float32Array.of(0), [])], [output])
    : nodeProto('Relu', inputs, [output]),
];

export const operators: { readonly [K in OpName]: Writer<K> } = {
  add: plain('Add'),
  sub: plain('Sub'),
  mul: plain('Mul'),
  div: plain('Div'),
  greater: comparison('Greater'),
  equal: comparison('Equal'),
  where: ({ inputs: [condition, a, b], output }) => [
    nodeProto('Where', [truthOf(condition), a, b], [output]),
  ],
  neg: plain('Neg'),
  exp: plain('Exp'),
  log: plain('Log'),
  sqrt: plain('Sqrt'),
  erf: plain('Erf'),
  relu,
  leakyRelu: ({ inputs, output, attributes: { slope } }) => [
    nodeProto('LeakyRelu', inputs, [output], { alpha: slope }),
  ],
  sigmoid,
  softplus: plain('Softplus'),
  tanh: plain('Tanh'),
  softmax,
  detach: plain('Identity'),
  standardize({ inputs: [, centred, spread, weight], output }) {
    if (weight === undefined) return [nodeProto('Div', [centred, spread], [output])];
    const chain = new Chain(output);
    return chain.finish('Mul', [centred, chain.add('Div', [weight, spread])]);
  },
  // Gemm transposes while it reads; MatMul would need a Transpose of its own.
  matmul: ({ inputs, output, attributes: { transposeA, transposeB } }) => [
    nodeProto('Gemm', inputs, [output], { transA: flag(transposeA), transB: flag(transposeB) }),
  ],
  conv,
  convTranspose,
  convWeight,
  maxPool,
  maxPoolGradient,
  avgPool,
  reduceSum: planeByPlane('ReduceSum'),
  reduceMean: planeByPlane('ReduceMean'),
  reduceMax: reduction('ReduceMax'),
  reshape: toShape('Reshape'),
  expand: toShape('Expand'),
};
