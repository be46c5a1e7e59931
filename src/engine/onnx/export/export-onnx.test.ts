/** Exported networks, run by onnxruntime-web on more rows than they were exported with, against the reference. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { Sequential } from '../../../torch/nn/container';
import type { Module } from '../../../torch/nn/module';
import { createLayer, layerClasses } from '../../../torch/nn/registry';
import { PyFloat, PyTuple, type PyValue } from '../../../torch/python/values';
import { Generator } from '../../../torch/random/generator';
import { normal } from '../../../torch/random/normal';
import { numelOf, type Shape } from '../../../torch/tensor';
import { runForward } from '../../forward';
import { ReferenceBackend } from '../../reference/backend';
import { onnxPython } from '../testdata/onnx-python';
import { exportOnnx } from './export-onnx';

type Argument = number | boolean | string | null | readonly number[];
type LayerRow = readonly [kind: string, kwargs?: Readonly<Record<string, Argument>>];

const networks: Readonly<Record<string, { input: Shape; layers: readonly LayerRow[] }>> = {
  rows: {
    input: [4, 3],
    layers: [
      ['Linear', { in_features: 3, out_features: 5 }],
      ['BatchNorm1d', { num_features: 5, eps: 0.01 }],
      ['GELU'],
      ['Dropout', { p: 0.5 }],
      ['LayerNorm', { normalized_shape: [5] }],
      ['Linear', { in_features: 5, out_features: 4, bias: false }],
      ['BatchNorm1d', { num_features: 4, affine: false }],
      ['GELU', { approximate: 'tanh' }],
      ['LayerNorm', { normalized_shape: 4, elementwise_affine: false }],
      ['LeakyReLU', { negative_slope: 0.3 }],
      ['Sigmoid'],
      ['Softmax', { dim: 1 }],
    ],
  },
  'three axes': {
    input: [2, 3, 4],
    layers: [
      ['Linear', { in_features: 4, out_features: 5 }],
      ['BatchNorm1d', { num_features: 3 }],
      ['Tanh'],
      ['Linear', { in_features: 5, out_features: 2, bias: false }],
      ['Flatten'],
    ],
  },
  images: {
    input: [2, 2, 9, 8],
    layers: [
      ['Conv2d', { in_channels: 2, out_channels: 4, kernel_size: [2, 3], padding: [1, 2], groups: 2 }],
      ['BatchNorm2d', { num_features: 4 }],
      ['ReLU'],
      ['MaxPool2d', { kernel_size: 3, stride: 2, padding: 1, ceil_mode: true }],
      ['Dropout2d', { p: 0.2 }],
      [
        'Conv2d',
        { in_channels: 4, out_channels: 3, kernel_size: 3, dilation: 2, padding: 'same', bias: false },
      ],
      ['AvgPool2d', { kernel_size: 2, padding: 1, ceil_mode: true, count_include_pad: false }],
      ['AdaptiveAvgPool2d', { output_size: [2, 3] }],
      ['Identity'],
      ['Flatten', { start_dim: -2, end_dim: -1 }],
      ['Flatten'],
      ['Linear', { in_features: 18, out_features: 3 }],
    ],
  },
  'one window': {
    input: [3, 2, 5, 5],
    layers: [
      ['AvgPool2d', { kernel_size: 2, stride: 1 }],
      ['AdaptiveAvgPool2d', { output_size: 1 }],
      ['Flatten'],
    ],
  },
};

function build(rows: readonly LayerRow[]): Module {
  const generator = new Generator(0);
  const layers = rows.map(([kind, kwargs = {}]) => {
    const given = Object.entries(kwargs).map(([name, value]): [string, PyValue] => [name, pyValue(value)]);
    return createLayer(layerClasses.get(kind)!, { args: [], kwargs: new Map(given) }, generator);
  });
  return Sequential.of(layers);
}

function pyValue(value: Argument): PyValue {
  if (Array.isArray(value)) return new PyTuple(value as number[]);
  if (typeof value === 'number' && !Number.isInteger(value)) return new PyFloat(value);
  return value as PyValue;
}

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

describe('an exported network', () => {
  beforeAll(() => {
    ort.env.wasm.numThreads = 1;
  });

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

  it.runIf(onnxPython)('passes onnx.checker with full_check (needs Python with onnx)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'exported-'));
    const paths = Object.entries(networks).map(([name, { input, layers }]) => {
      const path = join(folder, `${name}.onnx`);
      writeFileSync(path, exportOnnx(build(layers).eval(), input));
      return path;
    });
    const script = fileURLToPath(new URL('../testdata/check_models.py', import.meta.url));
    const { stdout, stderr } = spawnSync(onnxPython!, [script, ...paths], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stdout.trim().split('\n'), stderr).toEqual(paths.map((path) => `${path} ok 10 21`));
  });
});
