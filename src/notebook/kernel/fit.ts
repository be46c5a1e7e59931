/** Training as the labs run it: mini-batches in the DataLoader's order, the loss of each step, the accuracy in both modes. */
import { type Backend, type Batch, cloneModule, runForward, Trainer } from '../../engine';
import { epoch } from '../../torch/data/dataloader';
import { type Dataset, rowsOf } from '../../torch/data/dataset';
import { CrossEntropyLoss } from '../../torch/nn/cross-entropy-loss';
import type { Module } from '../../torch/nn/module';
import { bind } from '../../torch/nn/signature';
import { SGD } from '../../torch/optim/sgd';
import { PyFloat } from '../../torch/python/values';
import { Generator } from '../../torch/random/generator';
import { Tensor } from '../../torch/tensor';
import type { OptimizerUse } from '../code';
import { FIRST_LR, MOMENTUM, TRAIN_BATCH } from '../training-constants';
import type { AccuracyPoint, TrainingPoint, TrainingView } from '../views';
import { errorView } from './define';
import { referenceBackend } from './engines';
import { forked } from './forward';
import type { Defined, Session } from './session';

export interface TrainingState {
  optimizer: SGD | null;
  trainer: { readonly backend: Backend; readonly trainer: Trainer } | null;
  /** Batches left of this epoch. */
  readonly pending: number[][];
  readonly loss: TrainingPoint[];
  readonly accuracy: AccuracyPoint[];
  lr: number;
  engine: TrainingView['engine'];
  error: TrainingView['error'];
}

export function freshTraining(): TrainingState {
  return {
    optimizer: null,
    trainer: null,
    pending: [],
    loss: [],
    accuracy: [],
    lr: FIRST_LR,
    engine: null,
    error: null,
  };
}

/** Whether a loop at this learning rate makes an optimizer, goes on with one, or changes its rate first. */
export function optimizerUse(training: TrainingState, lr: number): OptimizerUse {
  if (!training.optimizer) return 'new';
  return training.lr === lr ? 'same' : 'other-lr';
}

/** `steps` optimizer steps on mini-batches. What PyTorch raises stops them and is kept; steps before it stay done. */
export async function trainFor(session: Session, backend: Backend, steps: number, lr: number): Promise<void> {
  const { defined, training, data, generator } = session;
  if (!defined) return;
  training.error = null;
  training.lr = lr;
  try {
    const trainer = trainerOn(session, defined, backend, lr);
    if (training.accuracy.length === 0) await measure(session, 0);
    let done = 0;
    while (done < steps) {
      if (training.pending.length === 0) {
        training.pending.push(...epoch(generator, data.n, { batchSize: TRAIN_BATCH, shuffle: true }));
      }
      const batches = training.pending.splice(0, steps - done).map((rows) => batchOf(data, rows));
      const { losses } = await trainer.steps(batches);
      const before = training.loss.length;
      for (const [i, loss] of losses.entries()) training.loss.push({ step: before + i + 1, loss });
      done += batches.length;
    }
    training.engine = backend.level;
    await measure(session, training.loss.length);
  } catch (error) {
    training.error = errorView(error);
  }
}

export const criterion = CrossEntropyLoss.create(
  bind(CrossEntropyLoss.kind, CrossEntropyLoss.signature, { args: [], kwargs: new Map() }),
  new Generator(0),
);

/** The optimizer outlives a change of level and of learning rate: its momentum is the learner's. */
function trainerOn(session: Session, { model }: Defined, backend: Backend, lr: number): Trainer {
  const { training } = session;
  const options = new Map([
    ['lr', new PyFloat(lr)],
    ['momentum', new PyFloat(MOMENTUM)],
  ]);
  training.optimizer ??= new SGD(
    [...model.namedParameters()].map(([, parameter]) => parameter),
    options,
  );
  for (const group of training.optimizer.paramGroups) group.options.set('lr', new PyFloat(lr));
  if (training.trainer?.backend !== backend) {
    const trainer = new Trainer(backend, model, criterion, training.optimizer, session.generator);
    training.trainer = { backend, trainer };
  }
  return training.trainer.trainer;
}

export function batchOf(data: Dataset, rows: readonly number[]): Batch {
  return {
    input: { shape: [rows.length, data.features], values: rowsOf(data, rows) },
    target: Tensor.int64(
      rows.map((row) => data.y[row]),
      [rows.length],
    ),
  };
}

async function measure(session: Session, step: number): Promise<void> {
  const { defined, generator } = session;
  if (!defined) return;
  session.training.accuracy.push({
    step,
    loss: session.training.loss.at(-1)?.loss ?? null,
    train: await accuracy(session, defined.model, 'train', forked(generator)),
    eval: await accuracy(session, defined.model, 'eval', forked(generator)),
  });
}

/**
 * Share of all points put in the right class, 0 to 1, by a copy of the model: neither its running statistics nor the
 * learner's stream of random numbers notice.
 */
export async function accuracy(
  { data }: Pick<Session, 'data'>,
  model: Module,
  mode: 'train' | 'eval',
  generator: Generator,
): Promise<number> {
  const copy = cloneModule(model).train(mode === 'train');
  const { output } = await runForward(
    referenceBackend,
    copy,
    { shape: [data.n, data.features], values: data.x },
    generator,
  );
  const classes = output.shape[output.shape.length - 1];
  let right = 0;
  for (let row = 0; row < data.n; row++) {
    const logits = output.values.subarray(row * classes, (row + 1) * classes);
    if (logits.indexOf(Math.max(...logits)) === data.y[row]) right++;
  }
  return right / data.n;
}
