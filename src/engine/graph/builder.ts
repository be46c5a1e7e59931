/**
 * Builds a graph node by node. Equal nodes are made once; arithmetic that changes nothing, that constants settle or that
 * one node less can do is left out: on onnxruntime a small network costs by its nodes.
 */
import type { Shape } from '../../torch/tensor';
import { ops } from '../ops';
import type { Op } from '../ops/op';
import {
  type ConvAttributes,
  type Graph,
  type Node,
  type OpAttributes,
  type OpName,
  type OpNode,
  type PoolAttributes,
  sameShape,
  type ValueId,
} from './graph';

const none = {} as const;

export class GraphBuilder {
  private readonly nodes: Node[] = [];
  private readonly inputs = new Map<string, ValueId>();
  private readonly known = new Map<string, ValueId>();

  shapeOf(value: ValueId): Shape {
    return this.nodes[value].shape;
  }

  node(value: ValueId): Node {
    return this.nodes[value];
  }

  /** The input of this name, made when it is first asked for. */
  input(name: string, shape: Shape): ValueId {
    const existing = this.inputs.get(name);
    if (existing === undefined) {
      const value = this.push({ op: 'input', name, shape });
      this.inputs.set(name, value);
      return value;
    }
    if (!sameShape(this.shapeOf(existing), shape)) throw new Error(`input ${name} has two shapes`);
    return existing;
  }

  constant(values: Float32Array, shape: Shape): ValueId {
    return this.once(`constant[${shape}]${values.join()}`, () => ({ op: 'constant', values, shape }));
  }

  scalar(value: number): ValueId {
    return this.constant(Float32Array.of(value), []);
  }

  apply<K extends OpName>(op: K, inputs: readonly ValueId[], attributes: OpAttributes[K]): ValueId {
    const shape = (ops[op] as Op<K>).shape(
      inputs.map((input) => this.shapeOf(input)),
      attributes,
    );
    const key = `${op}(${inputs})${JSON.stringify(attributes)}`;
    return this.once(key, () => ({ op, inputs, attributes, shape }) as OpNode);
  }

  add(a: ValueId, b: ValueId): ValueId {
    if (a === b) return this.mul(a, this.scalar(2));
    const [negatedA, negatedB] = [this.negated(a), this.negated(b)];
    if (negatedB !== null) return this.sub(a, negatedB);
    if (negatedA !== null) return this.sub(b, negatedA);
    const folded = this.folded(a, b, (x, y) => x + y);
    return folded ?? this.neutral(a, b, 0) ?? this.neutral(b, a, 0) ?? this.apply('add', [a, b], none);
  }

  sub(a: ValueId, b: ValueId): ValueId {
    const negated = this.negated(b);
    if (negated !== null) return this.add(a, negated);
    const folded = this.folded(a, b, (x, y) => x - y);
    return folded ?? this.neutral(a, b, 0) ?? this.apply('sub', [a, b], none);
  }

  mul(a: ValueId, b: ValueId): ValueId {
    const folded = this.folded(a, b, (x, y) => x * y) ?? this.scaledTwice(a, b) ?? this.scaledTwice(b, a);
    return folded ?? this.neutral(a, b, 1) ?? this.neutral(b, a, 1) ?? this.apply('mul', [a, b], none);
  }

  div(a: ValueId, b: ValueId): ValueId {
    const folded = this.folded(a, b, (x, y) => x / y);
    return folded ?? this.neutral(a, b, 1) ?? this.apply('div', [a, b], none);
  }

  greater(a: ValueId, b: ValueId): ValueId {
    return this.apply('greater', [a, b], none);
  }

  equal(a: ValueId, b: ValueId): ValueId {
    return this.apply('equal', [a, b], none);
  }

  /** `condition` is a result of `greater` or `equal`. */
  where(condition: ValueId, a: ValueId, b: ValueId): ValueId {
    const { op } = this.nodes[condition];
    if (op !== 'greater' && op !== 'equal') throw new Error(`${op} is no condition`);
    return this.apply('where', [condition, a, b], none);
  }

  neg(x: ValueId): ValueId {
    const constant = this.scalarOf(x);
    return constant === null ? (this.negated(x) ?? this.apply('neg', [x], none)) : this.scalar(-constant);
  }

  exp(x: ValueId): ValueId {
    return this.apply('exp', [x], none);
  }

  log(x: ValueId): ValueId {
    return this.apply('log', [x], none);
  }

  sqrt(x: ValueId): ValueId {
    return this.apply('sqrt', [x], none);
  }

  erf(x: ValueId): ValueId {
    return this.apply('erf', [x], none);
  }

  relu(x: ValueId): ValueId {
    return this.apply('relu', [x], none);
  }

  leakyRelu(x: ValueId, slope: number): ValueId {
    return this.apply('leakyRelu', [x], { slope });
  }

  sigmoid(x: ValueId): ValueId {
    return this.apply('sigmoid', [x], none);
  }

  softplus(x: ValueId): ValueId {
    return this.apply('softplus', [x], none);
  }

  tanh(x: ValueId): ValueId {
    return this.apply('tanh', [x], none);
  }

  softmax(x: ValueId, axis: number): ValueId {
    return this.apply('softmax', [x], { axis });
  }

  detach(x: ValueId): ValueId {
    return this.apply('detach', [x], none);
  }

  /** `centred` and `spread` are computed from x over the axes that `spread` keeps as 1; a weight has its shape. */
  standardize(x: ValueId, centred: ValueId, spread: ValueId, weight: ValueId | null = null): ValueId {
    return this.apply(
      'standardize',
      weight === null ? [x, centred, spread] : [x, centred, spread, weight],
      none,
    );
  }

  matmul(
    a: ValueId,
    b: ValueId,
    transposeA = false,
    transposeB = false,
    bias: ValueId | null = null,
  ): ValueId {
    return this.apply('matmul', bias === null ? [a, b] : [a, b, bias], { transposeA, transposeB });
  }

  conv(x: ValueId, weight: ValueId, attributes: ConvAttributes, bias: ValueId | null = null): ValueId {
    return this.apply('conv', bias === null ? [x, weight] : [x, weight, bias], attributes);
  }

  convTranspose(y: ValueId, weight: ValueId, attributes: ConvAttributes, size: Shape): ValueId {
    return this.apply('convTranspose', [y, weight], { ...attributes, size });
  }

  convWeight(x: ValueId, y: ValueId, attributes: ConvAttributes, kernel: Shape): ValueId {
    return this.apply('convWeight', [x, y], { ...attributes, kernel: [kernel[0], kernel[1]] });
  }

  maxPool(x: ValueId, attributes: PoolAttributes): ValueId {
    return this.apply('maxPool', [x], attributes);
  }

  maxPoolGradient(x: ValueId, y: ValueId, grad: ValueId, attributes: PoolAttributes): ValueId {
    return this.apply('maxPoolGradient', [x, y, grad], attributes);
  }

  avgPool(x: ValueId, attributes: PoolAttributes): ValueId {
    return this.apply('avgPool', [x], attributes);
  }

  reduceSum(x: ValueId, axes: readonly number[], keepDims = false): ValueId {
    return this.apply('reduceSum', [x], { axes, keepDims });
  }

  reduceMean(x: ValueId, axes: readonly number[], keepDims = false): ValueId {
    return this.apply('reduceMean', [x], { axes, keepDims });
  }

  reduceMax(x: ValueId, axes: readonly number[], keepDims = false): ValueId {
    return this.apply('reduceMax', [x], { axes, keepDims });
  }

  reshape(x: ValueId, shape: Shape): ValueId {
    if (sameShape(this.shapeOf(x), shape)) return x;
    const node = this.nodes[x];
    return node.op === 'reshape'
      ? this.reshape(node.inputs[0], shape)
      : this.apply('reshape', [x], { shape });
  }

  expand(x: ValueId, shape: Shape): ValueId {
    return this.apply('expand', [x], { shape });
  }

  /** The graph of these outputs: every input, and the nodes they need. */
  finish(outputs: ReadonlyMap<string, ValueId>): Graph {
    const needed = new Set<ValueId>(outputs.values());
    for (let value = this.nodes.length - 1; value >= 0; value--) {
      const node = this.nodes[value];
      if (node.op === 'input') needed.add(value);
      else if (needed.has(value) && node.op !== 'constant')
        for (const input of node.inputs) needed.add(input);
    }
    const renamed = new Map<ValueId, ValueId>();
    const nodes: Node[] = [];
    for (const [value, node] of this.nodes.entries()) {
      if (!needed.has(value)) continue;
      renamed.set(value, nodes.length);
      nodes.push(
        'inputs' in node ? { ...node, inputs: node.inputs.map((input) => renamed.get(input)!) } : node,
      );
    }
    const rename = (named: ReadonlyMap<string, ValueId>): Map<string, ValueId> =>
      new Map([...named].map(([name, value]) => [name, renamed.get(value)!]));
    return { nodes, inputs: rename(this.inputs), outputs: rename(outputs) };
  }

  private scalarOf(value: ValueId): number | null {
    const node = this.nodes[value];
    return node.op === 'constant' && node.shape.length === 0 ? node.values[0] : null;
  }

  /** y where `value` is -y. */
  private negated(value: ValueId): ValueId | null {
    const node = this.nodes[value];
    return node.op === 'neg' ? node.inputs[0] : null;
  }

  /** `x` itself when `other` is a constant scalar that changes nothing. */
  private neutral(x: ValueId, other: ValueId, element: number): ValueId | undefined {
    return this.scalarOf(other) === element ? x : undefined;
  }

  private folded(a: ValueId, b: ValueId, compute: (x: number, y: number) => number): ValueId | undefined {
    const [x, y] = [this.scalarOf(a), this.scalarOf(b)];
    return x === null || y === null ? undefined : this.scalar(compute(x, y));
  }

  /** (x * c) * d as x * (c * d), for constant scalars. */
  private scaledTwice(product: ValueId, scale: ValueId): ValueId | undefined {
    const node = this.nodes[product];
    const outer = this.scalarOf(scale);
    if (node.op !== 'mul' || outer === null) return undefined;
    const inner = node.inputs.findIndex((input) => this.scalarOf(input) !== null);
    if (inner < 0) return undefined;
    return this.mul(node.inputs[1 - inner], this.scalar(outer * this.scalarOf(node.inputs[inner])!));
  }

  private once(key: string, make: () => Node): ValueId {
    const existing = this.known.get(key);
    if (existing !== undefined) return existing;
    const value = this.push(make());
    this.known.set(key, value);
    return value;
  }

  private push(node: Node): ValueId {
    this.nodes.push(node);
    return this.nodes.length - 1;
  }
}
