/** The kernel as plain data: what the page draws. */
import { BatchNorm1d } from '../../torch/nn/batchnorm';
import type { BatchNormView, KernelView, LoadView } from '../views';
import type { TransferView } from '../views/transfer';
import { downsample } from './downsample';
import type { Engines } from './engines';
import { runningOf } from './forward';
import type { Log } from './log';
import type { Defined, Session } from './session';
import type { Shelf } from './shelf';

/** Points of a curve that a page draws. */
const CURVE_POINTS = 300;

export interface Shown {
  readonly session: Session;
  readonly shelf: Shelf;
  readonly engines: Engines;
  readonly log: Log;
  readonly load: LoadView | null;
  readonly transfer: TransferView | null;
}

/** `null` before the first network. */
export function kernelView({ session, shelf, engines, log, load, transfer }: Shown): KernelView | null {
  const { training, defined } = session;
  if (!defined) return null;
  return {
    network: defined.view,
    problem: session.problem,
    seed: session.seed,
    draws: session.generator.draws,
    mode: session.mode,
    rows: session.data.n,
    batchSize: session.batchSize,
    forward: session.forward,
    forwardError: session.forwardError,
    batchNorm: batchNormViews(session, defined),
    training: {
      step: training.loss.length,
      lr: training.lr,
      // An inline kernel shares its memory with the page.
      loss: [...downsample(training.loss, CURVE_POINTS, (point) => point.loss)],
      accuracy: [...downsample(training.accuracy, CURVE_POINTS, (point) => point.eval)],
      engine: training.engine,
      error: training.error,
    },
    shelf: shelf.view(),
    load,
    transfer,
    engine: engines.view(),
    log: log.view(),
    counts: log.countsView(),
  };
}

function batchNormViews(session: Session, { model, view }: Defined): BatchNormView[] {
  const views: BatchNormView[] = [];
  for (const { id, attribute } of view.layers) {
    const layer = model.modules.get(attribute);
    if (!(layer instanceof BatchNorm1d)) continue;
    const memory = session.batchNorm.get(id);
    const running = runningOf(layer);
    views.push({
      layerId: id,
      eps: layer.eps,
      momentum: layer.momentum ?? 0,
      batch: memory?.batch ?? null,
      before: memory?.before ?? running,
      running,
      tracked: Number(layer.buffers.get('num_batches_tracked')?.int64Data()[0] ?? 0n),
      history: memory ? [...memory.history] : [],
    });
  }
  return views;
}
