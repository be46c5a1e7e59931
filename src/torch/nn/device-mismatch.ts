/** A model on one device and its input on another (c10's `common_device_check_failure`, as `addmm` calls it on a GPU). */
import { PythonError } from '../errors';
import type { TorchVersion } from '../serialization/weights-only-default';
import { Linear } from './linear';
import type { Module } from './module';

/**
 * Raises RuntimeError where the first layer is a Linear on a GPU and the input is on the CPU. Other first layers raise in
 * words of their own, which are not told here.
 */
export function checkInputOnCpu(model: Module, version: TorchVersion): void {
  const first = [...model.namedModules()].find(([, { parameters }]) => parameters.size > 0)?.[1];
  const device = first?.parameters.get('weight')?.storage.location;
  if (!(first instanceof Linear) || !first.parameters.get('bias') || !device?.startsWith('cuda')) return;
  const same = 'Expected all tensors to be on the same device, but';
  throw new PythonError(
    'RuntimeError',
    version === '2.13'
      ? `${same} got mat1 is on cpu, different from other tensors on ${device} (when checking argument in method wrapper_CUDA_addmm)`
      : `${same} found at least two devices, cpu and ${device}! (when checking argument for argument mat1 in method wrapper_CUDA_addmm)`,
  );
}
