/**
 * Data sets by the name a notebook gives them. Each is stored as PyTorch 2.13 made it (scripts/fixtures/make_data.py) and
 * is fetched when it is asked for: only the two moons are there from the start.
 */
import { type Dataset, datasetOf } from './dataset';
import { moonsCode, twoMoons } from './moons';

export interface NamedDataset {
  readonly data: Dataset;
  /** Python that gives the same `x` and `y`. */
  readonly code: string;
  /** Where the data is from and under which licence, where others made it. */
  readonly credit?: string;
}

interface Points {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly code: string;
}

function points({ x, y, code }: Points): NamedDataset {
  return { data: datasetOf(Float32Array.from(x.flat()), y, [2]), code };
}

const loaders = {
  /** Two half circles: 256 points, 2 classes. */
  moons: async () => ({ data: twoMoons, code: moonsCode }),
  /** A ring inside a ring: 256 points, 2 classes. */
  circles: async () => points(await import('./circles.json')),
  /** Three arms: 300 points, 3 classes. */
  spiral: async () => points(await import('./spiral.json')),
  /** Four clouds: 256 points, 4 classes. */
  blobs: async () => points(await import('./blobs.json')),
  /** Handwritten digits: 500 images of 1x8x8, 10 classes. */
  digits: async () => (await import('./digits')).digits,
} satisfies Record<string, () => Promise<NamedDataset>>;

export type DatasetName = keyof typeof loaders;

export const datasetNames = Object.keys(loaders) as readonly DatasetName[];

export function loadDataset(name: DatasetName): Promise<NamedDataset> {
  return loaders[name]();
}
