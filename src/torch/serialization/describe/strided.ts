/** The elements of a tensor as runs of neighbours in its storage. */

import type { Layout } from './extent';

/** Elements that lie one behind the other in the storage. */
export interface Run {
  readonly start: number;
  readonly length: number;
}

/** Runs of the elements `start` to `end` in row-major order. */
export function* runsOf({ shape, stride, offset }: Layout, start: number, end: number): Generator<Run> {
  const [outer, run] = runLength(shape, stride);
  const index = new Array<number>(outer).fill(0);
  for (let d = outer - 1, rest = Math.floor(start / run); d >= 0; d--) {
    index[d] = rest % shape[d];
    rest = Math.floor(rest / shape[d]);
  }
  for (let at = start; at < end; ) {
    const skipped = at % run;
    const length = Math.min(run - skipped, end - at);
    let first = offset + skipped;
    for (let d = 0; d < outer; d++) first += index[d] * stride[d];
    yield { start: first, length };
    at += length;
    for (let d = outer - 1; d >= 0 && ++index[d] === shape[d]; d--) index[d] = 0;
  }
}

/** How many axes lie before those whose elements are neighbours, and how many elements those have. */
function runLength(shape: readonly number[], stride: readonly number[]): [outer: number, run: number] {
  let run = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] !== 1 && stride[d] !== run) return [d + 1, run];
    run *= shape[d];
  }
  return [0, run];
}

/** The same elements with axes in the order they lie in the storage: for what does not ask for their order. */
export function inStorageOrder(layout: Layout): Layout {
  const axes = layout.shape.map((_, d) => d).sort((a, b) => layout.stride[b] - layout.stride[a] || a - b);
  return {
    ...layout,
    shape: axes.map((d) => layout.shape[d]),
    stride: axes.map((d) => layout.stride[d]),
  };
}
