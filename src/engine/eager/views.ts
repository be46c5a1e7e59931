/** Other shapes on the same memory: `view`, `t`, `flatten`; and copies of another dtype or device. */
import { castDerivative, viewNodes } from '../../torch/autograd/functions';
import { record } from '../../torch/autograd/record';
import { checkViewable, inferSize, transposed } from '../../torch/functions/shapes';
import { Flatten } from '../../torch/nn/flatten';
import { contiguousStride, type Shape, Storage, Tensor } from '../../torch/tensor';
import { type Destination, tensorTo } from '../../torch/to';
import { unary } from './arithmetic';
import { type Eager, made, onMeta } from './eager';

/** `x.view(sizes)` */
export function view(eager: Eager, x: Tensor, sizes: Shape): Tensor {
  const shape = inferSize(sizes, x.numel);
  checkViewable(x);
  return inRows(eager, x, shape, viewNodes.view);
}

/** `x.reshape(sizes)`: a view where the memory allows it, a copy otherwise. */
export function reshape(eager: Eager, x: Tensor, sizes: Shape): Tensor {
  const shape = inferSize(sizes, x.numel);
  if (x.isContiguous) return inRows(eager, x, shape, viewNodes.view);
  return inRows(eager, unary(eager, 'clone', x), shape, viewNodes.unsafeView);
}

function inRows(eager: Eager, x: Tensor, shape: Shape, node: string): Tensor {
  return viewed(eager, x, { shape, stride: contiguousStride(shape) }, node, (grad) => relaid(grad, x.shape));
}

/** `x.t()` */
export function transpose(eager: Eager, x: Tensor): Tensor {
  const layout = { shape: transposed(x), stride: [...x.stride].reverse() };
  return viewed(
    eager,
    x,
    layout,
    viewNodes.t,
    ({ storage, dtype, offset, stride }) =>
      new Tensor(storage, x.shape, { dtype, offset, stride: [...stride].reverse() }),
  );
}

/** `torch.flatten(x, start, end)`: the tensor itself where there is nothing to join. */
export function flatten(eager: Eager, x: Tensor, start: number, end: number): Tensor {
  const layer = new Flatten();
  layer.attributes.set('start_dim', start).set('end_dim', end);
  const shape = layer.outputShape(x.shape);
  return shape.length === x.shape.length ? x : reshape(eager, x, shape);
}

/** The view of an inference tensor, taken outside of the mode, has no history and is one itself. */
function viewed(
  eager: Eager,
  x: Tensor,
  { shape, stride }: Layout,
  node: string,
  back: (grad: Tensor) => Tensor,
): Tensor {
  const { storage, dtype, offset, version, inference } = x;
  const result = new Tensor(storage, shape, { stride, offset, dtype, version, inference, base: x.base ?? x });
  if (!inference) {
    const backward = (grad: Tensor) => [
      grad.isMeta ? onMeta({ shape: x.shape, dtype: grad.dtype }) : back(grad),
    ];
    record(eager.gradMode, result, { name: node, inputs: [x], saves: () => [], backward });
  }
  return result;
}

interface Layout {
  readonly shape: Shape;
  readonly stride: Shape;
}

/** The same elements, row-major, in another shape. */
function relaid(tensor: Tensor, shape: Shape): Tensor {
  return new Tensor(new Storage(tensor.dtype, tensor.contiguousBytes().slice()), shape);
}

/** `x.to(...)`, recorded where it copies. */
export function to(eager: Eager, x: Tensor, destination: Destination): Tensor {
  const moved = tensorTo(x, destination);
  if (moved === x) return x;
  const { dtype } = x;
  record(eager.gradMode, made(eager, moved), {
    name: castDerivative.node,
    inputs: [x],
    saves: () => [],
    backward: (grad) => [tensorTo(grad, { device: null, dtype })],
  });
  return moved;
}
