/**
 * The table of primitives in ONNX: each is one or two operators of the default domain, set 21, all of which
 * onnxruntime-web has on WASM and on WebGPU (onnx/docs/Operators.md).
 */
import type { OpAttributes, OpName } from '../graph/graph';
import { FLOAT, type NodeProto, nodeProto } from './model';

/** Where a primitive's operators stand in the model. */
export interface Place<K extends OpName> {
  /** Names of the operands. */
  readonly inputs: readonly string[];
  /** Name of the value to write. */
  readonly output: string;
  readonly attributes: OpAttributes[K];
  /** Name of an int64 initializer with these values. */
  integers(values: readonly number[]): string;
}

type Writer<K extends OpName> = (place: Place<K>) => readonly NodeProto[];
type ReduceName = 'reduceSum' | 'reduceMean' | 'reduceMax';

const flag = (value: boolean): bigint => (value ? 1n : 0n);

function plain<K extends OpName>(opType: string): Writer<K> {
  return ({ inputs, output }) => [nodeProto(opType, inputs, [output])];
}

/** ONNX compares to booleans. */
function comparison<K extends 'greater' | 'equal'>(opType: string): Writer<K> {
  return ({ inputs, output }) => {
    const truth = `${output}:bool`;
    return [nodeProto(opType, inputs, [truth]), nodeProto('Cast', [truth], [output], { to: BigInt(FLOAT) })];
  };
}

function reduction<K extends ReduceName>(opType: string): Writer<K> {
  return ({ inputs, output, attributes: { axes, keepDims }, integers }) => [
    nodeProto(opType, [...inputs, integers(axes)], [output], { keepdims: flag(keepDims) }),
  ];
}

function toShape<K extends 'reshape' | 'expand'>(opType: string): Writer<K> {
  return ({ inputs, output, attributes: { shape }, integers }) => [
    nodeProto(opType, [...inputs, integers(shape)], [output]),
  ];
}

export const operators: { readonly [K in OpName]: Writer<K> } = {
  add: plain('Add'),
  sub: plain('Sub'),
  mul: plain('Mul'),
  div: plain('Div'),
  greater: comparison('Greater'),
  equal: comparison('Equal'),
  neg: plain('Neg'),
  exp: plain('Exp'),
  log: plain('Log'),
  sqrt: plain('Sqrt'),
  relu: plain('Relu'),
  detach: plain('Identity'),
  // Gemm transposes while it reads; MatMul would need a Transpose of its own.
  matmul: ({ inputs, output, attributes: { transposeA, transposeB } }) => [
    nodeProto('Gemm', inputs, [output], { transA: flag(transposeA), transB: flag(transposeB) }),
  ],
  reduceSum: reduction('ReduceSum'),
  reduceMean: reduction('ReduceMean'),
  reduceMax: reduction('ReduceMax'),
  reshape: toShape('Reshape'),
  expand: toShape('Expand'),
};
