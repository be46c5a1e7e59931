/** Level 1: graphs interpreted in plain TypeScript. Starts at once and always works; synchronous inside. */
import type { Backend, Feeds, Results, TrainFeeds, TrainResult } from '../backend';
import type { Graph, StepGraph } from '../graph/graph';
import type { Floats } from '../ops/op';
import { Plan } from './plan';

export class ReferenceBackend implements Backend {
  readonly level = 'reference';
  private plans = new WeakMap<Graph, Plan>();

  runSync(graph: Graph, feeds: Feeds, outputs: readonly string[] = [...graph.outputs.keys()]): Results {
    const plan = this.planOf(graph);
    fill(plan.inputs, graph.inputs.keys(), feeds);
    plan.run();
    return new Map(outputs.map((name) => [name, copyOf(take(plan.outputs, name))]));
  }

  trainSync(step: StepGraph, { state, perStep, shared, steps }: TrainFeeds): TrainResult {
    const plan = this.planOf(step.graph);
    fill(plan.inputs, step.shared, shared);
    fill(
      plan.inputs,
      step.state.map((link) => link.input),
      state,
    );
    const collected: Results = new Map(
      step.collected.map((name) => [name, new Float32Array(take(plan.outputs, name).length * steps)]),
    );
    for (let k = 0; k < steps; k++) {
      for (const name of step.perStep) {
        const input = take(plan.inputs, name);
        input.set(take(perStep, name).subarray(k * input.length, (k + 1) * input.length));
      }
      plan.run();
      for (const [name, values] of collected) {
        const output = take(plan.outputs, name);
        values.set(output, k * output.length);
      }
      for (const link of step.state) take(plan.inputs, link.input).set(take(plan.outputs, link.output));
    }
    const after = step.state.map(({ input }) => [input, copyOf(take(plan.inputs, input))] as const);
    return { state: new Map(after), collected };
  }

  async run(graph: Graph, feeds: Feeds, outputs?: readonly string[]): Promise<Results> {
    return this.runSync(graph, feeds, outputs);
  }

  async train(step: StepGraph, feeds: TrainFeeds): Promise<TrainResult> {
    return this.trainSync(step, feeds);
  }

  async dispose(): Promise<void> {
    this.plans = new WeakMap();
  }

  private planOf(graph: Graph): Plan {
    const plan = this.plans.get(graph) ?? new Plan(graph);
    this.plans.set(graph, plan);
    return plan;
  }
}

/** `Float32Array.from` goes element by element. */
function copyOf(values: Floats): Float32Array {
  return new Float32Array(values);
}

function fill(inputs: ReadonlyMap<string, Floats>, names: Iterable<string>, feeds: Feeds): void {
  for (const name of names) {
    const input = take(inputs, name);
    const values = take(feeds, name);
    if (values.length !== input.length)
      throw new Error(`${name} takes ${input.length} values, not ${values.length}`);
    input.set(values);
  }
}

function take<V>(map: ReadonlyMap<string, V>, name: string): V {
  const value = map.get(name);
  if (value === undefined) throw new Error(`nothing is named ${name}`);
  return value;
}
