/** Two files side by side. */
import type { Words } from './words';

export interface ComparisonView {
  readonly rows: readonly ComparedRow[];
  /** What differs besides tensors: kind of file, class, train/eval flags, values of a checkpoint. */
  readonly others: readonly OtherDifference[];
}

export interface ComparedRow {
  readonly name: string;
  /** `same` layout: their values can be compared. */
  readonly state: 'left' | 'right' | 'shape' | 'dtype' | 'same';
  /** Index into each file's tensors; -1 where it has none of that name. */
  readonly left: number;
  readonly right: number;
}

export interface OtherDifference {
  readonly words: Words;
  readonly left: string;
  readonly right: string;
}

/** How far two tensors of one layout are apart, element by element, in double precision. */
export interface DifferenceView {
  /** Index into the left file's tensors. */
  readonly tensor: number;
  readonly count: number;
  /** Elements that differ; two `nan` are the same here. */
  readonly different: number;
  readonly largest: number;
  readonly mean: number;
  /** Row-major index of the largest difference, and the two values there. */
  readonly at: number;
  readonly leftValue: number;
  readonly rightValue: number;
}
