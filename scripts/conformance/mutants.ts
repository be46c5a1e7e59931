/**
 * Engines that are wrong on purpose: each makes one mistake, and the golden cases must notice. A mistake is in a constant
 * of a graph or a value it is fed, in a primitive, or in what a rule does with a layer, a loss or an optimizer.
 */
import { ReferenceBackend } from '../../src/engine';
import type { Feeds, TrainFeeds } from '../../src/engine/backend';
import type { Graph, Node, StepGraph } from '../../src/engine/graph/graph';

type Constant = (value: number) => number;
type Feed = (name: string, values: Float32Array) => Float32Array;

const same = <T>(value: T): T => value;

export class MutantBackend extends ReferenceBackend {
  private readonly graphs = new Map<Graph, Graph>();
  private readonly constant: Constant;
  private readonly feed: Feed;

  constructor(constant: Constant, feed: Feed = (_name, values) => values) {
    super();
    this.constant = constant;
    this.feed = feed;
  }

  override runSync(graph: Graph, feeds: Feeds, outputs?: readonly string[]) {
    return super.runSync(this.mutated(graph), this.fed(feeds), outputs);
  }

  override trainSync(step: StepGraph, feeds: TrainFeeds) {
    return super.trainSync(
      { ...step, graph: this.mutated(step.graph) },
      { ...feeds, perStep: this.fed(feeds.perStep), shared: this.fed(feeds.shared) },
    );
  }

  private mutated(graph: Graph): Graph {
    const known = this.graphs.get(graph);
    if (known) return known;
    const change = (node: Node): Node =>
      node.op === 'constant' ? { ...node, values: node.values.map(this.constant) } : node;
    const made = { ...graph, nodes: graph.nodes.map(change) };
    this.graphs.set(graph, made);
    return made;
  }

  private fed(feeds: Feeds): Feeds {
    return new Map([...feeds].map(([name, values]) => [name, this.feed(name, values)]));
  }
}

const close = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6 * Math.abs(b);

/** n / (n - 1) for the batches of the cases. */
const corrections = [5 * 36, 6 * 5, 8, 9, 27].map((n) => n / (n - 1));

function constants(constant: Constant): () => MutantBackend {
  return () => new MutantBackend(constant);
}

function feeds(prefix: string, change: (value: number, all: Float32Array) => number): () => MutantBackend {
  return () =>
    new MutantBackend(same, (name, values) =>
      name.startsWith(prefix) ? values.map((value) => change(value, values)) : values,
    );
}

/** Mistakes in what graphs hold and are fed. */
export const fedMutants: Readonly<Record<string, () => MutantBackend>> = {
  'running variance biased': constants((value) => (corrections.some((c) => close(value, c)) ? 1 : value)),
  'eps of another layer': constants((value) => (close(value, 1e-5) ? 1e-3 : value)),
  'eps of Adam left out': constants((value) => (close(value, 0.003) ? 0 : value)),
  'beta2 for beta1': constants((value) => (close(value, 0.2) ? 0.05 : value)),
  'narrower GELU': constants((value) => (close(value, Math.SQRT1_2) ? 0.7 : value)),
  'classic dropout, unscaled': feeds('noise:', Math.sign),
  'dropout keeping what it should drop': feeds('noise:', (value, all) => Math.max(...all) - value),
  'BatchNorm momentum inverted': feeds('factor:', (value) => 1 - value),
  'BatchNorm momentum None ignored': feeds('factor:', () => 0.1),
  'dampening in the first step': feeds('scalar:gradient_share:', () => 0.7),
  'no bias correction of the first moment': feeds('scalar:step_size:', () => 0.01),
  'no bias correction of the second moment': feeds('scalar:bias_correction2_sqrt:', () => 1),
  'AdamW without decay': feeds('scalar:kept:', () => 1),
  'learning rate off by a thousandth': feeds('lr:', (value) => value * 1.001),
  'loss not averaged': feeds('target', Math.sign),
};
