/** Targets that the losses take, warn of and refuse, as PyTorch recorded them. */
import { describe, expect, it } from 'vitest';
import type { DType } from '../dtype';
import { PythonError } from '../errors';
import { PyFloat, type PyValue } from '../python/values';
import { Generator } from '../random/generator';
import { Storage, Tensor } from '../tensor';
import { createLoss } from './layer-class';
import type { Loss } from './loss';
import { lossClasses } from './registry';
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

type Nested = number | readonly Nested[];

function floats(nested: Nested): Tensor {
  const shape: number[] = [];
  for (let at: Nested | undefined = nested; Array.isArray(at); at = at[0]) shape.push(at.length);
  return Tensor.float32([nested as unknown].flat(shape.length) as number[], shape);
}

function lossOf(type: string, options: Readonly<Record<string, unknown>>): Loss {
  const kwargs = Object.entries(options).map(([name, value]): [string, PyValue] => {
    if (Array.isArray(value)) return [name, floats(value as Nested)];
    return [
      name,
      typeof value === 'number' && !Number.isInteger(value) ? new PyFloat(value) : (value as PyValue),
    ];
  });
  return createLoss(lossClasses.get(type)!, { args: [], kwargs: new Map(kwargs) }, new Generator(0));
}

describe('a loss', () => {
  it.each(rows.map((row) => [JSON.stringify([row.type, row.options, row.input, row.target]), row] as const))(
    '%s',
    (_title, row) => {
      const loss = lossOf(row.type, row.options);
      const target = tensorOf(row.target);
      expect(loss.targetWarnings(row.input, target.shape)).toEqual(row.warnings);
      let raised: unknown = null;
      try {
        loss.checkTarget(row.input, target);
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
