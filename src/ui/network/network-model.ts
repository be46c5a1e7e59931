/** What the network figure draws: the state of one row of the last forward, column by column. */
import type { LayerKind } from '../../notebook/network';
import type { Mode } from '../../notebook/statements';
import type { ArrayView, ForwardView, KernelView, LayerView } from '../../notebook/views';
import { formatFactor } from '../charts/number-format';
import { type Extent, extentOf } from '../charts/scale';

export interface FigureColumn {
  /** The card's id; `x` for the input. */
  readonly id: string;
  readonly kind: LayerKind | 'input';
  /** `fc1`, `bn1`; `x` for the input. */
  readonly attribute: string;
  /** What the card says under the name: `2 → 16`, `p = 0.5`. */
  readonly detail: string;
  readonly shape: readonly number[];
  readonly units: number;
  /** One row of the activation; `null` before the first forward. */
  readonly values: Float32Array | null;
  /** By unit, 1 where Dropout took it; `null` when this forward dropped none. */
  readonly dropped: Uint8Array | null;
  /** The other mode would give other values. */
  readonly sensitive: boolean;
  /** The layer itself heeds the mode. */
  readonly heeds: boolean;
  /** What Dropout multiplied the kept values by; `null` for other layers. */
  readonly factor: number | null;
  /** By its kind it never shows a minus: ReLU, and Dropout behind it. */
  readonly nonNegative: boolean;
  /** Of the whole batch, so that the axis holds while the row changes. */
  readonly extent: Extent;
}

export interface FigureModel {
  readonly columns: readonly FigureColumn[];
  readonly mode: Mode;
  readonly row: number;
  readonly rows: number;
  readonly probability: { readonly label: number; readonly value: number } | null;
}

/** Values per row, whatever the trailing dimensions. */
const unitsOf = (shape: readonly number[]): number =>
  shape.slice(1).reduce((product, size) => product * size, 1);

function rowOf(array: ArrayView | undefined, row: number, units: number): Float32Array | null {
  if (!array || unitsOf(array.shape) !== units) return null;
  return array.values.subarray(row * units, (row + 1) * units);
}

function droppedUnits(layer: LayerView, forward: ForwardView | null, row: number, units: number) {
  const view = forward?.dropout.find((entry) => entry.layerId === layer.id);
  if (!view || forward?.mode !== 'train') return null;
  if (view.p >= 1) return new Uint8Array(units).fill(1);
  if (!view.mask || unitsOf(view.mask.shape) !== units) return null;
  return view.mask.kept.subarray(row * units, (row + 1) * units).map((kept) => 1 - kept);
}

function detailOf(layer: LayerView, unitsIn: number, units: number, p: number | undefined): string {
  if (layer.kind === 'Linear') return `${unitsIn} → ${units}`;
  if (layer.kind === 'BatchNorm1d') return String(units);
  if (layer.kind === 'ReLU') return 'max(0, x)';
  return p === undefined ? layer.argsText : `p = ${formatFactor(p)}`;
}

/** Training multiplies by 1/(1-p): room for it from the start, so that a flip does not move the axis. */
function roomForDropout(extent: Extent, before: Extent, p: number): Extent {
  const factor = Math.min(4, 1 / (1 - Math.min(p, 0.99)));
  return {
    lo: Math.min(extent.lo, before.lo * factor),
    hi: Math.max(extent.hi, before.hi * factor),
  };
}

function layerColumn(
  layer: LayerView,
  before: FigureColumn,
  forward: ForwardView | null,
  row: number,
): FigureColumn {
  const array = forward?.activations[layer.id];
  const shape = array?.shape ?? layer.outputShape;
  const units = unitsOf(shape);
  const dropout = forward?.dropout.find((entry) => entry.layerId === layer.id);
  const heeds = layer.kind === 'BatchNorm1d' || (layer.kind === 'Dropout' && dropout?.p !== 0);
  const own = extentOf(array?.values ?? []);
  return {
    id: layer.id,
    kind: layer.kind,
    attribute: layer.attribute,
    detail: detailOf(layer, before.units, units, dropout?.p),
    shape,
    units,
    values: rowOf(array, row, units),
    dropped: layer.kind === 'Dropout' ? droppedUnits(layer, forward, row, units) : null,
    sensitive: before.sensitive || heeds,
    heeds,
    factor: dropout?.factor ?? null,
    nonNegative: layer.kind === 'ReLU' || (layer.kind === 'Dropout' && before.nonNegative),
    extent: dropout ? roomForDropout(own, before.extent, dropout.p) : own,
  };
}

function probabilityOf(forward: ForwardView | null, row: number): FigureModel['probability'] {
  const classes = forward?.probabilities.shape[1] ?? 0;
  if (!forward || classes === 0) return null;
  const values = forward.probabilities.values.subarray(row * classes, (row + 1) * classes);
  // Two classes: always class 1, so that the number means the same through a flip. More: the answer.
  const label = classes <= 2 ? classes - 1 : values.indexOf(Math.max(...values));
  return label < 0 ? null : { label, value: values[label]! };
}

/** `row` is clamped to the batch of the last forward. */
export function figureModel(view: KernelView, row: number): FigureModel {
  const forward = view.forward;
  const rows = forward?.input.shape[0] ?? view.batchSize;
  const shown = Math.min(Math.max(0, row), Math.max(0, rows - 1));
  const shape = forward?.input.shape ?? view.network.inputShape;
  const input: FigureColumn = {
    id: 'x',
    kind: 'input',
    attribute: 'x',
    detail: '',
    shape,
    units: unitsOf(shape),
    values: rowOf(forward?.input, shown, unitsOf(shape)),
    dropped: null,
    sensitive: false,
    heeds: false,
    factor: null,
    nonNegative: false,
    extent: extentOf(forward?.input.values ?? []),
  };
  const columns = [input];
  for (const layer of view.network.layers) {
    columns.push(layerColumn(layer, columns[columns.length - 1]!, forward, shown));
  }
  return {
    columns,
    mode: forward?.mode ?? view.mode,
    row: shown,
    rows,
    probability: probabilityOf(forward, shown),
  };
}

/** Names the network of a figure: its axes are kept as long as this stays. */
export function figureKey(view: KernelView): string {
  return view.network.layers.map((layer) => `${layer.id} ${layer.kind} ${layer.argsText}`).join('; ');
}
