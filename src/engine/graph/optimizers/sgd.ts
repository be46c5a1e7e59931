/** `torch.optim.SGD` (torch/optim/sgd.py, _single_tensor_sgd). */
import { numberOption, type ParamGroup } from '../../../torch/optim/optimizer';
import { names } from '../names';
import type { OptimizerRule, Slot } from './rule';

const BUFFER = 'momentum_buffer';
/** Share of the gradient that enters the buffer: 1 in its first step, then 1 - dampening. */
const SHARE = 'gradient_share';

export const sgd: OptimizerRule = {
  stateNames: [BUFFER],

  lower({ parameter, key, lead, group, groupIndex }, gradient, builder) {
    const { momentum, weightDecay, nesterov, maximize } = settings(group);
    const { shape } = parameter;
    const value = builder.input(key, shape);
    let step = maximize ? builder.neg(gradient) : gradient;
    if (weightDecay !== 0) step = builder.add(step, builder.mul(builder.scalar(weightDecay), value));
    const state = new Map<string, number>();
    if (momentum !== 0) {
      const before = builder.mul(
        builder.scalar(momentum),
        builder.input(names.optimizerState(BUFFER, key), shape),
      );
      const entering = damped(group)
        ? builder.mul(builder.input(names.optimizerScalar(SHARE, lead), []), step)
        : step;
      const buffer = builder.add(before, entering);
      state.set(BUFFER, buffer);
      step = nesterov ? builder.add(step, builder.mul(builder.scalar(momentum), buffer)) : buffer;
    }
    const rate = builder.input(names.lr(groupIndex), []);
    return { value: builder.sub(value, builder.mul(rate, step)), state };
  },

  variant: (group) => Object.values(settings(group)).join(),

  progress: (parameter, optimizer) => (optimizer.state.get(parameter)?.has(BUFFER) ? 'buffered' : 'first'),

  /** A buffer starts as the whole gradient: zeros stand for `None`, and only dampening can tell them apart. */
  perStep({ parameter, lead, group }: Slot, optimizer, taken) {
    if (!damped(group)) return [];
    const first = taken === 0 && !optimizer.state.get(parameter)?.has(BUFFER);
    return [[names.optimizerScalar(SHARE, lead), first ? 1 : 1 - settings(group).dampening]];
  },
};

function settings(group: ParamGroup) {
  return {
    momentum: numberOption(group, 'momentum'),
    dampening: numberOption(group, 'dampening'),
    weightDecay: numberOption(group, 'weight_decay'),
    nesterov: Boolean(group.options.get('nesterov')),
    maximize: Boolean(group.options.get('maximize')),
  };
}

function damped(group: ParamGroup): boolean {
  const { momentum, dampening } = settings(group);
  return momentum !== 0 && dampening !== 0;
}
