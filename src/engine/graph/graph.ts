/**
 * The graph every level runs: primitive operations on float32 tensors whose shapes are known before anything runs.
 *
 * - A node has exactly one output, so a value is named by its node's index. Nodes stand in an order that can be run.
 * - The primitives are chosen so that each is one or two ONNX operators that onnxruntime-web has on WASM and on WebGPU
 *   without a fallback to the CPU (convolution gradients take a few more): no Dropout, BatchNormalization or LogSoftmax.
 *   Comparisons give 1 or 0 as float32. Shapes, kernels and gradients of the primitives are in `../ops`.
 * - Elementwise operators broadcast as in NumPy and ONNX. A scalar has shape [].
 * - Nothing is drawn or counted in a graph: dropout noise, one-hot targets and the factors of running averages are inputs.
 * - It is plain data: it can be posted to a worker as it is.
 */
import type { Shape } from '../../torch/tensor';

/** Attributes of each primitive; its row in `../ops/index.ts` gives shape, kernel and gradient. */
export interface OpAttributes {
  add: NoAttributes;
  sub: NoAttributes;
  mul: NoAttributes;
  div: NoAttributes;
  /** a > b, as 1 or 0. */
  greater: NoAttributes;
  /** a == b, as 1 or 0. */
  equal: NoAttributes;
  /** Of (condition, a, b): a where the condition is 1, b where it is 0. The condition is a result of greater or equal. */
  where: NoAttributes;
  neg: NoAttributes;
  exp: NoAttributes;
  log: NoAttributes;
  sqrt: NoAttributes;
  erf: NoAttributes;
  relu: NoAttributes;
  leakyRelu: { readonly slope: number };
  sigmoid: NoAttributes;
  /** log(1 + exp(x)). */
  softplus: NoAttributes;
  tanh: NoAttributes;
  softmax: { readonly axis: number };
  /** The value itself, through which no gradient flows (`Tensor.detach`). */
  detach: NoAttributes;
  /** Of (x, centred, spread) and perhaps weight: weight * centred / spread, the two computed from x; theirs goes to x. */
  standardize: NoAttributes;
  /** Of two matrices, each transposed first if asked: (n, k) (k, m) -> (n, m); plus a bias (m), if there is a third. */
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean };
  /** Of x (N, C, H, W), weight (O, C / groups, kh, kw) and perhaps bias (O): (N, O, H', W'). */
  conv: ConvAttributes;
  /** Gradient of `conv` by x, of (gradient of the result, weight); `size` is (H, W). */
  convTranspose: ConvAttributes & { readonly size: Shape };
  /** Gradient of `conv` by its weight, of (x, gradient of the result); `kernel` is (kh, kw). */
  convWeight: ConvAttributes & KernelAttributes;
  /** Of x (N, C, H, W): (N, C, H', W'). Padding never wins. */
  maxPool: PoolAttributes;
  /** Gradient of `maxPool` by x, of (x, result, gradient of the result). */
  maxPoolGradient: PoolAttributes;
  /** Of x (N, C, H, W): (N, C, H', W'). Padding counts as zeros. */
  avgPool: PoolAttributes;
  reduceSum: ReduceAttributes;
  reduceMean: ReduceAttributes;
  reduceMax: ReduceAttributes;
  /** Same elements, row-major. */
  reshape: { readonly shape: Shape };
  /** Broadcast to `shape`. */
  expand: { readonly shape: Shape };
}

export type NoAttributes = Readonly<Record<string, never>>;

export interface ReduceAttributes {
  /** Ascending, not negative, not empty. */
  readonly axes: readonly number[];
  /** Whether reduced axes stay, with size 1. */
  readonly keepDims: boolean;
}

/** Along height and width. Windows stand at every stride while they fit between the padding's ends. */
export interface WindowAttributes {
  readonly strides: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
}

export interface KernelAttributes {
  readonly kernel: readonly [number, number];
}

export interface ConvAttributes extends WindowAttributes {
  readonly groups: number;
}

export interface PoolAttributes extends WindowAttributes, KernelAttributes {}

export type OpName = keyof OpAttributes;

/** Index of the node that computes it. */
export type ValueId = number;

export interface InputNode {
  readonly op: 'input';
  readonly name: string;
  readonly shape: Shape;
}

export interface ConstantNode {
  readonly op: 'constant';
  /** Row-major. */
  readonly values: Float32Array;
  readonly shape: Shape;
}

export type OpNode<K extends OpName = OpName> = {
  readonly [Op in K]: {
    readonly op: Op;
    readonly inputs: readonly ValueId[];
    readonly attributes: OpAttributes[Op];
    readonly shape: Shape;
  };
}[K];

export type Node = InputNode | ConstantNode | OpNode;

export interface Graph {
  readonly nodes: readonly Node[];
  /** Every input by name; each is fed at each run, in its node's shape. */
  readonly inputs: ReadonlyMap<string, ValueId>;
  /** Two names may stand for one value, and an output may be an input or a constant. */
  readonly outputs: ReadonlyMap<string, ValueId>;
}

/**
 * A training step as one graph, and how its inputs and outputs run over K steps: the body of an ONNX Scan, or a loop.
 * Each input of the graph is in exactly one of `state`, `perStep` and `shared`.
 */
export interface StepGraph {
  readonly graph: Graph;
  /** Values carried from step to step: the output of one step is the input of the next. Same shape. */
  readonly state: readonly StateLink[];
  /** Inputs with a value for each step (batch, targets, noise, factors): fed with a leading axis of K. */
  readonly perStep: readonly string[];
  /** Inputs with the same value at each step: learning rate, frozen parameters, buffers of modules in evaluation. */
  readonly shared: readonly string[];
  /** Outputs to keep of each step, stacked on a leading axis of K; the first is the loss, a scalar. */
  readonly collected: readonly string[];
}

export interface StateLink {
  readonly input: string;
  readonly output: string;
  readonly shape: Shape;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((d, axis) => d === b[axis]);
}
