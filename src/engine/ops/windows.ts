/**
 * What convolutions and pools share: windows that slide over the last two of four axes (N, C, H, W).
 * Geometry is always explicit: padding on each side, no modes.
 */
import type { Shape } from '../../torch/tensor';
import type { WindowAttributes } from '../graph/graph';

/** One place of the kernel, and the windows in which it lies inside the input: rows [y0, y1), columns [x0, x1). */
export interface Tap {
  /** Index into the kernel, row-major. */
  readonly index: number;
  readonly y0: number;
  readonly y1: number;
  readonly x0: number;
  readonly x1: number;
  /** Row and column of the input under window (0, 0); outside for padding. */
  readonly top: number;
  readonly left: number;
}

/** Size of kernel, strides, padding and dilation along one of the two axes. */
export interface Sliding {
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly dilation: number;
}

export function slidingAlong(axis: 0 | 1, kernel: Shape, attributes: WindowAttributes): Sliding {
  const { strides, pads, dilations } = attributes;
  return {
    kernel: kernel[axis],
    stride: strides[axis],
    before: pads[axis],
    after: pads[axis + 2],
    dilation: dilations[axis],
  };
}

export function windowCount(size: number, { kernel, stride, before, after, dilation }: Sliding): number {
  return Math.floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** Height and width of what windows over (..., H, W) give. Throws where no window fits. */
export function windowsOver(input: Shape, kernel: Shape, attributes: WindowAttributes): [number, number] {
  const [height, width] = input.slice(-2);
  const counts: [number, number] = [
    windowCount(height, slidingAlong(0, kernel, attributes)),
    windowCount(width, slidingAlong(1, kernel, attributes)),
  ];
  if (Math.min(...counts) < 1) throw new Error(`no window of ${kernel} fits ${height}x${width}`);
  return counts;
}

/** Taps in row-major order of the kernel. */
export function tapsOf(
  input: Shape,
  windows: readonly [number, number],
  kernel: Shape,
  attributes: WindowAttributes,
): Tap[] {
  const [height, width] = input.slice(-2);
  const rows = rangesOf(height, windows[0], slidingAlong(0, kernel, attributes));
  const columns = rangesOf(width, windows[1], slidingAlong(1, kernel, attributes));
  return rows.flatMap(([y0, y1, top], i) =>
    columns.map(([x0, x1, left], j) => ({ index: i * kernel[1] + j, y0, y1, x0, x1, top, left })),
  );
}

/** Of each place of the kernel along one axis: first window inside the input, end of them, position under window 0. */
function rangesOf(size: number, windows: number, sliding: Sliding): [number, number, number][] {
  return Array.from({ length: sliding.kernel }, (_, place) => {
    const start = place * sliding.dilation - sliding.before;
    const first = Math.max(0, Math.ceil(-start / sliding.stride));
    const end = Math.min(windows, Math.floor((size - 1 - start) / sliding.stride) + 1);
    return [first, Math.max(first, end), start];
  });
}
