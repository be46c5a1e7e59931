/** `torch.manual_seed` and its neighbours (torch/random.py), on a generator that stands for the global one. */
import { PythonError } from '../errors';
import { pyInt } from '../python/int';
import { cTypeName } from '../python/type-name';
import type { PyValue } from '../python/values';
import { Storage, Tensor } from '../tensor';
import type { Generator } from './generator';

/**
 * `torch.manual_seed(seed)`: takes whatever `int()` takes. Raises TypeError, ValueError or OverflowError from `int()`, and
 * ValueError outside [-2**63, 2**64).
 */
export function manualSeed(generator: Generator, seed: PyValue): Generator {
  return generator.manualSeed(pyInt(seed));
}

/** `generator.manual_seed(seed)`: unlike `torch.manual_seed` takes an int alone. Raises RuntimeError for anything else. */
export function generatorManualSeed(generator: Generator, seed: PyValue): Generator {
  if (typeof seed === 'number' || typeof seed === 'bigint') return generator.manualSeed(seed);
  throw new PythonError('RuntimeError', `manual_seed expected a long, but got ${cTypeName(seed)}`);
}

/** `torch.get_rng_state()`: a uint8 tensor of 5056 elements. */
export function getRngState(generator: Generator): Tensor {
  const bytes = generator.getState();
  return new Tensor(new Storage('uint8', bytes), [bytes.length]);
}

/** `torch.set_rng_state(state)`. Raises TypeError for what is no uint8 tensor, RuntimeError for one that is no state. */
export function setRngState(generator: Generator, state: PyValue): Generator {
  if (!(state instanceof Tensor))
    throw new PythonError('TypeError', `expected a torch.ByteTensor, but got ${cTypeName(state)}`);
  if (state.dtype !== 'uint8') throw new PythonError('TypeError', 'RNG state must be a torch.ByteTensor');
  if (!state.isContiguous) throw new PythonError('RuntimeError', 'RNG state must be contiguous');
  return generator.setState(state.contiguousBytes());
}

/** `with torch.random.fork_rng():` — what `run` draws is taken back. */
export function forkRng<T>(generator: Generator, run: () => T): T {
  const state = generator.getState();
  const { draws } = generator;
  try {
    return run();
  } finally {
    generator.setState(state);
    generator.draws = draws;
  }
}
