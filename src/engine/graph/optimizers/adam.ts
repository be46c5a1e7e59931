/** `torch.optim.Adam` and `AdamW` (torch/optim/adam.py, _single_tensor_adam). */
import { Adam, betasOf } from '../../../torch/optim/adam';
import { numberOption, type Optimizer, type ParamGroup } from '../../../torch/optim/optimizer';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';
import { names } from '../names';
import type { OptimizerRule, Slot } from './rule';

const MEAN = 'exp_avg';
const SQUARE = 'exp_avg_sq';
const LARGEST = 'max_exp_avg_sq';
/** lr / (1 - beta1^t) */
const STEP_SIZE = 'step_size';
/** sqrt(1 - beta2^t) */
const CORRECTION = 'bias_correction2_sqrt';
/** 1 - lr * weight_decay */
const KEPT = 'kept';

export const adam: OptimizerRule = {
  stateNames: [MEAN, SQUARE, LARGEST],

  lower({ parameter, key, lead, group }, gradient, builder) {
    const { weightDecay, decoupled, amsgrad, maximize, eps, beta1, beta2 } = settings(group);
    const scalar = (kind: string): ValueId => builder.input(names.optimizerScalar(kind, lead), []);
    const before = (name: string): ValueId => builder.input(names.optimizerState(name, key), parameter.shape);
    let value = builder.input(key, parameter.shape);
    let grad = maximize ? builder.neg(gradient) : gradient;
    if (weightDecay !== 0) {
      if (decoupled) value = builder.mul(value, scalar(KEPT));
      else grad = builder.add(grad, builder.mul(builder.scalar(weightDecay), value));
    }
    const mean = towards(before(MEAN), grad, 1 - beta1, builder);
    const square = builder.add(
      builder.mul(before(SQUARE), builder.scalar(beta2)),
      builder.mul(builder.scalar(1 - beta2), builder.mul(grad, grad)),
    );
    const largest = amsgrad ? larger(before(LARGEST), square, builder) : null;
    const spread = builder.div(builder.sqrt(largest ?? square), scalar(CORRECTION));
    const ratio = builder.div(mean, builder.add(spread, builder.scalar(eps)));
    return {
      value: builder.sub(value, builder.mul(scalar(STEP_SIZE), ratio)),
      state: new Map([
        [MEAN, mean],
        [SQUARE, square],
        ...(largest === null ? [] : [[LARGEST, largest] as const]),
      ]),
    };
  },

  variant: (group) => Object.values(settings(group)).join(),

  progress: (parameter, optimizer) => String(stepOf(optimizer, parameter)),

  perStep({ parameter, lead, group }: Slot, optimizer, taken) {
    const { weightDecay, decoupled, beta1, beta2 } = settings(group);
    const lr = numberOption(group, 'lr');
    const step = stepOf(optimizer, parameter) + taken + 1;
    const scalars: (readonly [string, number])[] = [
      [names.optimizerScalar(STEP_SIZE, lead), lr / (1 - beta1 ** step)],
      [names.optimizerScalar(CORRECTION, lead), Math.sqrt(1 - beta2 ** step)],
    ];
    if (weightDecay !== 0 && decoupled)
      scalars.push([names.optimizerScalar(KEPT, lead), 1 - lr * weightDecay]);
    return scalars;
  },

  count({ parameter, group }, optimizer, steps) {
    if (!(optimizer instanceof Adam)) return;
    optimizer.initialized(parameter, group).get('step')!.float32Data()[0] += steps;
  },
};

function settings(group: ParamGroup) {
  const [beta1, beta2] = betasOf(group);
  return {
    beta1,
    beta2,
    eps: numberOption(group, 'eps'),
    weightDecay: numberOption(group, 'weight_decay'),
    decoupled: Boolean(group.options.get('decoupled_weight_decay')),
    amsgrad: Boolean(group.options.get('amsgrad')),
    maximize: Boolean(group.options.get('maximize')),
  };
}

/** Steps this parameter has taken. */
function stepOf(optimizer: Optimizer, parameter: Slot['parameter']): number {
  return optimizer.state.get(parameter)?.get('step')?.float32Data()[0] ?? 0;
}

/** `start.lerp(end, share)` */
function towards(start: ValueId, end: ValueId, share: number, builder: GraphBuilder): ValueId {
  return builder.add(start, builder.mul(builder.scalar(share), builder.sub(end, start)));
}

/** `torch.maximum(before, now)`: once a square is nan it stays nan, so only `now` can be. */
function larger(before: ValueId, now: ValueId, builder: GraphBuilder): ValueId {
  return builder.where(builder.greater(before, now), before, now);
}
