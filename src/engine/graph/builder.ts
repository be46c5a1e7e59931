/** Builds a graph node by node. Equal nodes are made once, arithmetic that changes nothing is left out. */
import type { Shape } from '../../torch/tensor';
import { ops } from '../ops';
import type { Op } from '../ops/op';
import {
  type Graph,
  type Node,
  type OpAttributes,
  type OpName,
  type OpNode,
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
    return this.neutral(a, b, 0) ?? this.neutral(b, a, 0) ?? this.apply('add', [a, b], none);
  }

  sub(a: ValueId, b: ValueId): ValueId {
    return this.neutral(a, b, 0) ?? this.apply('sub', [a, b], none);
  }

  mul(a: ValueId, b: ValueId): ValueId {
    return this.neutral(a, b, 1) ?? this.neutral(b, a, 1) ?? this.apply('mul', [a, b], none);
  }

  div(a: ValueId, b: ValueId): ValueId {
    return this.neutral(a, b, 1) ?? this.apply('div', [a, b], none);
  }

  greater(a: ValueId, b: ValueId): ValueId {
    return this.apply('greater', [a, b], none);
  }

  equal(a: ValueId, b: ValueId): ValueId {
    return this.apply('equal', [a, b], none);
  }

  neg(x: ValueId): ValueId {
    const node = this.nodes[x];
    return node.op === 'neg' ? node.inputs[0] : this.apply('neg', [x], none);
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

  relu(x: ValueId): ValueId {
    return this.apply('relu', [x], none);
  }

  detach(x: ValueId): ValueId {
    return this.apply('detach', [x], none);
  }

  matmul(a: ValueId, b: ValueId, transposeA = false, transposeB = false): ValueId {
    return this.apply('matmul', [a, b], { transposeA, transposeB });
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
    return sameShape(this.shapeOf(x), shape) ? x : this.apply('reshape', [x], { shape });
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

  /** `x` itself when `other` is a constant scalar that changes nothing. */
  private neutral(x: ValueId, other: ValueId, element: number): ValueId | undefined {
    const node = this.nodes[other];
    return node.op === 'constant' && node.shape.length === 0 && node.values[0] === element ? x : undefined;
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
