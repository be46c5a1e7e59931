/** Exported networks, run by onnxruntime-web on more rows than they were exported with, against the reference. */
import { describe, expect, it } from 'vitest';
import type { Module } from '../../../torch/nn/module';
import { Generator } from '../../../torch/random/generator';
import { normal } from '../../../torch/random/normal';
import { numelOf, type Shape } from '../../../torch/tensor';
import { runForward } from '../../forward';
import { nodeRuntime } from '../../ort/node-backend';
import { ReferenceBackend } from '../../reference/backend';
import { exportOnnx } from './export-onnx';
import { build, networks } from './testdata/networks';

/** Running statistics away from 0 and 1, where a mistake would not show. */
async function warmedUp(net: Module, input: Shape): Promise<Module> {
  await forward(net.train(), [8, ...input.slice(1)], 1);
  return net.eval();
}

async function forward(net: Module, shape: Shape, seed: number) {
  const values = normal(new Generator(seed), numelOf(shape));
  const { output } = await runForward(new ReferenceBackend(), net, { shape, values }, new Generator(0));
  return { values, output };
}

describe('an exported network', async () => {
  const ort = await nodeRuntime();

  it.each(Object.entries(networks))('%s', async (_name, { input, layers }) => {
    const net = await warmedUp(build(layers), input);
    const session = await ort.InferenceSession.create(exportOnnx(net, input));
    for (const rows of [input[0], input[0] + 3]) {
      const shape = [rows, ...input.slice(1)];
      const { values, output } = await forward(net, shape, 2);
      const { output: got } = await session.run({ input: new ort.Tensor('float32', values, shape) });
      expect(got.dims).toEqual(output.shape);
      const largest = Math.max(
        ...[...(got.data as Float32Array)].map((y, i) => Math.abs(y - output.values[i])),
      );
      expect(largest).toBeLessThan(2e-6);
    }
  });

  it('normalises by the batch where a layer keeps no statistics', async () => {
    const net = build([
      ['BatchNorm1d', { num_features: 3, track_running_stats: false, affine: false }],
    ]).eval();
    const session = await ort.InferenceSession.create(exportOnnx(net, [4, 3]));
    const { values, output } = await forward(net, [6, 3], 3);
    const { output: got } = await session.run({ input: new ort.Tensor('float32', values, [6, 3]) });
    for (const [i, y] of [...(got.data as Float32Array)].entries())
      expect(y).toBeCloseTo(output.values[i], 5);
  });

  it('names a layer that has no place in it', () => {
    expect(() => exportOnnx(build([['Embedding', { num_embeddings: 2, embedding_dim: 3 }]]), [2])).toThrow(
      'nn.Embedding is not exported to ONNX',
    );
  });
});
