/** A recorded computation: `grad_fn` (torch/csrc/autograd/function.h) and what it keeps (saved_variable.cpp). */
import { tensorTypeInMessage } from '../dtype';
import { PythonError } from '../errors';
import type { Tensor } from '../tensor';

/** Where a gradient goes on to: to the computation of an input, or to a leaf's `.grad`; `null` where none is wanted. */
export type Edge = { readonly node: Node } | { readonly leaf: Tensor } | null;

/** Gradients of the inputs, from the one of the result. */
export type Backward = (grad: Tensor) => readonly (Tensor | null)[];

/** A tensor that a backward reads. */
export interface Saved {
  readonly tensor: Tensor;
  /** What a message calls the function it came from, `null` for a leaf. Asked for when the message is written. */
  readonly origin: () => string | null;
}

interface Kept extends Saved {
  readonly version: number;
}

let made = 0;

export class Node {
  /** `AddmmBackward0` */
  readonly name: string;
  readonly next: readonly Edge[];
  /** Later computations have higher numbers: a backward takes the highest first. */
  readonly sequence = made++;
  private readonly backward: Backward;
  private readonly holds: boolean;
  private saved: readonly Kept[] | null;

  /** `holds` is for values inside of the function: they too are there for one backward. */
  constructor(
    name: string,
    next: readonly Edge[],
    backward: Backward,
    saved: readonly Saved[],
    holds = false,
  ) {
    this.name = name;
    this.next = next;
    this.backward = backward;
    this.saved = saved.map((one) => ({ ...one, version: one.tensor.version.count }));
    this.holds = holds || saved.length > 0;
  }

  /** The name in a message: `Addmm`. */
  get shortName(): string {
    return this.name.replace(/Backward\d+$/, '');
  }

  /** Raises RuntimeError when what it saved has been freed, or written to since. */
  apply(grad: Tensor): readonly (Tensor | null)[] {
    if (this.saved === null) throw new PythonError('RuntimeError', BACKWARD_TWICE);
    for (const one of this.saved) checkVersion(one);
    return this.backward(grad);
  }

  /** What a backward without `retain_graph` frees. */
  release(): void {
    if (this.holds) this.saved = null;
  }
}

function checkVersion({ tensor, origin, version }: Kept): void {
  const { count } = tensor.version;
  if (count === version) return;
  const from = origin();
  throw new PythonError(
    'RuntimeError',
    'one of the variables needed for gradient computation has been modified by an inplace operation: ' +
      `[${tensorTypeInMessage(tensor.dtype)} [${tensor.shape.join(', ')}]]${from === null ? '' : `, which is output 0 of ${from},`} ` +
      `is at version ${count}; expected version ${version} instead. Hint: enable anomaly detection to find the operation ` +
      'that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).',
  );
}

const BACKWARD_TWICE =
  'Trying to backward through the graph a second time (or directly access saved tensors after they have already been ' +
  'freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify ' +
  'retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors ' +
  'after calling backward.';
