/** `criterion(input, target)`. */
import { lossRecording } from '../../torch/autograd/layers';
import { NotBuilt } from '../../torch/errors';
import { checkLossDevice, lossArgumentError } from '../../torch/nn/inputs';
import type { Loss } from '../../torch/nn/loss';
import type { PyValue } from '../../torch/python/values';
import { Tensor } from '../../torch/tensor';
import { userWarning } from '../../torch/warnings';
import { lossRuleOf } from '../graph/losses';
import type { Lower } from './compute';
import { apply, type Eager } from './eager';

/** Raises what the loss raises of its arguments. No gradient of the target is computed. */
export function callLoss(eager: Eager, loss: Loss, input: PyValue, target: PyValue): Tensor {
  if (!(input instanceof Tensor) || !(target instanceof Tensor))
    throw lossArgumentError(loss, input, target, input instanceof Tensor);
  for (const text of loss.targetWarnings(input.shape, target.shape)) eager.warn(userWarning(text));
  checkLossDevice(loss, input, target);
  if (!target.isMeta) loss.checkTarget(input.shape, target, input.dtype);
  if (target.requiresGrad) throw new NotBuilt('the gradient of a target');
  const result = {
    shape: loss.lossShape(input.shape, target.shape),
    dtype: loss.lossDtype(input.dtype, target),
  };
  const { name, saves, holds = false } = lossRecording(loss, input, target);
  const lower = input.isMeta ? () => 0 : lowered(loss, input, target);
  return apply(eager, { operands: [input], result, lower, node: name, saves: () => saves, holds });
}

function lowered(loss: Loss, input: Tensor, target: Tensor): Lower {
  const rule = lossRuleOf(loss);
  const encoded = rule.encode(loss, input.shape, target, input.dtype);
  return (builder, [x]) => {
    const value = rule.lower(loss, x, builder.constant(encoded.values, encoded.shape), builder);
    return encoded.empty ? builder.add(value, builder.scalar(Number.NaN)) : value;
  };
}
