/** Ties results to what they were computed from (torch/csrc/autograd/functions/utils.h; gen_variable_type.py). */
import { PythonError } from '../errors';
import { Tensor } from '../tensor';
import type { GradMode } from './grad-mode';
import { type Backward, type Edge, Node, type Saved } from './node';

export interface Recording {
  /** `MulBackward0` */
  readonly name: string;
  readonly inputs: readonly Tensor[];
  /** Given whether each input needs a gradient: the tensors that its backward reads. */
  readonly saves: (needs: readonly boolean[]) => readonly Saved[];
  /** Whether it keeps other values of its own. */
  readonly holds?: boolean;
  readonly backward: Backward;
}

/** Makes a result one that requires grad, where recording is on and one of its inputs does. */
export function record(
  mode: GradMode,
  result: Tensor,
  { name, inputs, saves, holds, backward }: Recording,
): void {
  const needs = inputs.map((input) => input.requiresGrad);
  if (!mode.enabled || !needs.includes(true)) return;
  const saved = saves(needs);
  for (const { tensor } of saved) {
    if (tensor.inference) throw new PythonError('RuntimeError', SAVED_INFERENCE_TENSOR);
  }
  const next = inputs.map((input, i) => (needs[i] ? edgeOf(input) : null));
  result.requiresGrad = true;
  result.gradFn = new Node(name, next, backward, saved, holds);
}

/** Where the gradient of a tensor goes. */
export function edgeOf(tensor: Tensor): Edge {
  return tensor.gradFn ? { node: tensor.gradFn } : { leaf: tensor };
}

/** A tensor as it is: the message names what computed it last. */
export function saved(tensor: Tensor): Saved {
  return { tensor, origin: () => tensor.gradFn?.shortName ?? null };
}

/** The result of the function that saves it, called `name` there. */
export function savedResult(tensor: Tensor, name: string): Saved {
  return { tensor, origin: () => name.replace(/Backward\d+$/, '') };
}

/** The same memory in another shape. Once its base was written to, it has become an `as_strided` of it. */
export function savedView(tensor: Tensor, shape: readonly number[]): Saved {
  const { storage, dtype, version, inference } = tensor;
  const view = new Tensor(storage, shape, { dtype, version, inference });
  return { tensor: view, origin: () => (tensor.requiresGrad ? 'AsStrided' : null) };
}

const SAVED_INFERENCE_TENSOR =
  'Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in computation ' +
  'tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in autograd, or use ' +
  '`torch.no_grad()` instead of `torch.inference_mode()`.';
