/** Memory of a plan: a buffer for each value, given back when the last node that reads it has run. */
import { numelOf } from '../../torch/tensor';
import type { Graph, ValueId } from '../graph/graph';
import { ops } from '../ops';
import type { Floats } from '../ops/op';

export type FloatsConstructor = Float32ArrayConstructor | Float64ArrayConstructor;

/** A buffer per value. Inputs, constants and outputs have one to themselves; the rest share as their lives allow. */
export function allocate(graph: Graph, floats: FloatsConstructor): Floats[] {
  const roots = aliasRoots(graph);
  const lastUse = lastUses(graph, roots);
  const free = new Map<number, Floats[]>();
  const buffers: Floats[] = [];
  for (const [value, node] of graph.nodes.entries()) {
    const root = roots[value];
    const size = numelOf(node.shape);
    if (root !== value) buffers.push(buffers[root]);
    else if (node.op === 'constant') buffers.push(floats.from(node.values));
    else if (node.op === 'input') buffers.push(new floats(size));
    else buffers.push(free.get(size)?.pop() ?? new floats(size));
    // Only now: a node's output must not lie on an operand it still reads.
    for (const ended of lastUse.get(value) ?? []) {
      const length = buffers[ended].length;
      free.set(length, [...(free.get(length) ?? []), buffers[ended]]);
    }
  }
  return buffers;
}

/** The value whose elements each value shares. */
function aliasRoots(graph: Graph): ValueId[] {
  const roots: ValueId[] = [];
  for (const [value, node] of graph.nodes.entries()) {
    roots.push('inputs' in node && ops[node.op].alias ? roots[node.inputs[0]] : value);
  }
  return roots;
}

/** By node, the computed values that nothing reads after it. */
function lastUses(graph: Graph, roots: readonly ValueId[]): Map<ValueId, ValueId[]> {
  const last = new Map<ValueId, ValueId>();
  for (const [value, node] of graph.nodes.entries()) {
    if ('inputs' in node) for (const input of node.inputs) last.set(roots[input], value);
  }
  for (const value of graph.outputs.values()) last.delete(roots[value]);
  const ending = new Map<ValueId, ValueId[]>();
  for (const [root, value] of last) {
    if (!('inputs' in graph.nodes[root])) continue;
    ending.set(value, [...(ending.get(value) ?? []), root]);
  }
  return ending;
}
