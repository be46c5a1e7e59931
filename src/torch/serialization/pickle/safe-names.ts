/**
 * Which names in a pickle a reader should be warned of. Allowed ones rebuild tensors and containers; a class of torch.nn or of
 * the learner's own module makes a whole model, and is no danger here, where nothing is imported.
 */
import { importable } from '../../program/torch-names';
import { allowedGlobals, storageClasses } from './names';
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

/**
 * `allowed`: `weights_only` takes it. `class`: of torch or of somebody's program, as a whole model needs them. `data`: holds
 * data only, though `weights_only` refuses it. `unsafe`: could run anything. `computed`: only running the file would tell.
 */
export type GlobalVerdict = 'allowed' | 'class' | 'data' | 'unsafe' | 'computed';

export function verdictOf({ module, name, literal }: Omit<GlobalReference, 'position'>): GlobalVerdict {
  if (!literal) return 'computed';
  const path = `${module}.${name}`;
  if (allowedGlobals.has(path)) return 'allowed';
  if (harmless.has(path) || storageClasses.has(name)) return 'data';
  // A name with blanks around it imports nothing, but it is read as the one without.
  const top = module.split('.')[0].trim();
  const isClass = top === 'torch' ? /^torch\.(nn|optim)\./.test(module) : !importable.has(top);
  return isClass ? 'class' : 'unsafe';
}

/** Full names that could run something, each once. */
export function unsafeMembers(found: readonly GlobalReference[]): string[] {
  const unsafe = found.filter((reference) => ['unsafe', 'computed'].includes(verdictOf(reference)));
  return [...new Set(unsafe.map(fullName))];
}
