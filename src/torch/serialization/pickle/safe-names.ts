/**
 * Which names in a pickle a reader should be warned of. Allowed ones rebuild tensors and containers; a class of torch.nn or of
 * the learner's own module makes a whole model, and is no danger here, where nothing is imported.
 */
import { importable } from '../../program/torch-names';
import { allowedGlobals } from './names';
import { fullName, type GlobalReference } from './scan-globals';

/** Standard library names that only hold data. */
const harmless = new Set([
  ...'object dict list tuple frozenset int float str bytes bool slice range'
    .split(' ')
    .map((name) => `builtins.${name}`),
  'collections.defaultdict',
  'collections.deque',
  'datetime.datetime',
  'datetime.date',
  'datetime.timedelta',
  'argparse.Namespace',
  'pathlib.PosixPath',
  'pathlib.PurePosixPath',
  'numpy.dtype',
  'numpy.ndarray',
  'numpy._core.multiarray.scalar',
  'numpy._core.multiarray._reconstruct',
  'numpy.core.multiarray.scalar',
  'numpy.core.multiarray._reconstruct',
]);

/** Full names that could run something, each once. */
export function unsafeMembers(found: readonly GlobalReference[]): string[] {
  const names = found.filter(isUnsafe).map(fullName);
  return [...new Set(names)];
}

function isUnsafe(reference: GlobalReference): boolean {
  const { module, name, literal } = reference;
  if (!literal) return true;
  const path = `${module}.${name}`;
  if (allowedGlobals.has(path) || harmless.has(path) || /Storage$/.test(name)) return false;
  const top = module.split('.')[0];
  if (top === 'torch') return !/^torch\.(nn|optim)\./.test(module);
  return importable.has(top);
}
