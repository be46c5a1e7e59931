/** `torch.nn.Parameter(data, requires_grad)` (torch/nn/parameter.py). */
import { checkDifferentiable } from '../autograd/leaf';
import { noAttribute } from '../python/arguments';
import type { PyValue } from '../python/values';
import { Parameter, Tensor } from '../tensor';

/** Without data, an empty one. Raises AttributeError for what is no tensor, RuntimeError for a dtype without gradients. */
export function parameterOf(data: PyValue | undefined, requiresGrad = true): Parameter {
  const tensor = data ?? Tensor.float32([], [0]);
  if (!(tensor instanceof Tensor)) throw noAttribute(tensor, 'detach');
  if (requiresGrad) checkDifferentiable(tensor.dtype);
  return new Parameter(tensor, requiresGrad);
}
