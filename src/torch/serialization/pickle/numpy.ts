/**
 * Numbers of numpy in a checkpoint, as `{'loss': np.mean(losses)}` leaves them (numpy/_core/src/multiarray/scalartypes.c.src and
 * descriptor.c, `__reduce__`). Its arrays have no meaning here.
 */
import type { DType } from '../../dtype';
import { elementsOf } from '../../elements';
import { PyBytes, PyFloat, PyGlobal, PyObject, PyTuple, type PyValue } from '../../python/values';
import { Storage, Tensor } from '../../tensor';
import { byteswap } from '../byteswap';
import { Refusal } from '../refusal';

/** By the code a pickle gives to `numpy.dtype`. */
const types: ReadonlyMap<PyValue, readonly [dtype: DType, descriptor: string]> = new Map([
  ['f8', ['float64', 'Float64DType']],
  ['f4', ['float32', 'Float32DType']],
  ['i8', ['int64', 'Int64DType']],
  ['i4', ['int32', 'Int32DType']],
  ['i2', ['int16', 'Int16DType']],
  ['i1', ['int8', 'Int8DType']],
  ['u8', ['uint64', 'UInt64DType']],
  ['u4', ['uint32', 'UInt32DType']],
  ['u2', ['uint16', 'UInt16DType']],
  ['u1', ['uint8', 'UInt8DType']],
  ['b1', ['bool', 'BoolDType']],
]);

/** Names a pickle needs for a number. */
export const numpyNames: ReadonlySet<string> = new Set([
  'numpy.dtype',
  'numpy._core.multiarray.scalar',
  'numpy.core.multiarray.scalar',
]);

/** `numpy.dtype(code, align, copy)`; its state, set later, says the order of bytes. */
export function newDescriptor([code]: readonly PyValue[]): PyObject {
  const type = types.get(code ?? null);
  if (!type) throw new Refusal('unsupported', 'a numpy value of this type');
  return new PyObject(new PyGlobal('numpy.dtypes', type[1]), new PyTuple([code, '=']));
}

/** `object.__setstate__(state)` of an object this program keeps a description of. */
export function setObjectState(object: PyObject, state: PyValue): void {
  if (object.cls.module !== 'numpy.dtypes' || !(object.state instanceof PyTuple)) object.state = state;
  else if (state instanceof PyTuple) object.state = new PyTuple([object.state.items[0], state.items[1]]);
}

/** `scalar(dtype, bytes)`: the number, under the name of its type. */
export function newScalar([descriptor, data]: readonly PyValue[]): PyObject {
  const state = descriptor instanceof PyObject ? descriptor.state : null;
  const [code, order] = state instanceof PyTuple ? state.items : [];
  const type = types.get(code ?? null);
  if (!type || !(data instanceof PyBytes)) throw new Refusal('unsupported', 'a numpy value of this type');
  const [dtype] = type;
  const bytes = order === '>' ? byteswap(data.data, dtype) : data.data.slice();
  const storage = new Storage(dtype, bytes);
  if (storage.length !== 1) throw new Refusal('unsupported', 'a numpy value of another size than its type');
  const [element] = elementsOf(new Tensor(storage, []));
  return new PyObject(new PyGlobal('numpy', dtype), pythonValue(dtype, element));
}

function pythonValue(dtype: DType, element: number | bigint): PyValue {
  if (dtype === 'bool') return element !== 0;
  return dtype.startsWith('float') ? new PyFloat(Number(element)) : element;
}
