/** `torch.utils.data.TensorDataset` (torch/utils/data/dataset.py), and its rows collated into a batch. */
import { PythonError } from '../errors';
import { Storage, Tensor } from '../tensor';

export class TensorDataset {
  readonly tensors: readonly Tensor[];

  /** Raises AssertionError unless all first axes are equally long, IndexError for a tensor without axes. */
  constructor(...tensors: readonly Tensor[]) {
    const sizes = tensors.map((tensor) => {
      if (tensor.shape.length > 0) return tensor.shape[0];
      throw new PythonError('IndexError', 'Dimension specified as 0 but tensor has no dimensions');
    });
    if (sizes.some((size) => size !== sizes[0]))
      throw new PythonError('AssertionError', 'Size mismatch between tensors');
    this.tensors = tensors;
  }

  get length(): number {
    return this.tensors[0].shape[0];
  }

  /** `dataset[index]`: a view of each tensor. A negative index counts from the end. Raises IndexError outside. */
  row(index: number): Tensor[] {
    return this.tensors.map((tensor) => rowOf(tensor, index));
  }

  /** What a DataLoader hands out for these rows: each tensor's rows stacked, (rows.length, ...). */
  batch(rows: readonly number[]): Tensor[] {
    return this.tensors.map((tensor) => {
      const shape = [rows.length, ...tensor.shape.slice(1)];
      const parts = rows.map((row) => rowOf(tensor, row));
      const bytes = new Uint8Array(parts.reduce((n, part) => n + part.numel * part.itemsize, 0));
      let at = 0;
      for (const part of parts) {
        bytes.set(part.contiguousBytes(), at);
        at += part.numel * part.itemsize;
      }
      return new Tensor(new Storage(tensor.dtype, bytes, tensor.storage.location), shape);
    });
  }
}

/** `tensor[index]` */
function rowOf({ storage, dtype, shape, stride, offset }: Tensor, index: number): Tensor {
  const [size] = shape;
  if (index < -size || index >= size) {
    throw new PythonError('IndexError', `index ${index} is out of bounds for dimension 0 with size ${size}`);
  }
  const row = index < 0 ? index + size : index;
  return new Tensor(storage, shape.slice(1), {
    dtype,
    stride: stride.slice(1),
    offset: offset + row * stride[0],
  });
}
