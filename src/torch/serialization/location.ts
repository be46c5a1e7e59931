/** `map_location`: where each storage of a file goes (torch/serialization.py, `default_restore_location`). */
import { PythonError } from '../errors';
import type { PyDevice, PyValue } from '../python/values';

/** A device string, a `torch.device`, a dict of tags, or a callable that keeps the storage (`keep`) or returns None (`none`). */
export type MapLocation =
  | string
  | PyDevice
  | ReadonlyMap<string, string>
  | { readonly callable: 'keep' | 'none' };

const hint =
  "If you are running on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') " +
  'to map your storages to the CPU.';

/** Backends of the registry in its order; `registered` is false where `torch.<name>` does not exist in this build. */
const backends = [
  { name: 'cuda', registered: true },
  { name: 'mps', registered: true },
  { name: 'meta', registered: true },
  { name: 'privateuseone', registered: false },
  { name: 'hpu', registered: false },
  { name: 'xpu', registered: true },
  { name: 'mtia', registered: true },
] as const;

/** The device a storage with this tag lands on, among `cuda` GPUs. Raises RuntimeError where there is none. */
function restore(location: string, cuda: number): string {
  if (location === 'cpu') return 'cpu';
  for (const { name, registered } of backends) {
    if (name === 'mps' && location.startsWith('mps')) {
      throw new PythonError('RuntimeError', 'torch.UntypedStorage(): Storage device not recognized: mps');
    }
    if (name === 'meta' && location === 'meta') return 'meta';
    if (name === 'mps' || name === 'meta') continue;
    if (location !== name && !new RegExp(`^${name}(:|[0-9]+)`).test(location)) continue;
    if (!registered) {
      throw new PythonError(
        'RuntimeError',
        `The ${name.toUpperCase()} device module is not registered. ${hint}`,
      );
    }
    if (!/^[a-z]+(:(0|[1-9][0-9]*))?$/.test(location)) {
      throw new PythonError('RuntimeError', `Invalid device string: '${location}'`);
    }
    if (name === 'cuda' && cuda > 0) return cudaDevice(location, cuda);
    if (location === 'mtia') {
      throw new PythonError('RuntimeError', 'Cannot execute getCurrentDevice() without MTIA backend.');
    }
    throw new PythonError(
      'RuntimeError',
      `Attempting to deserialize object on a ${name.toUpperCase()} device but torch.${name}.is_available() is False. ${hint}`,
    );
  }
  throw new PythonError(
    'RuntimeError',
    `don't know how to restore data location of torch.storage.UntypedStorage (tagged with ${location})`,
  );
}

/** torch/serialization.py, `_validate_device`, on a machine that has GPUs. */
function cudaDevice(location: string, count: number): string {
  const index = Number(/:(\d+)$/.exec(location)?.[1] ?? 0);
  if (index >= count) {
    throw new PythonError(
      'RuntimeError',
      `Attempting to deserialize object on CUDA device ${index} but torch.cuda.device_count() is ${count}. ` +
        'Please use torch.load with map_location to map your storages to an existing device.',
    );
  }
  return `cuda:${index}`;
}

export function deviceString(device: PyDevice): string {
  return device.index === null ? device.type : `${device.type}:${device.index}`;
}

/** Where a storage with this tag goes; raises RuntimeError where there is no such place. */
export type Placing = (tag: PyValue) => string;

/** What `map_location` makes of each tag, on a machine with so many GPUs. */
export function placing(mapLocation: MapLocation | undefined, cuda = 0): Placing {
  return (tag) => restore(locationOf(mapLocation, typeof tag === 'string' ? tag : ''), cuda);
}

function locationOf(mapLocation: MapLocation | undefined, tag: string): string {
  if (mapLocation === undefined) return tag;
  if (typeof mapLocation === 'string') return mapLocation;
  if (mapLocation instanceof Map) return mapLocation.get(tag) ?? tag;
  if ('callable' in mapLocation) return mapLocation.callable === 'keep' ? 'cpu' : tag;
  return deviceString(mapLocation as PyDevice);
}

/** Storages are made on `meta` and nothing is read. */
export function isMeta(mapLocation: MapLocation | undefined): boolean {
  if (typeof mapLocation === 'string') return mapLocation === 'meta';
  if (mapLocation === undefined || mapLocation instanceof Map || 'callable' in mapLocation) return false;
  return (mapLocation as PyDevice).type === 'meta';
}
