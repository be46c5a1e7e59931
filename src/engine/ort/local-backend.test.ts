/** Order of calls on an onnxruntime that never runs: two at once hang the real one's WebGPU provider. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder';
import type { Graph } from '../graph/graph';
import { LocalBackend, type OrtModule } from './local-backend';
import { SESSION_CAPACITY } from './protocol';
import { Queue } from './queue';

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Counts how many calls are under way at once, and sessions made and released. */
class FakeOrt {
  atOnce = 0;
  most = 0;
  created = 0;
  released = 0;
  readonly module = {
    Tensor: class {},
    InferenceSession: { create: () => this.call(() => this.session()) },
  } as unknown as OrtModule;

  private session() {
    this.created++;
    return {
      run: () => this.call(() => ({ 'out/y': { data: Float32Array.of(1) } })),
      release: () =>
        this.call(() => {
          this.released++;
        }),
    };
  }

  private async call<T>(result: () => T): Promise<T> {
    this.most = Math.max(this.most, ++this.atOnce);
    await turn();
    this.atOnce--;
    return result();
  }
}

function graph(): Graph {
  const b = new GraphBuilder();
  return b.finish(new Map([['y', b.neg(b.input('x', []))]]));
}

const feeds = new Map([['x', Float32Array.of(1)]]);

describe('LocalBackend', () => {
  it('has one call under way at a time, across graphs and levels of one queue', async () => {
    const ort = new FakeOrt();
    const queue = new Queue();
    const wasm = new LocalBackend('wasm', ort.module, queue);
    const webgpu = new LocalBackend('webgpu', ort.module, queue);
    const [one, two] = [graph(), graph()];
    await Promise.all([
      wasm.run(one, feeds),
      webgpu.run(one, feeds),
      webgpu.run(two, feeds),
      wasm.run(one, feeds),
      webgpu.dispose(),
    ]);
    expect(ort.most).toBe(1);
    expect(ort.created).toBe(3);
    expect(ort.released).toBe(2);
  });

  it('makes one session per graph and releases those least used', async () => {
    const ort = new FakeOrt();
    const backend = new LocalBackend('wasm', ort.module, new Queue());
    const [first, second] = [graph(), graph()];
    await backend.run(first, feeds);
    await backend.run(second, feeds);
    for (let i = 0; i < SESSION_CAPACITY - 1; i++) {
      await backend.run(graph(), feeds);
      await backend.run(first, feeds);
    }
    expect(ort.created).toBe(SESSION_CAPACITY + 1);
    expect(ort.released).toBe(1);
    await backend.run(second, feeds);
    expect(ort.created).toBe(SESSION_CAPACITY + 2);
    await backend.dispose();
    expect(ort.released).toBe(SESSION_CAPACITY + 2);
  });
});
