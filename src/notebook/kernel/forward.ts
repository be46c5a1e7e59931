/** `out = tudui(x)` as the labs run it: on the fixed batch, or on the next rows, recording what the figures show. */
import { type Backend, cloneModule, layerPathOf, type Observation, runForward } from '../../engine';
import { rowsOf } from '../../torch/data/dataset';
import { PythonError } from '../../torch/errors';
import { BatchNorm1d } from '../../torch/nn/batchnorm';
import { Dropout } from '../../torch/nn/dropout';
import { Generator } from '../../torch/random/generator';
import type { ArrayView, BatchNormView, DropoutView, ForwardView } from '../views';
import { errorView } from './define';
import type { Defined, Session } from './session';

/** Forwards a BatchNorm figure remembers. */
const HISTORY = 200;

/** The forward of the fixed batch: the first `batchSize` rows. An error stands beside the last result. */
export async function forwardFixed(session: Session, backend: Backend, batchSize: number): Promise<void> {
  const { defined } = session;
  if (!defined) return;
  session.batchSize = batchSize;
  const rows = firstRows(batchSize);
  const before = { model: cloneModule(defined.model), state: session.generator.getState() };
  const result = await record(session, defined, backend, rows);
  if (result) session.shown = before;
  if (result) session.forward = forwardView(session, defined, backend, rows, result);
}

/** The next `batchSize` rows, so that running statistics meet other data; wraps at the end. */
export async function feed(session: Session, backend: Backend, batchSize: number): Promise<void> {
  const { defined, data } = session;
  if (!defined) return;
  const rows = Array.from({ length: batchSize }, (_, i) => (session.feedFrom + i) % data.n);
  session.feedFrom = (session.feedFrom + batchSize) % data.n;
  await record(session, defined, backend, rows);
}

/** The fixed batch through a copy of the model with a copied generator: for looking, after training, leaving no trace. */
export async function refreshFixed(session: Session, backend: Backend): Promise<void> {
  const { defined, generator } = session;
  if (!defined) return;
  session.shown = { model: cloneModule(defined.model), state: generator.getState() };
  await redrawFixed(session, backend);
}

/** The forward that is shown, once more: the same weights, the same mask, on this level. */
export async function redrawFixed(session: Session, backend: Backend): Promise<void> {
  const { defined, shown } = session;
  if (!defined || !shown) return;
  const rows = firstRows(session.batchSize);
  try {
    const result = await runForward(
      backend,
      cloneModule(shown.model),
      inputOf(session, rows),
      new Generator(0).setState(shown.state),
    );
    session.forward = forwardView(session, defined, backend, rows, result);
    session.forwardError = null;
  } catch (error) {
    recordError(session, error);
  }
}

/** A first forward on a level that was just loaded, its result thrown away. */
export async function warmUp(session: Session, backend: Backend): Promise<void> {
  const { defined } = session;
  if (!defined) return;
  const input = inputOf(session, firstRows(session.batchSize));
  try {
    await runForward(backend, cloneModule(defined.model), input, forked(session.generator));
  } catch (error) {
    // What PyTorch itself refuses says nothing about the level.
    if (!(error instanceof PythonError)) throw error;
  }
}

/** `torch.random.fork_rng()`. */
export function forked(generator: Generator): Generator {
  return new Generator(0).setState(generator.getState());
}

function firstRows(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

function inputOf(session: Session, rows: readonly number[]): ArrayView {
  return { shape: [rows.length, session.data.features], values: rowsOf(session.data, rows) };
}

async function record(
  session: Session,
  defined: Defined,
  backend: Backend,
  rows: readonly number[],
): Promise<Observation | null> {
  const before = runningStatistics(defined);
  try {
    const result = await runForward(backend, defined.model, inputOf(session, rows), session.generator);
    session.forwardError = null;
    rememberBatchNorm(session, defined, before, result);
    return result;
  } catch (error) {
    recordError(session, error);
    return null;
  }
}

function recordError(session: Session, error: unknown): void {
  const path = layerPathOf(error);
  session.forwardError = { layerId: path ? session.cardOf(path) : null, error: errorView(error) };
}

function runningStatistics(defined: Defined): Map<string, BatchNormView['running']> {
  const out = new Map<string, BatchNormView['running']>();
  for (const [path, module] of defined.model.modules) {
    if (module instanceof BatchNorm1d) out.set(path, runningOf(module));
  }
  return out;
}

export function runningOf(layer: BatchNorm1d): BatchNormView['running'] {
  const copy = (name: string): Float32Array =>
    layer.buffers.get(name)?.float32Data().slice() ?? new Float32Array(0);
  return { mean: copy('running_mean'), variance: copy('running_var') };
}

function rememberBatchNorm(
  session: Session,
  defined: Defined,
  before: ReadonlyMap<string, BatchNormView['running']>,
  result: Observation,
): void {
  for (const [path, statistics] of result.batchStatistics) {
    const id = session.cardOf(path);
    const layer = defined.model.modules.get(path);
    const was = before.get(path);
    if (!id || !was || !(layer instanceof BatchNorm1d)) continue;
    const tracked = Number(layer.buffers.get('num_batches_tracked')?.int64Data()[0] ?? 0n);
    const entry = { tracked, batchMean: statistics.mean, runningMean: runningOf(layer).mean };
    const history = [...(session.batchNorm.get(id)?.history ?? []), entry].slice(-HISTORY);
    session.batchNorm.set(id, { batch: statistics, before: was, history });
  }
}

function forwardView(
  session: Session,
  defined: Defined,
  backend: Backend,
  rows: readonly number[],
  result: Observation,
): ForwardView {
  const input = inputOf(session, rows);
  const activations: Record<string, ArrayView> = {};
  const dropout: DropoutView[] = [];
  let into = input;
  for (const { id, attribute } of defined.view.layers) {
    const out = result.activations.get(attribute);
    if (!out) continue;
    const layer = defined.model.modules.get(attribute);
    if (layer instanceof Dropout)
      dropout.push(dropoutView(id, layer, into, out, result.masks.get(attribute) ?? null));
    activations[id] = out;
    into = out;
  }
  return {
    mode: session.mode,
    engine: backend.level,
    input,
    labels: rows.map((row) => session.data.y[row]),
    activations,
    probabilities: softmaxRows(result.output),
    dropout,
  };
}

function dropoutView(
  layerId: string,
  layer: Dropout,
  into: ArrayView,
  out: ArrayView,
  mask: DropoutView['mask'],
): DropoutView {
  const factor = layer.training && layer.p < 1 ? layer.keptFactor : layer.training ? 0 : 1;
  return { layerId, p: layer.p, mask, factor, meanIn: mean(into.values), meanOut: mean(out.values) };
}

function mean(values: Float32Array): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** softmax over the last axis, for showing. */
export function softmaxRows(logits: ArrayView): ArrayView {
  const classes = logits.shape[logits.shape.length - 1];
  const values = new Float32Array(logits.values.length);
  for (let start = 0; start < values.length; start += classes) {
    const row = logits.values.subarray(start, start + classes);
    const max = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const exps = Array.from(row, (v) => Math.exp(v - max));
    const sum = exps.reduce((a, b) => a + b, 0);
    values.set(
      exps.map((e) => e / sum),
      start,
    );
  }
  return { shape: logits.shape, values };
}
