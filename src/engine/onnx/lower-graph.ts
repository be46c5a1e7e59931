/** A graph's nodes as ONNX nodes and initializers, for a model's own graph or for the body of a Scan. */

import type { Shape } from '../../torch/tensor';
import type { Graph, OpNode, ValueId } from '../graph/graph';
import { floatTensor, int64Tensor, type NodeProto, nodeProto, type TensorProto } from './model';
import { operators } from './operators';
import type { Place, Provider } from './place';

export interface LoweredNames {
  /** What an input of the graph is called in the model. */
  input(name: string): string;
  /** Each output of the model and the value it gives. */
  readonly outputs: ReadonlyMap<string, ValueId>;
  /** In front of every other name: ONNX has one namespace, in which a body also sees the names around it. */
  readonly prefix: string;
}

export interface LoweredGraph {
  readonly nodes: NodeProto[];
  readonly initializers: TensorProto[];
}

/** Only what the outputs need. */
export function lowerGraph(graph: Graph, names: LoweredNames, provider: Provider): LoweredGraph {
  const nodes: NodeProto[] = [];
  const initializers = new Map<string, TensorProto>();
  const { valueName, copies } = nameValues(graph, names);
  const integers = (values: readonly number[]): string => {
    const name = `${names.prefix}[${values}]`;
    if (!initializers.has(name)) initializers.set(name, int64Tensor(name, values));
    return name;
  };

  const floats = (values: Float32Array, shape: Shape): string => {
    const name = `${names.prefix}[${shape}]${values.join()}`;
    if (!initializers.has(name)) initializers.set(name, floatTensor(name, shape, values));
    return name;
  };

  const live = needed(graph, names.outputs.values());
  const numbers = readAsNumbers(graph, live, names.outputs.values());
  for (const value of live) {
    const node = graph.nodes[value];
    const output = valueName(value);
    if (node.op === 'constant') initializers.set(output, floatTensor(output, node.shape, node.values));
    else if (node.op !== 'input') {
      const inputs = node.inputs.map(valueName);
      const shapes = node.inputs.map((input) => graph.nodes[input].shape);
      const place = { inputs, shapes, output, shape: node.shape, provider, integers, floats };
      nodes.push(...writeNode(node, { ...place, isNumber: numbers.has(value) }));
    }
  }
  for (const [name, value] of copies) nodes.push(nodeProto('Identity', [valueName(value)], [name]));
  return { nodes, initializers: [...initializers.values()] };
}

/** A value that is an output is called so; an output that cannot name its value is a copy of it. */
function nameValues(graph: Graph, { input, outputs, prefix }: LoweredNames) {
  const outputName = new Map<ValueId, string>();
  const copies: [string, ValueId][] = [];
  for (const [name, value] of outputs) {
    const { op } = graph.nodes[value];
    if (op === 'input' || op === 'constant' || outputName.has(value)) copies.push([name, value]);
    else outputName.set(value, name);
  }
  const valueName = (value: ValueId): string => {
    const node = graph.nodes[value];
    return node.op === 'input' ? input(node.name) : (outputName.get(value) ?? `${prefix}${value}`);
  };
  return { valueName, copies };
}

function writeNode(node: OpNode, place: Omit<Place<never>, 'attributes'>): readonly NodeProto[] {
  const write = operators[node.op] as (place: Place<OpNode['op']>) => readonly NodeProto[];
  return write({ ...place, attributes: node.attributes });
}

/** Values that something other than the condition of a `where` reads: a comparison is a number only for those. */
function readAsNumbers(graph: Graph, live: readonly ValueId[], outputs: Iterable<ValueId>): Set<ValueId> {
  const numbers = new Set(outputs);
  for (const value of live) {
    const node = graph.nodes[value];
    if (!('inputs' in node)) continue;
    for (const [i, input] of node.inputs.entries()) if (node.op !== 'where' || i > 0) numbers.add(input);
  }
  return numbers;
}

/** In the graph's order. */
function needed(graph: Graph, outputs: Iterable<ValueId>): readonly ValueId[] {
  const found = new Set(outputs);
  for (let value = graph.nodes.length - 1; value >= 0; value--) {
    const node = graph.nodes[value];
    if (found.has(value) && 'inputs' in node) for (const input of node.inputs) found.add(input);
  }
  return [...found].sort((a, b) => a - b);
}
