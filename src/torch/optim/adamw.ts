/** `torch.optim.AdamW` (torch/optim/adamw.py; Loshchilov and Hutter 2019): Adam that decays weights beside the gradient. */
import { PyFloat, type PyValue } from '../python/values';
import type { Parameter } from '../tensor';
import type { Warn } from '../warnings';
import { Adam } from './adam';
import type { ParamGroupSpec } from './optimizer';

export class AdamW extends Adam {
  static override readonly kind = 'AdamW';
  override readonly className = AdamW.kind;

  static override readonly defaults: ReadonlyMap<string, PyValue> = new Map<string, PyValue>([
    ...Adam.defaults,
    ['weight_decay', new PyFloat(0.01)],
    ['decoupled_weight_decay', true],
  ]);

  /** `AdamW(params, **options)`. Raises ValueError for options out of range. */
  constructor(
    params: Iterable<Parameter | ParamGroupSpec>,
    options: ReadonlyMap<string, PyValue> = new Map(),
    warn?: Warn,
  ) {
    super(params, new Map([...AdamW.defaults, ...options]), warn);
  }
}
