/**
 * A training step whose inputs stay on the GPU: a run reads them there, and copies on the device carry its new state back
 * into them. Between the first step and the last nothing passes through the CPU.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import { numelOf } from '../../torch/tensor';
import type { Feeds, Results, TrainFeeds, TrainResult } from '../backend';
import type { StepGraph } from '../graph/graph';
import { flatNames } from '../onnx';
import { bufferUsage } from './gpu-flags';
import { Readback } from './readback';

const FLOAT_BYTES = 4;
/** onnxruntime's kernels read whole vectors of four floats. */
const VECTOR_BYTES = 16;

interface Input {
  readonly buffer: GPUBuffer;
  /** The same memory as a session takes it: one tensor for all runs, as a captured run knows no other. */
  readonly tensor: Ort.Tensor;
  readonly length: number;
}

/** Values of each step, waiting on the device. */
interface Slices {
  readonly buffer: GPUBuffer;
  /** In floats, by input: where its first slice is. */
  readonly starts: ReadonlyMap<string, number>;
}

export class ResidentStep {
  private readonly device: GPUDevice;
  private readonly step: StepGraph;
  private readonly inputs: ReadonlyMap<string, Input>;
  private readonly feeds: Record<string, Ort.Tensor> = {};

  constructor(ort: Pick<typeof Ort, 'Tensor'>, device: GPUDevice, step: StepGraph) {
    this.device = device;
    this.step = step;
    const inputs = new Map<string, Input>();
    for (const [name, value] of step.graph.inputs) {
      const { shape } = step.graph.nodes[value];
      const length = numelOf(shape);
      const buffer = device.createBuffer({
        size: Math.ceil((length * FLOAT_BYTES) / VECTOR_BYTES) * VECTOR_BYTES,
        usage: bufferUsage.storage | bufferUsage.copyTarget | bufferUsage.copySource,
      });
      const tensor = ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: shape });
      inputs.set(name, { buffer, tensor, length });
      this.feeds[flatNames.input(name)] = tensor;
    }
    this.inputs = inputs;
  }

  /** Runs a session of the step's flat model, with outputs on the device, K times. */
  async train(session: Ort.InferenceSession, feeds: TrainFeeds): Promise<TrainResult> {
    const { device, step } = this;
    const slices = this.upload(feeds);
    const readback = new Readback(
      device,
      new Map([
        ...step.state.map(({ input }) => [stateName(input), this.input(input).length] as const),
        ...step.collected.map(
          (name) => [collectedName(name), this.outputLength(name) * feeds.steps] as const,
        ),
      ]),
    );
    try {
      this.submit((encoder) => this.enterStep(encoder, slices, 0));
      for (let k = 0; k < feeds.steps; k++) {
        const outputs = await session.run(this.feeds);
        this.submit((encoder) => {
          this.leaveStep(encoder, outputs, readback, k);
          if (k + 1 < feeds.steps) this.enterStep(encoder, slices, k + 1);
        });
        for (const output of Object.values(outputs)) output.dispose();
      }
      this.submit((encoder) => {
        for (const { input } of step.state)
          readback.take(encoder, stateName(input), this.input(input).buffer);
      });
      const results = await readback.read();
      const inputs = step.state.map(({ input }) => input);
      return {
        state: pick(results, inputs, stateName),
        collected: pick(results, step.collected, collectedName),
      };
    } finally {
      readback.destroy();
      slices.buffer.destroy();
    }
  }

  destroy(): void {
    for (const { buffer } of this.inputs.values()) buffer.destroy();
  }

  private upload({ state, shared, perStep, steps }: TrainFeeds): Slices {
    const { queue } = this.device;
    const fed: readonly (readonly [readonly string[], Feeds])[] = [
      [this.step.state.map(({ input }) => input), state],
      [this.step.shared, shared],
    ];
    for (const [names, values] of fed) {
      for (const name of names) queue.writeBuffer(this.input(name).buffer, 0, valuesOf(values, name));
    }
    const starts = new Map<string, number>();
    let length = 0;
    for (const name of this.step.perStep) {
      starts.set(name, length);
      length += this.input(name).length * steps;
    }
    const buffer = this.device.createBuffer({
      size: Math.max(length * FLOAT_BYTES, VECTOR_BYTES),
      usage: bufferUsage.copyTarget | bufferUsage.copySource,
    });
    for (const [name, start] of starts)
      queue.writeBuffer(buffer, start * FLOAT_BYTES, valuesOf(perStep, name));
    return { buffer, starts };
  }

  /** This step's slices to where the session reads. */
  private enterStep(encoder: GPUCommandEncoder, { buffer, starts }: Slices, k: number): void {
    for (const [name, start] of starts) {
      const input = this.input(name);
      const from = (start + k * input.length) * FLOAT_BYTES;
      encoder.copyBufferToBuffer(buffer, from, input.buffer, 0, input.length * FLOAT_BYTES);
    }
  }

  /** New state to where the next step reads it, and what is collected to where it waits. */
  private leaveStep(
    encoder: GPUCommandEncoder,
    outputs: Ort.InferenceSession.OnnxValueMapType,
    readback: Readback,
    k: number,
  ): void {
    const bufferOf = (name: string): GPUBuffer => outputs[flatNames.output(name)].gpuBuffer as GPUBuffer;
    for (const { input, output } of this.step.state) {
      const { buffer, length } = this.input(input);
      encoder.copyBufferToBuffer(bufferOf(output), 0, buffer, 0, length * FLOAT_BYTES);
    }
    for (const name of this.step.collected) {
      readback.take(encoder, collectedName(name), bufferOf(name), {
        length: this.outputLength(name),
        slice: k,
      });
    }
  }

  private submit(record: (encoder: GPUCommandEncoder) => void): void {
    const encoder = this.device.createCommandEncoder();
    record(encoder);
    this.device.queue.submit([encoder.finish()]);
  }

  private input(name: string): Input {
    const input = this.inputs.get(name);
    if (!input) throw new Error(`the step has no input ${name}`);
    return input;
  }

  private outputLength(name: string): number {
    const { graph } = this.step;
    return numelOf(graph.nodes[graph.outputs.get(name)!].shape);
  }
}

function valuesOf(feeds: Feeds, name: string): Float32Array<ArrayBuffer> {
  const values = feeds.get(name);
  if (!values) throw new Error(`nothing is fed for ${name}`);
  return values as Float32Array<ArrayBuffer>;
}

/** A parameter may be called what an output is called. */
const stateName = (input: string): string => `state/${input}`;
const collectedName = (output: string): string => `steps/${output}`;

function pick(results: Results, names: readonly string[], kept: (name: string) => string): Results {
  return new Map(names.map((name) => [name, results.get(kept(name))!]));
}
