/** Writing into tensors that autograd knows (torch/csrc/autograd/VariableTypeUtils.h, check_inplace; ADInplaceOrView). */
import { PythonError } from '../errors';
import type { Tensor } from '../tensor';
import type { GradMode } from './grad-mode';

/**
 * Before an operation writes into `tensor`. Raises RuntimeError for a leaf that requires grad, for a view of one, and for an
 * inference tensor outside of the mode.
 */
export function checkInPlace(tensor: Tensor, mode: GradMode): void {
  if (mode.enabled) {
    if (isTrainedLeaf(tensor)) throw leafInPlace('a leaf');
    if (tensor.base && isTrainedLeaf(tensor.base)) throw leafInPlace('a view of a leaf');
  }
  if (tensor.inference && !mode.inference) throw new PythonError('RuntimeError', INFERENCE_IN_PLACE);
}

/** After it was written: whoever saved it will see. */
export function bumpVersion(tensor: Tensor): void {
  tensor.version.count++;
}

function isTrainedLeaf({ requiresGrad, gradFn }: Tensor): boolean {
  return requiresGrad && gradFn === null;
}

function leafInPlace(what: string): PythonError {
  return new PythonError(
    'RuntimeError',
    `${what} Variable that requires grad is being used in an in-place operation.`,
  );
}

const INFERENCE_IN_PLACE =
  'Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to get a normal tensor ' +
  'before doing inplace update.See https://github.com/pytorch/rfcs/pull/17 for more details.';
