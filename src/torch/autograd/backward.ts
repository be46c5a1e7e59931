/** `tensor.backward()` (torch/autograd/__init__.py; torch/csrc/autograd/engine.cpp). */
import { PythonError } from '../errors';
import { sizeRepr, type Tensor } from '../tensor';
import type { Edge, Node } from './node';
import { edgeOf } from './record';

/** What the numbers of a backward need. */
export interface GradientArithmetic {
  /** `torch.ones_like(tensor)` */
  ones(like: Tensor): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  /** A tensor of its own, with the dtype of another. */
  copy(tensor: Tensor, like: Tensor): Tensor;
}

/**
 * Adds to `.grad` of every leaf the gradient of `root`, times `gradient` where one is given. Raises RuntimeError for a root
 * that is no scalar, that nothing was recorded for, or whose graph has been freed or written to.
 */
export function backward(
  root: Tensor,
  gradient: Tensor | null,
  retainGraph: boolean,
  arithmetic: GradientArithmetic,
): void {
  const seed = gradient ?? implicitGradient(root, arithmetic);
  if (sizeRepr(seed.shape) !== sizeRepr(root.shape)) {
    throw new PythonError(
      'RuntimeError',
      `Mismatch in shape: grad_output[0] has a shape of ${sizeRepr(seed.shape)} and output[0] has a shape of ${sizeRepr(root.shape)}.`,
    );
  }
  if (!root.requiresGrad) {
    throw new PythonError(
      'RuntimeError',
      'element 0 of tensors does not require grad and does not have a grad_fn',
    );
  }
  const pending = new Map<Node, Tensor>();
  const send = (edge: Edge, grad: Tensor): void => {
    if (edge === null) return;
    if ('leaf' in edge) accumulate(edge.leaf, grad, arithmetic);
    else {
      const before = pending.get(edge.node);
      pending.set(edge.node, before ? arithmetic.add(before, grad) : grad);
    }
  };
  send(edgeOf(root), seed);
  for (let node = latest(pending); node; node = latest(pending)) {
    const grads = node.apply(pending.get(node) as Tensor);
    pending.delete(node);
    if (!retainGraph) node.release();
    for (const [i, edge] of node.next.entries()) {
      const grad = grads[i];
      if (grad) send(edge, grad);
    }
  }
}

/** Only what requires grad is asked for its size: anything else is refused as that. */
function implicitGradient(root: Tensor, arithmetic: GradientArithmetic): Tensor {
  if (root.requiresGrad && root.numel !== 1) {
    throw new PythonError('RuntimeError', 'grad can be implicitly created only for scalar outputs');
  }
  return arithmetic.ones(root);
}

function accumulate(leaf: Tensor, grad: Tensor, arithmetic: GradientArithmetic): void {
  leaf.grad = leaf.grad ? arithmetic.add(leaf.grad, grad) : arithmetic.copy(grad, leaf);
}

function latest(pending: ReadonlyMap<Node, Tensor>): Node | null {
  let found: Node | null = null;
  for (const node of pending.keys()) if (!found || node.sequence > found.sequence) found = node;
  return found;
}
