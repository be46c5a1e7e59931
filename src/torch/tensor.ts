/**
 * Tensors as PyTorch lays them out: a view (shape, stride, offset) on a storage of bytes that others may share.
 * Numbers are computed in the engine; here a tensor is only read, written and compared.
 */
import type { Node } from './autograd/node';
import { type DType, dtypes } from './dtype';

export type Shape = readonly number[];

/** The bytes under one or more tensors, little-endian, with the device tag that `torch.save` records. */
export class Storage {
  readonly dtype: DType;
  readonly bytes: Uint8Array;
  readonly location: string;

  constructor(dtype: DType, bytes: Uint8Array, location = 'cpu') {
    this.dtype = dtype;
    this.bytes = bytes;
    this.location = location;
  }

  /** Number of elements. */
  get length(): number {
    return this.bytes.length / dtypes[this.dtype].itemsize;
  }
}

/** Row-major strides in elements, as `torch.empty(shape).stride()`. */
export function contiguousStride(shape: Shape): number[] {
  const stride = new Array<number>(shape.length);
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    stride[d] = step;
    step *= Math.max(shape[d], 1);
  }
  return stride;
}

export function numelOf(shape: Shape): number {
  return shape.reduce((n, d) => n * d, 1);
}

export interface TensorLayout {
  readonly stride?: readonly number[];
  /** In elements. */
  readonly offset?: number;
  readonly requiresGrad?: boolean;
  /** Element type when it differs from the storage's own (views of untyped storages). */
  readonly dtype?: DType;
  /** Of the tensor whose memory it shares. */
  readonly version?: Version;
  readonly inference?: boolean;
  readonly base?: Tensor;
}

/** Counts writes in place: one counter for a tensor and its views (c10/core/TensorImpl.h, VariableVersion). */
export interface Version {
  count: number;
}

export class Tensor {
  readonly storage: Storage;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly stride: Shape;
  readonly offset: number;
  readonly version: Version;
  /** The tensor it is a view of. */
  readonly base: Tensor | null;
  /** Whether it was made in inference mode. */
  inference: boolean;
  requiresGrad: boolean;
  /** What computed it while a graph was recorded; `null` of a leaf. */
  gradFn: Node | null = null;
  /** `.grad` of a leaf, once a backward has reached it. */
  grad: Tensor | null = null;

  constructor(storage: Storage, shape: Shape, layout: TensorLayout = {}) {
    this.storage = storage;
    this.dtype = layout.dtype ?? storage.dtype;
    this.shape = shape;
    this.stride = layout.stride ?? contiguousStride(shape);
    this.offset = layout.offset ?? 0;
    this.version = layout.version ?? { count: 0 };
    this.inference = layout.inference ?? false;
    this.base = layout.base ?? null;
    this.requiresGrad = layout.requiresGrad ?? false;
  }

  static float32(values: ArrayLike<number>, shape: Shape): Tensor {
    const data = Float32Array.from(values);
    return new Tensor(new Storage('float32', new Uint8Array(data.buffer)), shape);
  }

  static int64(values: readonly number[], shape: Shape): Tensor {
    const data = BigInt64Array.from(values, BigInt);
    return new Tensor(new Storage('int64', new Uint8Array(data.buffer)), shape);
  }

  get numel(): number {
    return numelOf(this.shape);
  }

  /** Whether it has a shape and no numbers. */
  get isMeta(): boolean {
    return this.storage.location === 'meta';
  }

  get itemsize(): number {
    return dtypes[this.dtype].itemsize;
  }

  get isContiguous(): boolean {
    if (this.numel === 0) return true;
    let step = 1;
    for (let d = this.shape.length - 1; d >= 0; d--) {
      if (this.shape[d] !== 1 && this.stride[d] !== step) return false;
      step *= this.shape[d];
    }
    return true;
  }

  /** Elements in row-major order, little-endian; a view of the storage when the tensor is contiguous. */
  contiguousBytes(): Uint8Array {
    const { itemsize, numel } = this;
    const { bytes } = this.storage;
    if (numel === 0) return new Uint8Array(0);
    if (this.isContiguous) return bytes.subarray(this.offset * itemsize, (this.offset + numel) * itemsize);
    const out = new Uint8Array(numel * itemsize);
    const index = new Array<number>(this.shape.length).fill(0);
    for (let i = 0; i < numel; i++) {
      let element = this.offset;
      for (let d = 0; d < index.length; d++) element += index[d] * this.stride[d];
      out.set(bytes.subarray(element * itemsize, (element + 1) * itemsize), i * itemsize);
      for (let d = index.length - 1; d >= 0 && ++index[d] === this.shape[d]; d--) index[d] = 0;
    }
    return out;
  }

  /** The live values of a contiguous float32 tensor: writing here writes the tensor. */
  float32Data(): Float32Array {
    if (this.dtype !== 'float32' || !this.isContiguous)
      throw new Error('float32Data needs a contiguous float32 tensor');
    const { bytes } = this.storage;
    return new Float32Array(bytes.buffer, bytes.byteOffset + this.offset * 4, this.numel);
  }

  /** The live values of a contiguous int64 tensor. */
  int64Data(): BigInt64Array {
    if (this.dtype !== 'int64' || !this.isContiguous)
      throw new Error('int64Data needs a contiguous int64 tensor');
    const { bytes } = this.storage;
    return new BigInt64Array(bytes.buffer, bytes.byteOffset + this.offset * 8, this.numel);
  }

  /** Another tensor on the same storage, as `tensor.detach()`. */
  detach(): Tensor {
    return new Tensor(this.storage, this.shape, {
      stride: this.stride,
      offset: this.offset,
      dtype: this.dtype,
      version: this.version,
      inference: this.inference,
    });
  }

  /** `tensor.data = data`: the same object from now on has the memory, shape and dtype of another. */
  setData({ storage, dtype, shape, stride, offset }: Tensor): void {
    Object.assign(this, { storage, dtype, shape, stride, offset });
  }
}

/** `torch.nn.Parameter`: a tensor that is a leaf of training. */
export class Parameter extends Tensor {
  constructor(data: Tensor, requiresGrad = true) {
    super(data.storage, data.shape, {
      stride: data.stride,
      offset: data.offset,
      dtype: data.dtype,
      version: data.version,
      inference: data.inference,
      requiresGrad,
    });
  }
}

/** `torch.Size([8, 2])`, the way shapes stand in messages. */
export function sizeRepr(shape: Shape): string {
  return `torch.Size([${shape.join(', ')}])`;
}
