/** `torch.nn.AdaptiveAvgPool2d` (torch/nn/modules/pooling.py). */
import { checkKernel, isFloatingKernelType } from '../dispatch';
import { type DType, dtypes, isDifferentiable } from '../dtype';
import { PythonError } from '../errors';
import { intsArgument, sequenceOf } from '../python/arguments';
import { shortTypeName } from '../python/type-name';
import { isInt, PyTuple, type PyValue, toNumber } from '../python/values';
import type { Generator } from '../random/generator';
import type { Shape } from '../tensor';
import { axisIn } from './axis';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';

/** Means over as many windows as the output has places; None keeps an axis. */
export class AdaptiveAvgPool2d extends Module {
  static readonly kind = 'AdaptiveAvgPool2d';
  static readonly signature: readonly ParameterSpec[] = [{ name: 'output_size' }];
  static readonly initOwner = '_AdaptiveAvgPoolNd';
  override readonly className = AdaptiveAvgPool2d.kind;
  override readonly moduleName = 'torch.nn.modules.pooling';

  static create(args: BoundArguments, _generator: Generator): AdaptiveAvgPool2d {
    const layer = new AdaptiveAvgPool2d();
    layer.attributes.set('output_size', args.get('output_size') ?? null);
    return layer;
  }

  /** Raises in the order of torch/nn/functional.py and ATen/native/AdaptiveAveragePooling.cpp. */
  override outputShape(input: Shape, dtype: DType = 'float32'): Shape {
    const windows = outputSize(this.attribute('output_size'), input);
    if (windows.length !== 2) throw runtimeError('adaptive_avg_pool2d: output_size must be 2');
    if (windows.some((count) => count < 0)) {
      throw runtimeError(
        `adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0 but received {${windows.join(', ')}}`,
      );
    }
    // One window is a mean, which any two axes have.
    if (windows.every((count) => count === 1)) checkMean(input, dtype);
    else checkAdaptive(input, dtype);
    return [...input.slice(0, -2), ...windows];
  }

  override extraRepr(): string {
    return `output_size=${this.formatted('output_size')}`;
  }
}

/** torch/nn/functional.py, adaptive_avg_pool2d: None stands for the input's own size. */
function outputSize(size: PyValue, input: Shape): readonly number[] {
  if (isInt(size)) return [toNumber(size), toNumber(size)];
  const given = typeof size === 'string' ? [...size] : sequenceOf(size);
  if (!given) throw new PythonError('TypeError', `object of type '${shortTypeName(size)}' has no len()`);
  if (input.length <= given.length)
    throw new PythonError('ValueError', `Input dimension should be at least ${given.length + 1}`);
  const own = input.slice(-given.length);
  const filled = given.map((count, i) => count ?? own[i]);
  return intsArgument('adaptive_avg_pool2d', 'output_size', 2, new PyTuple(filled));
}

function checkMean(input: Shape, dtype: DType): void {
  axisIn(-2, input.length);
  if (isDifferentiable(dtype)) return;
  throw runtimeError(
    'mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. ' +
      `Got: ${dtypes[dtype].scalarType}`,
  );
}

function checkAdaptive(input: Shape, dtype: DType): void {
  if (input.length !== 3 && input.length !== 4)
    throw runtimeError(`adaptive_avg_pool2d(): Expected 3D or 4D tensor, but got [${input.join(', ')}]`);
  for (const axis of [input.length - 2, input.length - 1]) {
    if (input[axis] > 0) continue;
    throw runtimeError(
      'adaptive_avg_pool2d(): Expected input to have non-zero size for non-batch dimensions, but input has sizes ' +
        `[${input.join(', ')}] with dimension ${axis} being empty`,
    );
  }
  checkKernel('adaptive_avg_pool2d', dtype, isFloatingKernelType);
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}
