/** What is trained: three networks, their batches, and the one stream of masks that every contender draws from. */

import { readFloat32 } from '../../src/engine/tensors';
import { twoMoons } from '../../src/torch/data/moons';
import { Sequential } from '../../src/torch/nn/container';
import { createLayer } from '../../src/torch/nn/layer-class';
import { layerClasses } from '../../src/torch/nn/registry';
import { PyFloat } from '../../src/torch/python/values';
import { bernoulli, randint, uniform } from '../../src/torch/random/distributions';
import { Generator } from '../../src/torch/random/generator';

/** A class of torch.nn and its arguments by position. */
export type LayerSpec = readonly [kind: string, ...numbers: number[]];

export interface Workload {
  readonly id: 'R1' | 'R2' | 'R3';
  readonly title: string;
  readonly layers: readonly LayerSpec[];
  /** One batch, PyTorch's order of axes. */
  readonly input: readonly number[];
  readonly classes: number;
}

export interface TrainingBatch {
  readonly x: Float32Array;
  readonly labels: readonly number[];
}

export const SEED = 7;
export const LEARNING_RATE = 0.1;

export const workloads: readonly Workload[] = [
  { id: 'R1', title: '2-16-16-2, batch 64', layers: perceptron(16), input: [64, 2], classes: 2 },
  { id: 'R2', title: '2-64-64-2, batch 64', layers: perceptron(64), input: [64, 2], classes: 2 },
  { id: 'R3', title: 'CNN on 1x28x28, batch 32', layers: cnn(), input: [32, 1, 28, 28], classes: 10 },
];

function perceptron(width: number): LayerSpec[] {
  const hidden = (from: number): LayerSpec[] => [
    ['Linear', from, width],
    ['BatchNorm1d', width],
    ['ReLU'],
    ['Dropout', 0.5],
  ];
  return [...hidden(2), ...hidden(width), ['Linear', width, 2]];
}

function cnn(): LayerSpec[] {
  const block = (from: number): LayerSpec[] => [
    ['Conv2d', from, 8, 3, 1, 1],
    ['BatchNorm2d', 8],
    ['ReLU'],
    ['MaxPool2d', 2],
  ];
  return [...block(1), ...block(8), ['Flatten'], ['Dropout', 0.5], ['Linear', 392, 10]];
}

export function buildNet({ layers }: Workload): Sequential {
  const generator = new Generator(SEED);
  return Sequential.of(
    layers.map(([kind, ...numbers]) => {
      const args = numbers.map((value) => (Number.isInteger(value) ? value : new PyFloat(value)));
      return createLayer(layerClasses.get(kind)!, { args, kwargs: new Map() }, generator);
    }),
  );
}

/** Initial parameters and buffers by state_dict key. */
export function initialState(
  workload: Workload,
): Map<string, { shape: readonly number[]; values: Float32Array }> {
  const net = buildNet(workload);
  const named = [...net.namedParameters(), ...net.namedBuffers()].filter(
    ([, { dtype }]) => dtype === 'float32',
  );
  return new Map(
    named.map(([key, tensor]) => [key, { shape: tensor.shape, values: readFloat32(tensor).slice() }]),
  );
}

export function batchesOf({ id, input, classes }: Workload): TrainingBatch[] {
  const [rows] = input;
  const size = input.reduce((n, d) => n * d, 1);
  const generator = new Generator(SEED + 1);
  return Array.from({ length: 4 }, (_, i) =>
    id === 'R3'
      ? { x: uniform(generator, size), labels: randint(generator, rows, 0, classes) }
      : {
          x: twoMoons.x.slice(i * size, (i + 1) * size),
          labels: twoMoons.y.slice(i * rows, (i + 1) * rows),
        },
  );
}

/** Multipliers of each Dropout layer for one step after the other, as the network itself draws them. */
export class MaskStream {
  private readonly generator = maskGenerator();
  private readonly sizes: readonly number[];

  constructor(workload: Workload) {
    this.sizes = maskSizes(workload);
  }

  next(): Float32Array[] {
    return this.sizes.map((size) => {
      const kept = bernoulli(this.generator, size, 0.5);
      const multipliers = new Float32Array(size);
      for (let i = 0; i < size; i++) multipliers[i] = 2 * kept[i];
      return multipliers;
    });
  }
}

export function maskGenerator(): Generator {
  return new Generator(SEED + 2);
}

/** Elements that each Dropout layer sees: here a Linear layer takes what it leaves. */
export function maskSizes({ layers, input }: Workload): number[] {
  return layers.flatMap(([kind], index) => {
    if (kind !== 'Dropout') return [];
    const next = layers.slice(index).find(([following]) => following === 'Linear')!;
    return [input[0] * (next[1] as number)];
  });
}

export function oneHot({ labels }: TrainingBatch, classes: number): Float32Array {
  const values = new Float32Array(labels.length * classes);
  for (const [row, label] of labels.entries()) values[row * classes + label] = 1;
  return values;
}
