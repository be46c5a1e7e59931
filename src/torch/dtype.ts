/** Element types, with the names PyTorch gives them in files and messages (torch/storage.py, c10/core/ScalarType.h). */

export type DType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool'
  | 'complex64'
  | 'complex128'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float8_e4m3fn'
  | 'float8_e5m2'
  | 'qint8'
  | 'quint8'
  | 'qint32'
  | 'quint4x2'
  | 'quint2x4';

export interface DTypeInfo {
  /** Bytes of one element. */
  readonly itemsize: number;
  /** c10's name, as errors print it: `Float`, `Long`. */
  readonly scalarType: string;
  /** Name of the C++ type, as other errors print it: `float`, `long int`. */
  readonly cppType: string;
  /** Class of `torch` that a typed storage of this dtype is pickled as; absent where PyTorch writes an `UntypedStorage`. */
  readonly storageClass?: string;
  readonly kind: 'float' | 'int' | 'bool' | 'complex' | 'quantized';
}

export const dtypes: Readonly<Record<DType, DTypeInfo>> = {
  float32: {
    itemsize: 4,
    scalarType: 'Float',
    cppType: 'float',
    storageClass: 'FloatStorage',
    kind: 'float',
  },
  float64: {
    itemsize: 8,
    scalarType: 'Double',
    cppType: 'double',
    storageClass: 'DoubleStorage',
    kind: 'float',
  },
  float16: {
    itemsize: 2,
    scalarType: 'Half',
    cppType: 'c10::Half',
    storageClass: 'HalfStorage',
    kind: 'float',
  },
  bfloat16: {
    itemsize: 2,
    scalarType: 'BFloat16',
    cppType: 'c10::BFloat16',
    storageClass: 'BFloat16Storage',
    kind: 'float',
  },
  int64: { itemsize: 8, scalarType: 'Long', cppType: 'long int', storageClass: 'LongStorage', kind: 'int' },
  int32: { itemsize: 4, scalarType: 'Int', cppType: 'int', storageClass: 'IntStorage', kind: 'int' },
  int16: {
    itemsize: 2,
    scalarType: 'Short',
    cppType: 'short int',
    storageClass: 'ShortStorage',
    kind: 'int',
  },
  int8: { itemsize: 1, scalarType: 'Char', cppType: 'signed char', storageClass: 'CharStorage', kind: 'int' },
  uint8: {
    itemsize: 1,
    scalarType: 'Byte',
    cppType: 'unsigned char',
    storageClass: 'ByteStorage',
    kind: 'int',
  },
  bool: { itemsize: 1, scalarType: 'Bool', cppType: 'bool', storageClass: 'BoolStorage', kind: 'bool' },
  complex64: {
    itemsize: 8,
    scalarType: 'ComplexFloat',
    cppType: 'c10::complex<float>',
    storageClass: 'ComplexFloatStorage',
    kind: 'complex',
  },
  complex128: {
    itemsize: 16,
    scalarType: 'ComplexDouble',
    cppType: 'c10::complex<double>',
    storageClass: 'ComplexDoubleStorage',
    kind: 'complex',
  },
  uint16: { itemsize: 2, scalarType: 'UInt16', cppType: 'short unsigned int', kind: 'int' },
  uint32: { itemsize: 4, scalarType: 'UInt32', cppType: 'unsigned int', kind: 'int' },
  uint64: { itemsize: 8, scalarType: 'UInt64', cppType: 'long unsigned int', kind: 'int' },
  float8_e4m3fn: { itemsize: 1, scalarType: 'Float8_e4m3fn', cppType: 'c10::Float8_e4m3fn', kind: 'float' },
  float8_e5m2: { itemsize: 1, scalarType: 'Float8_e5m2', cppType: 'c10::Float8_e5m2', kind: 'float' },
  qint8: {
    itemsize: 1,
    scalarType: 'QInt8',
    cppType: 'c10::qint8',
    storageClass: 'QInt8Storage',
    kind: 'quantized',
  },
  quint8: {
    itemsize: 1,
    scalarType: 'QUInt8',
    cppType: 'c10::quint8',
    storageClass: 'QUInt8Storage',
    kind: 'quantized',
  },
  qint32: {
    itemsize: 4,
    scalarType: 'QInt32',
    cppType: 'c10::qint32',
    storageClass: 'QInt32Storage',
    kind: 'quantized',
  },
  quint4x2: {
    itemsize: 1,
    scalarType: 'QUInt4x2',
    cppType: 'c10::quint4x2',
    storageClass: 'QUInt4x2Storage',
    kind: 'quantized',
  },
  quint2x4: {
    itemsize: 1,
    scalarType: 'QUInt2x4',
    cppType: 'c10::quint2x4',
    storageClass: 'QUInt2x4Storage',
    kind: 'quantized',
  },
};

export function isFloating(dtype: DType): boolean {
  return dtypes[dtype].kind === 'float';
}

/** `tensor.type()` of a tensor on the CPU: `torch.FloatTensor`. */
export function tensorType(dtype: DType): string {
  return `torch.${dtypes[dtype].scalarType}Tensor`;
}

const renamed = new Set<DType>(['uint8', 'int8', 'int16', 'int32', 'int64', 'float16', 'float32', 'float64']);

/** The same in a message from C++, where only older types are renamed (torch/csrc/Exceptions.cpp, processErrorMsg). */
export function tensorTypeInMessage(dtype: DType): string {
  return renamed.has(dtype) ? tensorType(dtype) : `CPU${dtypes[dtype].scalarType}Type`;
}

/** Whether values of this dtype can have gradients. */
export function isDifferentiable(dtype: DType): boolean {
  return isFloating(dtype) || dtypes[dtype].kind === 'complex';
}
