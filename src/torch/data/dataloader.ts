/** `torch.utils.data.DataLoader` as an order of rows (torch/utils/data/dataloader.py, sampler.py): what it visits, what it draws. */
import { PythonError } from '../errors';
import { random63, randperm } from '../random/distributions';
import { Generator } from '../random/generator';

export interface LoaderOptions {
  readonly batchSize?: number;
  readonly shuffle?: boolean;
  readonly dropLast?: boolean;
  /** `generator=`: draws come from it instead of the global one. */
  readonly generator?: Generator;
}

export class DataLoader {
  private readonly n: number;
  private readonly batchSize: number;
  private readonly shuffle: boolean;
  private readonly dropLast: boolean;
  private readonly generator: Generator | undefined;

  /** Over `n` rows; draws nothing. Raises ValueError for a batch size below 1, and for no rows to shuffle. */
  constructor(
    n: number,
    { batchSize = 1, shuffle = false, dropLast = false, generator }: LoaderOptions = {},
  ) {
    // RandomSampler is made before BatchSampler, so its complaint comes first.
    if (shuffle) checkPositive('num_samples', n);
    checkPositive('batch_size', batchSize);
    this.n = n;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.dropLast = dropLast;
    this.generator = generator;
  }

  /** `len(loader)`: batches of an epoch. */
  get length(): number {
    const count = this.n / this.batchSize;
    return this.dropLast ? Math.floor(count) : Math.ceil(count);
  }

  /**
   * `iter(loader)`: the batches of one epoch, as row indices. Draws `_base_seed` at once (two draws), shuffling or not;
   * the sampler's draws come when batches are asked for, as in PyTorch.
   */
  iterate(global: Generator): IterableIterator<number[]> {
    random63(this.generator ?? global);
    return this.batches(this.rows(global));
  }

  /** RandomSampler or SequentialSampler. */
  private *rows(global: Generator): IterableIterator<number> {
    const { n, generator } = this;
    if (!this.shuffle) {
      for (let row = 0; row < n; row++) yield row;
      return;
    }
    const own = generator ?? new Generator(random63(global));
    yield* randperm(own, n);
    // RandomSampler draws for `num_samples % n` more rows, which are none: a generator= notices.
    randperm(own, n);
  }

  /** BatchSampler. */
  private *batches(rows: IterableIterator<number>): IterableIterator<number[]> {
    let batch: number[] = [];
    for (const row of rows) {
      batch.push(row);
      if (batch.length < this.batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0 && !this.dropLast) yield batch;
  }
}

/** The batches of one epoch at once, as row indices. */
export function epoch(generator: Generator, n: number, options: LoaderOptions): number[][] {
  return [...new DataLoader(n, options).iterate(generator)];
}

function checkPositive(name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new PythonError('ValueError', `${name} should be a positive integer value, but got ${name}=${value}`);
}
