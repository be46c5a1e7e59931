/** The engine against the committed golden cases; and the check itself, against engines that are wrong on purpose. */
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReferenceBackend } from '../../src/engine';
import type { Feeds, TrainFeeds } from '../../src/engine/backend';
import type { Graph, Node, StepGraph } from '../../src/engine/graph/graph';
import { sgd } from '../../src/engine/graph/optimizers/sgd';
import { type CaseResult, goldenResults } from './golden';
import { readCase } from './golden-case';
import { runCase } from './golden-protocol';

const dir = fileURLToPath(new URL('../../src/engine/testdata/golden', import.meta.url));

async function resultsOf(backend: ReferenceBackend): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for await (const result of goldenResults(dir, backend)) results.push(result);
  return results;
}

describe('golden cases', async () => {
  const results = await resultsOf(new ReferenceBackend());

  it('are found', () => {
    expect(results.filter(({ worst }) => worst !== undefined).length).toBeGreaterThanOrEqual(6);
  });

  it.each(results)('$name', ({ differences }) => {
    expect(differences).toEqual([]);
  });
});

/** An engine with one mistake: in constants of its graphs, or in what they are fed. */
class Mutant extends ReferenceBackend {
  private readonly graphs = new Map<Graph, Graph>();
  private readonly constant: (value: number) => number;
  private readonly feed: (name: string, values: Float32Array) => Float32Array;

  constructor(constant: (value: number) => number, feed = (_name: string, values: Float32Array) => values) {
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

const same = (value: number): number => value;
const close = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6 * Math.abs(b);
/** n / (n - 1) for the sizes in the cases. */
const corrections = [6 * 5, 8, 9, 27].map((n) => n / (n - 1));

const mutants: Readonly<Record<string, () => ReferenceBackend>> = {
  'running variance biased': () =>
    new Mutant((value) => (corrections.some((c) => close(value, c)) ? 1 : value)),
  'eps of another layer': () => new Mutant((value) => (close(value, 1e-5) ? 1e-3 : value)),
  'classic dropout, unscaled': () =>
    new Mutant(same, (name, values) => (name.startsWith('noise:') ? values.map(Math.sign) : values)),
  'dropout keeping what it should drop': () =>
    new Mutant(same, (name, values) =>
      name.startsWith('noise:') ? values.map((value) => Math.max(...values) - value) : values,
    ),
  'BatchNorm momentum inverted': () =>
    new Mutant(same, (name, values) =>
      name.startsWith('factor:') ? values.map((value) => 1 - value) : values,
    ),
  'BatchNorm momentum None ignored': () =>
    new Mutant(same, (name, values) => (name.startsWith('factor:') ? values.map(() => 0.1) : values)),
  'dampening in the first step': () =>
    new Mutant(same, (name, values) =>
      name.startsWith('scalar:gradient_share:') ? values.map(() => 0.7) : values,
    ),
  'learning rate off by a thousandth': () =>
    new Mutant(same, (name, values) =>
      name.startsWith('lr:') ? values.map((value) => value * 1.001) : values,
    ),
  'loss not averaged': () =>
    new Mutant(same, (name, values) =>
      name === 'target' ? values.map((value) => Math.sign(value)) : values,
    ),
};

/** Cases whose numbers are wrong: an engine that broke down altogether would prove nothing. */
async function caughtBy(backend: ReferenceBackend): Promise<CaseResult[]> {
  const isNumber = (difference: string): boolean => difference.includes(' off by ');
  return (await resultsOf(backend)).filter(({ differences }) => differences.some(isNumber));
}

describe('the check catches', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(Object.entries(mutants))('%s', async (_name, make) => {
    expect(await caughtBy(make())).not.toEqual([]);
  });

  it.each(['momentum', 'weight_decay', 'nesterov'])('an optimizer that ignores %s', async (option) => {
    const { lower } = sgd;
    vi.spyOn(sgd, 'lower').mockImplementation((slot, gradient, builder) => {
      const options = new Map([...slot.group.options, [option, option === 'nesterov' ? false : 0]] as const);
      return lower({ ...slot, group: { ...slot.group, options } }, gradient, builder);
    });
    expect(await caughtBy(new ReferenceBackend())).not.toEqual([]);
  });

  it.each([
    ['a missing zero_grad', '000-momentum-none-dropout-nesterov', { zero_grad: false }],
    ['a zero_grad too many', '002-no-zero-grad', {}],
    ['one batch for a step of three', '003-accumulate-freeze', { freeze: ['0.weight'] }],
    ['a frozen parameter that moves', '003-accumulate-freeze', { accumulate: 3 }],
    ['a module in the wrong mode', '000-momentum-none-dropout-nesterov', { eval_modules: ['1'] }],
  ] as const)('%s', async (_name, id, options) => {
    const golden = readCase(dir, id);
    expect((await runCase(golden, new ReferenceBackend())).differences).toEqual([]);
    const { differences } = await runCase({ ...golden, options }, new ReferenceBackend());
    expect(differences.join()).toContain(' off by ');
  });

  it('a seed read as a double', async () => {
    const golden = readCase(dir, '001-nested-names-dampening');
    const { differences } = await runCase({ ...golden, seed: golden.seed + 1n }, new ReferenceBackend());
    expect(differences.some((difference) => difference.startsWith('init.'))).toBe(true);
  });

  it('a tensor that was not computed', async () => {
    const golden = readCase(dir, '002-no-zero-grad');
    const tensors = { ...golden.tensors, 'B.more': golden.tensors['B.loss'] };
    const { differences } = await runCase({ ...golden, tensors }, new ReferenceBackend());
    expect(differences).toEqual(['B.more was not computed']);
  });
});
