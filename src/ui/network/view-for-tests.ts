/** A small kernel view for the figures' tests: values are made up, shapes and masks are consistent. */
import type { LayerKind } from '../../notebook/network';
import type { Mode } from '../../notebook/statements';
import type { DropoutView, KernelView, LayerView } from '../../notebook/views';

export interface Layer {
  readonly kind: LayerKind;
  readonly units: number;
  readonly p?: number;
}

/** Activation of unit u in row r of layer l: different everywhere, of both signs. */
const valueAt = (l: number, r: number, u: number) => Math.sin(1 + l * 7 + r * 3 + u);

export function kernelView(layers: readonly Layer[], rows: number, mode: Mode, inputs = 2): KernelView {
  const views: LayerView[] = layers.map(({ kind, units, p }, i) => ({
    id: `l${i}`,
    kind,
    attribute: `${kind.toLowerCase()}${i}`,
    argsText: p === undefined ? String(units) : `p=${p}`,
    outputShape: [rows, units],
    parameters: 0,
    buffers: 0,
  }));
  const fill = (l: number, units: number) => ({
    shape: [rows, units],
    values: Float32Array.from({ length: rows * units }, (_, i) =>
      valueAt(l, Math.floor(i / units), i % units),
    ),
  });
  const activations = Object.fromEntries(layers.map(({ units }, i) => [`l${i}`, fill(i + 1, units)]));
  const dropout = layers.flatMap(({ kind, units, p = 0 }, i): DropoutView[] => {
    if (kind !== 'Dropout') return [];
    const draws = mode === 'train' && p > 0 && p < 1;
    const kept = Uint8Array.from({ length: rows * units }, (_, cell) => (cell % 3 === 0 ? 0 : 1));
    return [
      {
        layerId: `l${i}`,
        p,
        mask: draws ? { shape: [rows, units], kept } : null,
        factor: mode === 'train' ? 1 / (1 - p) : 1,
        meanIn: 0.25,
        meanOut: 0.25,
      },
    ];
  });
  const last = layers.at(-1)?.units ?? inputs;
  return {
    network: { layers: views, inputShape: [rows, inputs], parameters: 0, buffers: 0, code: '', printed: '' },
    problem: null,
    seed: 0,
    draws: 0,
    mode,
    rows: 200,
    batchSize: rows,
    forward: {
      mode,
      engine: 'reference',
      input: fill(0, inputs),
      labels: Array.from({ length: rows }, () => 0),
      activations,
      probabilities: { shape: [rows, last], values: new Float32Array(rows * last).fill(1 / last) },
      dropout,
    },
    forwardError: null,
    batchNorm: [],
    training: { step: 0, lr: 0.1, loss: [], accuracy: [], engine: null, error: null },
    shelf: [],
    load: null,
    transfer: null,
    engine: { level: 'reference', levels: {} as KernelView['engine']['levels'] },
    log: [],
    counts: {},
  };
}

/** Linear(2, 16), BatchNorm1d(16), ReLU(), Dropout(p=0.5), Linear(16, 2). */
export const tudui: readonly Layer[] = [
  { kind: 'Linear', units: 16 },
  { kind: 'BatchNorm1d', units: 16 },
  { kind: 'ReLU', units: 16 },
  { kind: 'Dropout', units: 16, p: 0.5 },
  { kind: 'Linear', units: 2 },
];
