/** Transfer: a part of a state_dict in a network with a new head; that part frozen, the head trained on another task. */
import type { ClassSpec, LayerSpec } from '../torch/program/class-spec';
import { classOfNetwork, type NetworkClass } from './class-of-network';
import type { NetworkSpec } from './network';

export interface TransferProgram {
  /** A state_dict of the shelf. */
  readonly file: string;
  /** What of it goes into `load_state_dict(..., strict=False)`: keys whose name and shape fit, or all. */
  readonly pick: 'matching' | 'all';
  /** `requires_grad_(False)` for what was loaded. */
  readonly freeze: boolean;
  /** Mode of everything but the head while the head is trained. */
  readonly body: 'train' | 'eval';
}

export const firstTransfer: Omit<TransferProgram, 'file'> = { pick: 'matching', freeze: true, body: 'train' };

/** Optimizer steps of a run. */
export const TRANSFER_STEPS = 20;
export const TRANSFER_LR = 0.1;

/** Which half circle, and which half of it: four classes for the same points. */
export const newTaskCode = 'task = 2 * y + (x[:, 0] > 0.5)';
const CLASSES = 4;

/** `newTaskCode` for the points `x` of two features and their classes. */
export function newTask(x: Float32Array, y: readonly number[]): number[] {
  return y.map((one, row) => 2 * one + (x[2 * row] > 0.5 ? 1 : 0));
}

/** The network with another last Linear; `null` for one that has none. */
export function newNet(network: NetworkSpec): NetworkClass | null {
  const spec = classOfNetwork(network);
  const head = headOf(spec);
  if (!head) return null;
  // A head that fits would be no new one.
  const classes = head.args[1] === CLASSES ? CLASSES + 1 : CLASSES;
  const layers = spec.layers.map((layer): LayerSpec => {
    return layer === head ? { ...layer, args: [layer.args[0], classes] } : layer;
  });
  return { ...spec, className: `New${spec.className}`, layers };
}

export function headOf(spec: ClassSpec): LayerSpec | undefined {
  return spec.layers.findLast(({ kind }) => kind === 'Linear');
}
