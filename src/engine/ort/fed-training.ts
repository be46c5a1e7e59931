/** K steps one by one, every value through the CPU: slow, and all it asks of a level is that it runs graphs. */
import type { Backend, TrainFeeds, TrainResult } from '../backend';
import type { StepGraph } from '../graph/graph';

export async function trainFed(
  run: Backend['run'],
  step: StepGraph,
  feeds: TrainFeeds,
): Promise<TrainResult> {
  const { steps } = feeds;
  const state = new Map(step.state.map(({ input }) => [input, feeds.state.get(input)!]));
  const shared = step.shared.map((name) => [name, feeds.shared.get(name)!] as const);
  const collected = new Map<string, Float32Array>();
  for (let k = 0; k < steps; k++) {
    const slices = step.perStep.map((name) => {
      const values = feeds.perStep.get(name)!;
      const length = values.length / steps;
      return [name, values.subarray(k * length, (k + 1) * length)] as const;
    });
    const results = await run(step.graph, new Map([...state, ...shared, ...slices]));
    for (const { input, output } of step.state) state.set(input, results.get(output)!);
    for (const name of step.collected) {
      const values = results.get(name)!;
      if (k === 0) collected.set(name, new Float32Array(steps * values.length));
      collected.get(name)!.set(values, k * values.length);
    }
  }
  return { state, collected };
}
