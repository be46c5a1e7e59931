/** What each kind of vector draws, through the same functions the page uses. */
import { DataLoader } from '../../src/torch/data/dataloader';
import { randomSplit } from '../../src/torch/data/random-split';
import type { Dropout } from '../../src/torch/nn/dropout';
import { createLayer } from '../../src/torch/nn/layer-class';
import { layerClasses } from '../../src/torch/nn/registry';
import { PyFloat, PyTuple, type PyValue } from '../../src/torch/python/values';
import {
  bernoulli,
  bernoulliTensor,
  randint,
  random63,
  randperm,
  uniform,
  uniform64,
} from '../../src/torch/random/distributions';
import type { Generator } from '../../src/torch/random/generator';
import { normal, normal64 } from '../../src/torch/random/normal';
import { contiguousStride } from '../../src/torch/tensor';

type Values = Iterable<number | bigint>;
type Draw = (generator: Generator, ...args: readonly number[]) => Values;

/** Arguments as the file gives them; a kind that is not here has failed. */
export const draws: Readonly<Record<string, (generator: Generator, args: readonly unknown[]) => Values>> = {
  uniform: numeric((g, n, from, to) => uniform(g, n, from, to)),
  uniform64: numeric((g, n) => uniform64(g, n)),
  normal: numeric((g, n, mean, std) => normal(g, n, mean, std)),
  normal64: numeric((g, n, mean, std) => normal64(g, n, mean, std)),
  normal_seq: (g, [sizes]) => (sizes as number[]).flatMap((n) => [...normal(g, n)]),
  state: (g) => g.getState(),
  state_after_randn3: (g) => {
    normal(g, 3);
    return g.getState();
  },
  bernoulli: numeric((g, n, p) => bernoulli(g, n, p)),
  bernoulliT: numeric((g, n, p) => bernoulliTensor(g, new Float32Array(n).fill(p))),
  dropout: numeric((g, n, p) => droppedOnes(g, p, [n])),
  dropout_transposed: numeric((g, rows, columns) => droppedOnes(g, 0.5, [columns, rows], [1, columns])),
  dropout_channels_last: numeric((g, n, c, h, w) =>
    droppedOnes(g, 0.5, [n, c, h, w], [c * h * w, 1, c * w, c]),
  ),
  randperm: numeric((g, n) => randperm(g, n)),
  randint: numeric((g, n, low, high) => randint(g, n, low, high)),
  randint64: numeric((g, n, low, high) => randint(g, n, low, high)),
  random63: numeric((g, n) => Array.from({ length: n }, () => random63(g))),
  // The epochs' order, and a draw after them.
  dataloader: numeric((g, n, epochs) => [...visited(g, g, n, epochs, false), ...randint(g, 1, 0, 2 ** 24)]),
  dataloader_gen: numeric((g, n, epochs) => visited(g, g, n, epochs, true)),
  random_split: numeric((g, n) => randomSplit(n, [n], g)[0]),
  linear: (g, [inFeatures, outFeatures, bias]) =>
    initial(g, 'Linear', [inFeatures, outFeatures, bias] as PyValue[]),
  conv2d: (g, [inChannels, outChannels, kernel, bias, groups]) =>
    initial(
      g,
      'Conv2d',
      [inChannels, outChannels, Array.isArray(kernel) ? new PyTuple(kernel) : kernel] as PyValue[],
      { bias: bias as PyValue, groups: groups as PyValue },
    ),
};

function numeric(draw: Draw): (generator: Generator, args: readonly unknown[]) => Values {
  return (generator, args) => draw(generator, ...(args as number[]));
}

function layer(generator: Generator, kind: string, args: readonly PyValue[], kwargs = {}) {
  const cls = layerClasses.get(kind);
  if (!cls) throw new Error(`torch.nn.${kind} is not built`);
  return createLayer(cls, { args, kwargs: new Map(Object.entries(kwargs)) }, generator);
}

/** `nn.Dropout(p)(torch.ones(...))`, row-major. */
function droppedOnes(
  generator: Generator,
  p: number,
  shape: readonly number[],
  stride = contiguousStride(shape),
): number[] {
  const dropout = layer(generator, 'Dropout', [new PyFloat(p)]) as Dropout;
  return Array.from(dropout.drawMask(generator, shape, stride) ?? [], (kept) => kept * dropout.keptFactor);
}

function visited(generator: Generator, global: Generator, n: number, epochs: number, own: boolean): number[] {
  const loader = new DataLoader(n, { batchSize: n, shuffle: true, ...(own ? { generator } : {}) });
  return Array.from({ length: epochs }, () => [...loader.iterate(global)]).flat(2);
}

/** All parameters of a fresh layer, in order. */
function initial(
  generator: Generator,
  kind: string,
  args: readonly PyValue[],
  kwargs: Readonly<Record<string, PyValue>> = {},
): number[] {
  const parameters = [...layer(generator, kind, args, kwargs).namedParameters()];
  return parameters.flatMap(([, parameter]) => [...parameter.float32Data()]);
}
