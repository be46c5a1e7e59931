/** Hand-written loops over typed arrays, layer by layer: what the TypeScript level is measured by. */
import type { Contender, Entry } from '../contender';
import { batchesOf, initialState, LEARNING_RATE, MaskStream, type Workload } from '../workload';
import { Conv2d } from './loops/conv';
import { Dropout, Linear, ReLU } from './loops/dense';
import type { Layer } from './loops/layer';
import { BatchNorm } from './loops/norm';
import { MaxPool2d } from './loops/pool';

export const loops: Entry = {
  name: 'plain loops',
  device: 'cpu',
  async open(workload) {
    return contender(workload);
  },
};

function contender(workload: Workload): Contender {
  const layers = layersOf(workload);
  const dropouts = layers.filter((layer) => layer instanceof Dropout);
  const batches = batchesOf(workload);
  const masks = new MaskStream(workload);
  const grad = new Float32Array(workload.input[0] * workload.classes);
  let step = 0;
  return {
    async train(steps) {
      const losses = new Float32Array(steps);
      for (let k = 0; k < steps; k++) {
        const { x, labels } = batches[step++ % batches.length];
        for (const [i, mask] of masks.next().entries()) dropouts[i].mask = mask;
        const logits = forward(layers, x, true);
        losses[k] = crossEntropy(logits, labels, grad);
        layers.reduceRight<Float32Array>((flowing, layer, i) => layer.backward(flowing, i === 0), grad);
        descend(layers);
      }
      return losses;
    },
    async forward(times) {
      let output: Float32Array = new Float32Array();
      for (let i = 0; i < times; i++) output = forward(layers, batches[0].x, false).slice();
      return output;
    },
  };
}

function layersOf(workload: Workload): Layer[] {
  const state = initialState(workload);
  let shape = workload.input;
  return workload.layers.flatMap(([kind, ...numbers], index): Layer[] => {
    const own = (name: string): Float32Array => state.get(`${index}.${name}`)!.values;
    const size = shape.reduce((n, d) => n * d, 1);
    const input = shape;
    if (kind === 'Linear') {
      shape = [shape[0], numbers[1]];
      return [new Linear(own('weight'), own('bias'), shape[0])];
    }
    if (kind === 'Conv2d') {
      shape = [shape[0], numbers[1], shape[2], shape[3]];
      return [new Conv2d(own('weight'), own('bias'), numbers[2], numbers[4], input)];
    }
    if (kind.startsWith('BatchNorm')) {
      const [weight, bias] = [own('weight'), own('bias')];
      const running = { runningMean: own('running_mean'), runningVar: own('running_var') };
      return [new BatchNorm({ weight, bias, ...running }, size, size / shape[0] / shape[1])];
    }
    if (kind === 'ReLU') return [new ReLU(size)];
    if (kind === 'Dropout') return [new Dropout(size)];
    if (kind === 'MaxPool2d') {
      shape = [shape[0], shape[1], shape[2] / numbers[0], shape[3] / numbers[0]];
      return [new MaxPool2d(numbers[0], input)];
    }
    // Flatten: the values lie as they are.
    shape = [shape[0], size / shape[0]];
    return [];
  });
}

function forward(layers: readonly Layer[], x: Float32Array, training: boolean): Float32Array {
  return layers.reduce<Float32Array>((flowing, layer) => layer.forward(flowing, training), x);
}

/** The mean over the rows; writes its gradient by the logits. */
function crossEntropy(logits: Float32Array, labels: readonly number[], grad: Float32Array): number {
  const classes = logits.length / labels.length;
  let total = 0;
  for (const [row, label] of labels.entries()) {
    const first = row * classes;
    let largest = -Infinity;
    for (let i = first; i < first + classes; i++) if (logits[i] > largest) largest = logits[i];
    let sum = 0;
    for (let i = first; i < first + classes; i++) sum += Math.exp(logits[i] - largest);
    total += Math.log(sum) - (logits[first + label] - largest);
    for (let i = first; i < first + classes; i++) {
      const hit = i === first + label ? 1 : 0;
      grad[i] = (Math.exp(logits[i] - largest) / sum - hit) / labels.length;
    }
  }
  return total / labels.length;
}

function descend(layers: readonly Layer[]): void {
  for (const layer of layers) {
    for (const { values, grad } of layer.parameters) {
      for (let i = 0; i < values.length; i++) values[i] -= LEARNING_RATE * grad[i];
    }
  }
}
