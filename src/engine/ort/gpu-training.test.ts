/** The three ways of training on a device that is made of arrays, with sessions that compute on the reference or lie. */
import type * as Ort from 'onnxruntime-web/wasm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TrainFeeds, TrainResult } from '../backend';
import { GraphBuilder } from '../graph/builder';
import type { StepGraph } from '../graph/graph';
import { flatNames } from '../onnx';
import { ReferenceBackend } from '../reference/backend';
import { GpuTraining } from './gpu-training';

const reference = new ReferenceBackend();
const ROWS = 2;

/** Gradient descent on squared error, whose loss has a scalar per step to depend on. */
function makeStep(): StepGraph {
  const b = new GraphBuilder();
  const x = b.input('x', [ROWS, 3]);
  const weight = b.input('weight', [3, 1]);
  const y = b.matmul(x, weight);
  const next = b.sub(weight, b.mul(b.input('lr', []), b.matmul(x, y, true)));
  const outputs = new Map([
    ['loss', b.mul(b.reduceMean(b.mul(y, y), [0, 1]), b.input('factor', []))],
    ['next', next],
    ['y', y],
  ]);
  return {
    graph: b.finish(outputs),
    state: [{ input: 'weight', output: 'next', shape: [3, 1] }],
    perStep: ['x', 'factor'],
    shared: ['lr'],
    collected: ['loss', 'y'],
  };
}

function feedsOf(steps: number): TrainFeeds {
  const waves = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i + 1));
  return {
    state: new Map([['weight', waves(3)]]),
    perStep: new Map([
      ['x', waves(steps * ROWS * 3)],
      ['factor', Float32Array.from({ length: steps }, (_, k) => k + 1)],
    ]),
    shared: new Map([['lr', Float32Array.of(0.1)]]),
    steps,
  };
}

class FakeBuffer {
  readonly bytes: Uint8Array;
  constructor({ size }: { size: number }) {
    this.bytes = new Uint8Array(size);
    alive.add(this);
  }
  async mapAsync(): Promise<void> {}
  getMappedRange(): ArrayBuffer {
    return this.bytes.buffer as ArrayBuffer;
  }
  destroy(): void {
    alive.delete(this);
  }
}

type Copy = readonly [from: FakeBuffer, at: number, to: FakeBuffer, toAt: number, size: number];

/** Copies wait for their submission, as they do on a device. */
const device = {
  createBuffer: (descriptor: { size: number }) => new FakeBuffer(descriptor),
  createCommandEncoder() {
    const copies: Copy[] = [];
    return { copyBufferToBuffer: (...copy: Copy) => copies.push(copy), finish: () => copies };
  },
  queue: {
    writeBuffer(buffer: FakeBuffer, at: number, { buffer: memory, byteOffset, byteLength }: Float32Array) {
      buffer.bytes.set(new Uint8Array(memory as ArrayBuffer, byteOffset, byteLength), at);
    },
    submit([copies]: readonly Copy[][]) {
      for (const [from, at, to, toAt, size] of copies) to.bytes.set(from.bytes.slice(at, at + size), toAt);
    },
  },
};

/** What this device and runtime can do. */
let captureIs: 'right' | 'refused' | 'stale';
let residenceIs: 'right' | 'refused';
let alive: Set<FakeBuffer>;
let sessions: FakeSession[];
let fedRuns: number;

class FakeSession {
  readonly captured: boolean;
  runs = 0;
  released = false;
  private readonly step: StepGraph;

  constructor(step: StepGraph, captured: boolean) {
    this.step = step;
    this.captured = captured;
    sessions.push(this);
  }

  async run(tensors: Readonly<Record<string, { gpuBuffer: FakeBuffer; length: number }>>) {
    this.runs++;
    const { graph } = this.step;
    const feeds = new Map(
      [...graph.inputs.keys()].map((name) => {
        const { gpuBuffer, length } = tensors[flatNames.input(name)];
        return [name, new Float32Array(gpuBuffer.bytes.slice().buffer, 0, length)];
      }),
    );
    // A replay that reads what was there when it was recorded.
    if (this.captured && captureIs === 'stale' && this.runs > 1) feeds.get('x')?.fill(0.5);
    const outputs = [...reference.runSync(graph, feeds)].map(([name, values]) => {
      const gpuBuffer = new FakeBuffer({ size: values.byteLength });
      gpuBuffer.bytes.set(new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength));
      return [flatNames.output(name), { gpuBuffer, dispose: () => gpuBuffer.destroy() }];
    });
    return Object.fromEntries(outputs);
  }

  async release(): Promise<void> {
    this.released = true;
  }
}

function gpuTraining(step: StepGraph, capacity = 4): GpuTraining {
  const tensor = {
    fromGpuBuffer: (gpuBuffer: FakeBuffer, { dims }: { dims: readonly number[] }) => ({
      gpuBuffer,
      length: dims.reduce((n, d) => n * d, 1),
    }),
  };
  return new GpuTraining(
    {
      ort: { Tensor: tensor } as unknown as Pick<typeof Ort, 'Tensor'>,
      device: async () => device as unknown as GPUDevice,
      async createSession(_model, { enableGraphCapture = false }) {
        if (residenceIs === 'refused' || (enableGraphCapture && captureIs === 'refused'))
          throw new Error('no');
        return new FakeSession(step, enableGraphCapture) as unknown as Ort.InferenceSession;
      },
      async run(graph, feeds) {
        fedRuns++;
        return reference.runSync(graph, feeds);
      },
    },
    capacity,
  );
}

function expectSame(got: TrainResult, want: TrainResult): void {
  expect([...got.state]).toEqual([...want.state]);
  expect([...got.collected]).toEqual([...want.collected]);
}

beforeEach(() => {
  captureIs = 'right';
  residenceIs = 'right';
  alive = new Set();
  sessions = [];
  fedRuns = 0;
});

describe('training on WebGPU', () => {
  const step = makeStep();

  it('carries state on the device and reads each step', async () => {
    const gpu = gpuTraining(step);
    for (const steps of [1, 4, 7, 2])
      expectSame(await gpu.train(step, feedsOf(steps)), reference.trainSync(step, feedsOf(steps)));
  });

  it('replays a step that comes again, once replay has shown itself right', async () => {
    const gpu = gpuTraining(step);
    await gpu.train(step, feedsOf(5));
    const captured = sessions.find((session) => session.captured);
    expect(sessions).toHaveLength(2);
    const before = captured?.runs ?? 0;
    await gpu.train(step, feedsOf(5));
    expect(captured?.runs).toBe(before + 5);
  });

  it.each(['refused', 'stale'] as const)('trains in plain runs where capture is %s', async (capture) => {
    captureIs = capture;
    const gpu = gpuTraining(step);
    for (const steps of [5, 6, 7])
      expectSame(await gpu.train(step, feedsOf(steps)), reference.trainSync(step, feedsOf(steps)));
    expect(sessions.filter(({ captured, released }) => captured && !released)).toEqual([]);
    expect(sessions[0].runs).toBeGreaterThanOrEqual(18);
  });

  it('feeds every step where values cannot stay on the device', async () => {
    residenceIs = 'refused';
    const gpu = gpuTraining(step);
    expectSame(await gpu.train(step, feedsOf(3)), reference.trainSync(step, feedsOf(3)));
    expect(sessions).toEqual([]);
    expect(fedRuns).toBe(6);
  });

  it('gives every session and buffer back', async () => {
    const gpu = gpuTraining(step, 1);
    const other = { ...step };
    for (const each of [step, step, other, step]) await gpu.train(each, feedsOf(4));
    expect(sessions.filter(({ released }) => !released)).toHaveLength(1);
    await gpu.dispose();
    expect(sessions.every(({ released }) => released)).toBe(true);
    expect(alive.size).toBe(0);
  });

  it('keeps what it had when a run fails', async () => {
    const gpu = gpuTraining(step);
    await gpu.train(step, feedsOf(1));
    const feeds = feedsOf(2);
    const [session] = sessions;
    session.run = () => Promise.reject(new Error('the device is gone'));
    const held = alive.size;
    await expect(gpu.train(step, feeds)).rejects.toThrow('the device is gone');
    expect(feeds).toEqual(feedsOf(2));
    expect(alive.size).toBe(held);
  });
});
