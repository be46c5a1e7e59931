/** The order in which `torch.utils.data.DataLoader` visits a dataset (torch/utils/data/dataloader.py, sampler.py). */
import { random63, randperm } from '../random/distributions';
import { Generator } from '../random/generator';

export interface LoaderOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly dropLast?: boolean;
}

/**
 * The batches of one epoch, as row indices. `iter(loader)` draws `_base_seed` (two draws), shuffling or not; a shuffling
 * sampler then draws the seed of a generator of its own (two more).
 */
export function epoch(generator: Generator, n: number, options: LoaderOptions): number[][] {
  random63(generator);
  const order = options.shuffle
    ? randperm(new Generator(random63(generator)), n)
    : Array.from({ length: n }, (_, i) => i);
  const batches: number[][] = [];
  for (let start = 0; start < n; start += options.batchSize) {
    const batch = order.slice(start, start + options.batchSize);
    if (batch.length === options.batchSize || !options.dropLast) batches.push(batch);
  }
  return batches;
}
