/** Targets that CrossEntropyLoss takes and refuses, as PyTorch recorded them. */
import { describe, expect, it } from 'vitest';
import type { DType } from '../dtype';
import { PythonError } from '../errors';
import { PyFloat, type PyValue } from '../python/values';
import { Generator } from '../random/generator';
import { Storage, Tensor } from '../tensor';
import { CrossEntropyLoss } from './cross-entropy-loss';
import { bind } from './signature';
import rows from './testdata/losses.json';

const arrays: Partial<Record<DType, (values: readonly number[]) => ArrayBufferView<ArrayBuffer>>> = {
  int64: (values) => BigInt64Array.from(values, BigInt),
  int32: (values) => Int32Array.from(values),
  float32: (values) => Float32Array.from(values),
  uint8: (values) => Uint8Array.from(values),
  bool: (values) => Uint8Array.from(values),
};

function tensorOf({ shape, dtype, values }: { shape: number[]; dtype: string; values: number[] }): Tensor {
  const { buffer } = arrays[dtype as DType]!(values);
  return new Tensor(new Storage(dtype as DType, new Uint8Array(buffer)), shape);
}

function lossOf(options: Readonly<Record<string, unknown>>): CrossEntropyLoss {
  const kwargs = Object.entries(options).map(([name, value]): [string, PyValue] => {
    if (Array.isArray(value)) return [name, Tensor.float32(value as number[], [value.length])];
    return [
      name,
      typeof value === 'number' && !Number.isInteger(value) ? new PyFloat(value) : (value as PyValue),
    ];
  });
  const call = { args: [], kwargs: new Map(kwargs) };
  return CrossEntropyLoss.create(
    bind('CrossEntropyLoss', CrossEntropyLoss.signature, call),
    new Generator(0),
  );
}

describe('CrossEntropyLoss', () => {
  it.each(rows.map((row) => [JSON.stringify([row.options, row.input, row.target]), row] as const))(
    '%s',
    (_title, row) => {
      let raised: unknown = null;
      try {
        lossOf(row.options).checkTarget(row.input, tensorOf(row.target));
      } catch (error) {
        raised = error;
      }
      if (!row.error) expect(raised).toBeNull();
      else {
        expect(raised).toBeInstanceOf(PythonError);
        expect({ type: (raised as PythonError).type, message: (raised as PythonError).message }).toEqual(
          row.error,
        );
      }
    },
  );
});
