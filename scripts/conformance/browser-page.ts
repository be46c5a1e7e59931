/** The page's end of the WebGPU level in a conformance run: what a notebook uses, called by name and number from Node. */
import type { Backend } from '../../src/engine';
import type { Feeds, TrainFeeds } from '../../src/engine/backend';
import type { Graph, StepGraph } from '../../src/engine/graph/graph';
import { openLevels } from '../../src/engine/open-levels';
import { OrtError } from '../../src/engine/ort';
import { fromWire, toWire } from './wire';

export interface PageBackend {
  /** Why this browser cannot have the level; `null` when it is ready. */
  open(): Promise<string | null>;
  /** A graph, under a number to speak of it by. */
  define(number: number, graph: string): void;
  run(number: number, feeds: string, outputs: readonly string[]): Promise<string>;
  train(number: number, feeds: string): Promise<string>;
}

declare global {
  var pageBackend: PageBackend | undefined;
}

const graphs = new Map<number, Graph | StepGraph>();
let backend: Backend | null = null;

globalThis.pageBackend = {
  async open() {
    try {
      backend = await openLevels().open('webgpu', () => undefined);
      return null;
    } catch (error) {
      if (!(error instanceof OrtError && ['unsupported', 'no-adapter'].includes(error.code))) throw error;
      return error.message;
    }
  },
  define(number, graph) {
    graphs.set(number, fromWire<Graph | StepGraph>(graph));
  },
  async run(number, feeds, outputs) {
    return toWire(await opened().run(graphs.get(number) as Graph, fromWire<Feeds>(feeds), outputs));
  },
  async train(number, feeds) {
    return toWire(await opened().train(graphs.get(number) as StepGraph, fromWire<TrainFeeds>(feeds)));
  },
};

function opened(): Backend {
  if (!backend) throw new Error('the level is not open');
  return backend;
}
