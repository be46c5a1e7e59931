/** `torch.cuda` and its neighbours on a build without it (torch/cuda/__init__.py; torch/amp/autocast_mode.py). */
import { noCuda } from './device';
import { NotBuilt, PythonError } from './errors';
import type { PyDevice, PyValue } from './python/values';
import { userWarning, type Warn } from './warnings';

/** What can be asked and done without a card. */
const harmless: Readonly<Record<string, PyValue>> = {
  is_available: false,
  is_initialized: false,
  device_count: 0,
  memory_allocated: 0,
  max_memory_allocated: 0,
  memory_reserved: 0,
  manual_seed: null,
  manual_seed_all: null,
  seed: null,
  empty_cache: null,
};

const needsCard = new Set([
  'init',
  'current_device',
  'get_device_name',
  'get_device_properties',
  'get_device_capability',
  'synchronize',
  'current_stream',
  'mem_get_info',
  'initial_seed',
  'get_rng_state',
]);

/** Names that `torch.cuda` has here. */
export const cudaFunctions: readonly string[] = [...Object.keys(harmless), ...needsCard];

/** `torch.cuda.name(...)`. Raises AssertionError for what needs a card. */
export function callCuda(name: string): PyValue {
  if (needsCard.has(name)) throw noCuda();
  return harmless[name];
}

/** `with torch.autocast(device_type):` — for cuda it does nothing, and warns. */
export function autocast({ type }: PyDevice, warn: Warn): void {
  if (type !== 'cuda') throw new NotBuilt(`autocast on ${type}`);
  warn(userWarning('CUDA is not available or torch_xla is imported. Disabling autocast.'));
}

/** `torch.Generator(device)`. Raises RuntimeError for one that only a card could have. */
export function checkGeneratorDevice({ type }: PyDevice): void {
  if (type === 'cpu') return;
  if (type !== 'cuda') throw new NotBuilt(`a generator on ${type}`);
  throw new PythonError('RuntimeError', NO_CUDA_LIBRARY);
}

const NO_CUDA_LIBRARY =
  'Cannot get CUDA generator without ATen_cuda library. PyTorch splits its backend into two shared libraries: a CPU library ' +
  'and a CUDA library; this error has occurred because you are trying to use some CUDA functionality, but the CUDA library ' +
  "has not been loaded by the dynamic linker for some reason.  The CUDA library MUST be loaded, EVEN IF you don't directly " +
  'use any symbols from the CUDA library! One common culprit is a lack of -Wl,--no-as-needed in your link arguments; many ' +
  "dynamic linkers will delete dynamic library dependencies if you don't depend on any of their symbols.  You can check if " +
  'this has occurred by using ldd on your binary to see if there is a dependency on *_cuda.so library.';
