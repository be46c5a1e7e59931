/** `AT_DISPATCH_*` (ATen/Dispatch.h): which element types a kernel on the CPU is compiled for. */
import { type DType, dtypes } from './dtype';
import { PythonError } from './errors';

/** Raises NotImplementedError for a dtype that the kernel, called by its own name, does not take. */
export function checkKernel(kernel: string, dtype: DType, takes: (dtype: DType) => boolean): void {
  if (takes(dtype)) return;
  throw new PythonError(
    'NotImplementedError',
    `"${kernel}" not implemented for '${dtypes[dtype].scalarType}'`,
  );
}

/** float, double, half and bfloat16. */
export function isFloatingKernelType(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64' || isReduced(dtype);
}

/** The 16-bit floats, which a kernel may take beside float32 parameters. */
function isReduced(dtype: DType): boolean {
  return dtype === 'float16' || dtype === 'bfloat16';
}

/**
 * What a normalisation's parameters may be beside its input: all of the input's dtype, or all float32 beside a 16-bit
 * input (ATen/native/cpu/mixed_data_type.h). `null` stands for one that is not there. Raises RuntimeError.
 */
export function checkMixedTypes(input: DType, parameters: readonly (DType | null | undefined)[]): void {
  const given = parameters.filter((dtype) => dtype !== null && dtype !== undefined);
  if (given.length === 0) return;
  if (given[0] === input) {
    const other = given.find((dtype) => dtype !== input);
    if (other) throw unexpectedType(input, other);
    return;
  }
  if (given.some((dtype) => dtype !== 'float32'))
    throw runtimeError('mixed dtype (CPU): expect parameter to have scalar type of Float');
  if (!isReduced(input)) throw runtimeError('mixed dtype (CPU): all inputs must share same datatype.');
}

/** What `tensor.data_ptr<T>()` says where a kernel of one dtype meets a tensor of another. */
export function unexpectedType(expected: DType, found: DType): PythonError {
  return runtimeError(
    `expected scalar type ${dtypes[expected].scalarType} but found ${dtypes[found].scalarType}`,
  );
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}
