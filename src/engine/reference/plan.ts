/** A graph made ready to run in TypeScript: memory allocated once, a bound kernel per node. */
import type { Graph, OpName } from '../graph/graph';
import { ops } from '../ops';
import type { Floats, Op } from '../ops/op';
import { allocate, type FloatsConstructor } from './memory';

export class Plan {
  /** Written before a run. */
  readonly inputs: ReadonlyMap<string, Floats>;
  /** Valid after a run, until the next. */
  readonly outputs: ReadonlyMap<string, Floats>;
  private readonly kernels: readonly (() => void)[];

  /** float64 serves tests alone: it makes finite differences sharp enough to check gradients with. */
  constructor(graph: Graph, floats: FloatsConstructor = Float32Array) {
    const buffers = allocate(graph, floats);
    const operand = (value: number) => ({ data: buffers[value], shape: graph.nodes[value].shape });
    const named = (values: ReadonlyMap<string, number>): Map<string, Floats> =>
      new Map([...values].map(([name, value]) => [name, buffers[value]]));
    this.inputs = named(graph.inputs);
    this.outputs = named(graph.outputs);
    this.kernels = graph.nodes.flatMap((node, value) => {
      if (!('inputs' in node)) return [];
      const op = ops[node.op] as Op<OpName>;
      return op.alias ? [] : [op.kernel(node.inputs.map(operand), operand(value), node.attributes)];
    });
  }

  run(): void {
    for (const kernel of this.kernels) kernel();
  }
}
