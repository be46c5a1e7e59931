/** TensorFlow.js 4.22: the same network in its operators, trained by its own optimizer. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { Contender, Entry } from '../contender';
import { batchesOf, initialState, LEARNING_RATE, MaskStream, oneHot, type Workload } from '../workload';

setWasmPaths({
  'tfjs-backend-wasm.wasm': plainUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
});

export const tfjs: readonly Entry[] = [entry('wasm', 'cpu'), entry('cpu', 'cpu'), entry('webgpu', 'gpu')];

function entry(backend: string, device: Entry['device']): Entry {
  return {
    name: `TensorFlow.js ${backend}`,
    device,
    async open(workload) {
      if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} backend`);
      return contender(backend, workload);
    },
  };
}

type Variables = ReadonlyMap<string, tf.Variable>;

function contender(backend: string, workload: Workload): Contender {
  const variables: Variables = new Map(
    [...initialState(workload)].map(([key, { shape, values }]) => {
      const given = tf.tensor(values, [...shape]);
      const value = shape.length === 4 ? tf.transpose(given, [2, 3, 1, 0]) : given;
      return [key, tf.variable(value, !key.includes('running'))];
    }),
  );
  const trained = [...variables].filter(([key]) => !key.includes('running')).map(([, variable]) => variable);
  const optimizer = tf.train.sgd(LEARNING_RATE);
  const masks = new MaskStream(workload);
  const batches = batchesOf(workload).map((batch) => ({
    x: tf.tensor(batch.x, channelsLast(workload.input)),
    target: tf.tensor2d(oneHot(batch, workload.classes), [workload.input[0], workload.classes]),
  }));
  let step = 0;
  return {
    async select() {
      await tf.setBackend(backend);
    },
    async train(steps) {
      const losses: tf.Scalar[] = [];
      for (let k = 0; k < steps; k++) {
        const { x, target } = batches[step++ % batches.length];
        const drawn = masks.next();
        const loss = tf.tidy(
          (): tf.TensorContainer =>
            optimizer.minimize(
              () => {
                const logits = forward(workload, variables, x, drawn) as tf.Tensor2D;
                return tf.losses.softmaxCrossEntropy(target, logits).asScalar();
              },
              true,
              trained,
            )!,
        );
        losses.push(loss as tf.Scalar);
      }
      const stacked = tf.stack(losses);
      const values = (await stacked.data()) as Float32Array;
      tf.dispose([stacked, ...losses]);
      return Float32Array.from(values);
    },
    async forward(times) {
      let output = new Float32Array();
      for (let i = 0; i < times; i++) {
        const result = tf.tidy(() => forward(workload, variables, batches[0].x, null));
        output = Float32Array.from(await result.data());
        result.dispose();
      }
      return output;
    },
  };
}

/** Its convolutions take the channels last; with one channel the values lie the same. */
function channelsLast(shape: readonly number[]): number[] {
  return shape.length === 4 ? [shape[0], shape[2], shape[3], shape[1]] : [...shape];
}

/** In training where masks are given; then running statistics move too. */
function forward(
  { layers }: Workload,
  variables: Variables,
  input: tf.Tensor,
  masks: readonly Float32Array[] | null,
): tf.Tensor {
  let x = input;
  let dropped = 0;
  for (const [index, [kind, ...numbers]] of layers.entries()) {
    const own = (name: string): tf.Variable => variables.get(`${index}.${name}`)!;
    if (kind === 'Linear') {
      x = tf.add(
        tf.matMul(x as tf.Tensor2D, own('weight') as tf.Variable<tf.Rank.R2>, false, true),
        own('bias'),
      );
    } else if (kind === 'Conv2d') {
      const filter = own('weight') as tf.Variable<tf.Rank.R4>;
      x = tf.conv2d(x as tf.Tensor4D, filter, 1, numbers[4]).add(own('bias'));
    } else if (kind.startsWith('BatchNorm')) x = batchNorm(x, own, masks !== null);
    else if (kind === 'ReLU') x = tf.relu(x);
    else if (kind === 'MaxPool2d') x = tf.maxPool(x as tf.Tensor4D, numbers[0], numbers[0], 'valid');
    else if (kind === 'Flatten') x = tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [x.shape[0], -1]);
    else if (kind === 'Dropout' && masks) x = tf.mul(x, tf.tensor(masks[dropped++], x.shape));
  }
  return x;
}

function batchNorm(x: tf.Tensor, own: (name: string) => tf.Variable, training: boolean): tf.Tensor {
  let mean: tf.Tensor = own('running_mean');
  let variance: tf.Tensor = own('running_var');
  if (training) {
    ({ mean, variance } = tf.moments(x, x.rank === 4 ? [0, 1, 2] : [0]));
    const n = x.size / mean.size;
    const move = (name: string, value: tf.Tensor): void =>
      own(name).assign(own(name).mul(0.9).add(value.mul(0.1)));
    move('running_mean', mean);
    move('running_var', variance.mul(n / (n - 1)));
  }
  return x.sub(mean).div(variance.add(1e-5).sqrt()).mul(own('weight')).add(own('bias'));
}
