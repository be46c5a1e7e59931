/** jax-js 0.1.25: the same step as one function, differentiated and compiled by it. */
import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Contender, Entry } from '../contender';
import { batchesOf, initialState, LEARNING_RATE, MaskStream, oneHot, type Workload } from '../workload';

type Arrays = { [key: string]: np.Array };

export const jax: readonly Entry[] = [entry('wasm', 'cpu'), entry('webgpu', 'gpu')];

function entry(device: 'wasm' | 'webgpu', on: Entry['device']): Entry {
  return {
    name: `jax-js ${device}`,
    device: on,
    async open(workload) {
      if (!(await init(device)).includes(device)) throw new Error(`no ${device} device`);
      defaultDevice(device);
      return contender(device, workload);
    },
  };
}

function contender(device: 'wasm' | 'webgpu', workload: Workload): Contender {
  const state = [...initialState(workload)].map(
    ([key, { shape, values }]) => [key, arrayOf(values, shape)] as const,
  );
  let weights: Arrays = Object.fromEntries(state.filter(([key]) => !key.includes('running')));
  let running: Arrays = Object.fromEntries(state.filter(([key]) => key.includes('running')));
  const batches = batchesOf(workload).map((batch) => ({
    x: arrayOf(batch.x, workload.input),
    target: arrayOf(oneHot(batch, workload.classes), [workload.input[0], workload.classes]),
  }));
  const masks = new MaskStream(workload);
  const trainStep = jit(trainStepOf(workload));
  const evaluate = jit((own: Arrays, x: np.Array) => forward(workload, own, x, null)[0]);
  let step = 0;
  return {
    async select() {
      defaultDevice(device);
    },
    async train(steps) {
      const losses: np.Array[] = [];
      for (let k = 0; k < steps; k++) {
        const { x, target } = batches[step++ % batches.length];
        const drawn = masks.next().map((values) => arrayOf(values, [workload.input[0], -1]));
        const [loss, nextWeights, nextRunning] = trainStep(weights, running, x.ref, target.ref, drawn);
        weights = nextWeights;
        running = nextRunning;
        losses.push(loss);
      }
      const values = new Float32Array(steps);
      for (const [k, loss] of losses.entries()) values[k] = (await loss.data())[0];
      return values;
    },
    async forward(times) {
      let output = new Float32Array();
      for (let i = 0; i < times; i++) {
        const own = { ...tree.ref(weights), ...tree.ref(running) };
        output = Float32Array.from((await evaluate(own, batches[0].x.ref).data()) as Float32Array);
      }
      return output;
    },
  };
}

function arrayOf(values: Float32Array, shape: readonly number[]): np.Array {
  return np.array(values.slice()).reshape([...shape]);
}

function trainStepOf(workload: Workload) {
  const lossOf = (weights: Arrays, running: Arrays, x: np.Array, target: np.Array, masks: np.Array[]) => {
    const [logits, moved] = forward(workload, { ...weights, ...running }, x, masks);
    const rows = workload.input[0];
    const loss = nn
      .logSoftmax(logits, -1)
      .mul(target)
      .sum()
      .mul(-1 / rows);
    return [loss, moved] as [np.Array, Arrays];
  };
  return (weights: Arrays, running: Arrays, x: np.Array, target: np.Array, masks: np.Array[]) => {
    const differentiated = valueAndGrad(lossOf, { hasAux: true });
    const [[loss, moved], gradients] = differentiated(tree.ref(weights), running, x, target, masks);
    const next = Object.fromEntries(
      Object.entries(weights).map(([key, weight]) => [key, weight.sub(gradients[key].mul(LEARNING_RATE))]),
    );
    return [loss, next, moved] as [np.Array, Arrays, Arrays];
  };
}

/** Output and moved running statistics. Every array is consumed once, as the library asks. */
function forward(
  { layers }: Workload,
  own: Arrays,
  input: np.Array,
  masks: readonly np.Array[] | null,
): [np.Array, Arrays] {
  const moved: Arrays = {};
  let x = input;
  let dropped = 0;
  for (const [index, [kind, ...numbers]] of layers.entries()) {
    const take = (name: string): np.Array => own[`${index}.${name}`];
    if (kind === 'Linear') x = np.matmul(x, take('weight').transpose()).add(take('bias'));
    else if (kind === 'Conv2d') {
      const pad: [number, number] = [numbers[4], numbers[4]];
      x = lax.conv(x, take('weight'), [1, 1], [pad, pad]).add(take('bias').reshape([1, -1, 1, 1]));
    } else if (kind.startsWith('BatchNorm')) {
      const axes = x.ndim === 4 ? [0, 2, 3] : [0];
      const spread = x.ndim === 4 ? [1, -1, 1, 1] : [1, -1];
      let mean = take('running_mean');
      let variance = take('running_var');
      if (masks) {
        const n = x.size / numbers[0];
        const batchMean = np.mean(x.ref, axes);
        const batchVariance = np.mean(np.square(x.ref.sub(batchMean.ref.reshape(spread))), axes);
        moved[`${index}.running_mean`] = mean.mul(0.9).add(batchMean.ref.mul(0.1));
        moved[`${index}.running_var`] = variance.mul(0.9).add(batchVariance.ref.mul((0.1 * n) / (n - 1)));
        [mean, variance] = [batchMean, batchVariance];
      }
      const deviation = np.sqrt(variance.add(1e-5)).reshape(spread);
      const normal = x.sub(mean.reshape(spread)).div(deviation);
      x = normal.mul(take('weight').reshape(spread)).add(take('bias').reshape(spread));
    } else if (kind === 'ReLU') x = nn.relu(x);
    else if (kind === 'MaxPool2d') x = pooled(x, numbers[0]);
    else if (kind === 'Flatten') x = x.reshape([x.shape[0], -1]);
    else if (kind === 'Dropout' && masks) x = x.mul(masks[dropped++]);
  }
  return [x, moved];
}

/** Windows that do not overlap, as axes of their own. */
function pooled(x: np.Array, size: number): np.Array {
  const [n, channels, height, width] = x.shape;
  return np.max(x.reshape([n, channels, height / size, size, width / size, size]), [3, 5]);
}
