/** A graph as an ONNX model: run once, in and out. */
import type { Graph } from '../graph/graph';
import { lowerGraph } from './lower-graph';
import { graphProto, modelBytes, valueInfo } from './model';
import type { Provider } from './place';

/** What the graph's inputs and outputs are called in the model. */
export const flatNames = {
  input: (name: string) => name,
  output: (name: string) => `out/${name}`,
} as const;

export function flatModel(graph: Graph, provider: Provider): Uint8Array<ArrayBuffer> {
  const outputs = new Map([...graph.outputs].map(([name, value]) => [flatNames.output(name), value]));
  const names = { input: flatNames.input, outputs, prefix: '%' };
  const { nodes, initializers } = lowerGraph(graph, names, provider);
  return modelBytes(
    graphProto('graph', {
      input: [...graph.inputs].map(([name, value]) =>
        valueInfo(flatNames.input(name), graph.nodes[value].shape),
      ),
      output: [...outputs].map(([name, value]) => valueInfo(name, graph.nodes[value].shape)),
      node: nodes,
      initializer: initializers,
    }),
  );
}
