/** `.safetensors`: the header names every tensor; there is no pickle. */
import { PythonError } from '../../errors';
import { contiguousStride, numelOf } from '../../tensor';
import type { Reading } from '../byte-source';
import { LimitRefusal } from '../refusal';
import { safetensorsHeader } from '../safetensors';
import type { Container } from './container';
import { limitFault } from './faults';
import { cut } from './python-text';

export function* describeSafetensors(fileSize: number): Reading<Container> {
  try {
    const { entries, dataStart, metadata } = yield* safetensorsHeader(fileSize);
    return {
      container: 'safetensors',
      storages: entries.map(({ name, dtype, start, end }) => ({
        key: name,
        dtype,
        location: 'cpu',
        size: end - start,
        record: null,
        dataOffset: dataStart + start,
      })),
      tensors: entries.map(({ name, dtype, shape }, storage) => ({
        name,
        path: [name],
        role: 'tensor',
        dtype,
        shape,
        numel: numelOf(shape),
        stride: contiguousStride(shape),
        offset: 0,
        requiresGrad: false,
        storage,
        fault: null,
      })),
      metadata: metadata.map(([key, value]) => ({ key: cut(key), version: null, text: cut(String(value)) })),
    };
  } catch (error) {
    if (error instanceof LimitRefusal) return { container: 'safetensors', faults: [limitFault(error.limit)] };
    if (!(error instanceof PythonError)) throw error;
    return { container: 'safetensors', faults: [{ id: 'safetensors', params: { message: error.message } }] };
  }
}
