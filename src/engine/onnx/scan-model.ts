/**
 * K training steps as one ONNX model: a single `Scan` node whose body is the step. K is known only at run time, so one
 * session serves every K. State runs through the body as its state variables, `perStep` inputs are scanned, `shared`
 * inputs are values the body sees around it (onnx/docs/Operators.md, Scan). It runs on the CPU under every provider.
 */
import type { Shape } from '../../torch/tensor';
import type { StepGraph, ValueId } from '../graph/graph';
import { lowerGraph } from './lower-graph';
import { type GraphProto, graphProto, modelBytes, nodeProto, type ValueInfoProto, valueInfo } from './model';

/** What the step's inputs and outputs are called in the model. */
export const scanNames = {
  input: (name: string) => name,
  /** State after the last step, by `StateLink.input`. */
  state: (input: string) => `state/${input}`,
  collected: (output: string) => `steps/${output}`,
} as const;

const STEPS = 'K';

export function scanModel(step: StepGraph): Uint8Array<ArrayBuffer> {
  const scanned = [...step.state.map(({ input }) => input), ...step.perStep];
  const results = [
    ...step.state.map(({ input, shape }) => valueInfo(scanNames.state(input), shape)),
    ...step.collected.map((name) =>
      valueInfo(scanNames.collected(name), [STEPS, ...outputShape(step, name)]),
    ),
  ];
  const scan = nodeProto(
    'Scan',
    scanned.map(scanNames.input),
    results.map(({ name }) => name),
    { num_scan_inputs: BigInt(step.perStep.length), body: body(step, scanned) },
  );
  const perStep = new Set(step.perStep);
  const input = [...step.graph.inputs.keys()].map((name) => {
    const shape = inputShape(step, name);
    return valueInfo(scanNames.input(name), perStep.has(name) ? [STEPS, ...shape] : shape);
  });
  return modelBytes(graphProto('training', { input, output: results, node: [scan] }));
}

/** One step: state and slices in, new state and what is collected out, in the order of the Scan's own. */
function body(step: StepGraph, scanned: readonly string[]): GraphProto {
  const shared = new Set(step.shared);
  const inStep = (name: string): string => `step/${name}`;
  const outputs = new Map<string, ValueId>();
  const output: ValueInfoProto[] = [];
  const give = (name: string, stepOutput: string): void => {
    outputs.set(name, valueNamed(step, 'outputs', stepOutput));
    output.push(valueInfo(name, outputShape(step, stepOutput)));
  };
  for (const link of step.state) give(`step/state/${link.input}`, link.output);
  for (const name of step.collected) give(`step/collected/${name}`, name);

  const names = {
    input: (name: string) => (shared.has(name) ? scanNames.input(name) : inStep(name)),
    outputs,
    prefix: 'step/%',
  };
  const { nodes, initializers } = lowerGraph(step.graph, names, 'wasm');
  const input = scanned.map((name) => valueInfo(inStep(name), inputShape(step, name)));
  return graphProto('step', { input, output, node: nodes, initializer: initializers });
}

function valueNamed(step: StepGraph, side: 'inputs' | 'outputs', name: string): ValueId {
  const value = step.graph[side].get(name);
  if (value === undefined) throw new Error(`the step has no ${name} among its ${side}`);
  return value;
}

const inputShape = (step: StepGraph, name: string): Shape =>
  step.graph.nodes[valueNamed(step, 'inputs', name)].shape;

const outputShape = (step: StepGraph, name: string): Shape =>
  step.graph.nodes[valueNamed(step, 'outputs', name)].shape;
