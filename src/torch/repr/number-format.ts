/** One way of writing for all visible elements of a tensor (torch/_tensor_str.py, `_Formatter`). */
import { type DType, dtypes, isFloating } from '../dtype';
import { type Element, elementsOf } from '../elements';
import { Tensor } from '../tensor';
import { fixed, scientific } from './decimal';
import type { PrintOptions } from './print-options';

export interface NumberFormat {
  /** Width of a column. */
  readonly width: number;
  /** The element at this row-major position. */
  at(position: number): string;
}

/** For the elements at these row-major positions: the ones that are not shown have no say. */
export function numberFormat(
  tensor: Tensor,
  visible: readonly number[],
  options: PrintOptions,
): NumberFormat {
  if (dtypes[tensor.dtype].kind === 'complex') return complexFormat(tensor, visible, options);
  const values = elementsOf(tensor);
  const shown = visible.map((position) => values[position]);
  const { width, show } = isFloating(tensor.dtype)
    ? floats(shown.map(Number), options)
    : others(tensor.dtype, shown);
  return { width, at: (position) => show(values[position]).padStart(width) };
}

interface Format {
  readonly width: number;
  show(value: Element): string;
}

function others(dtype: DType, visible: readonly Element[]): Format {
  const show = (x: Element): string => (dtype === 'bool' ? (x ? 'True' : 'False') : String(x));
  return { show, width: widest(visible, show) };
}

function widest<T>(values: readonly T[], show: (value: T) => string): number {
  return values.reduce((width, value) => Math.max(width, show(value).length), 1);
}

function floats(visible: readonly number[], { precision, sciMode }: PrintOptions): Format {
  const numbers = visible.filter((x) => Number.isFinite(x) && x !== 0);
  const whole = numbers.every((x) => x === Math.ceil(x));
  const sizes = numbers.map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const scaled =
    numbers.length > 0 && (sciMode ?? (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4));
  const show = (value: Element): string => {
    const x = Number(value);
    if (scaled) return scientific(x, precision);
    return whole ? `${fixed(x, 0)}${Number.isFinite(x) ? '.' : ''}` : fixed(x, precision);
  };
  return { show, width: widest(numbers, show) };
}

/** Real and imaginary parts are two columns, each with a format of its own. */
function complexFormat(tensor: Tensor, visible: readonly number[], options: PrintOptions): NumberFormat {
  const [real, imaginary] = [0, 1].map((part) => numberFormat(partOf(tensor, part), visible, options));
  return {
    width: real.width + imaginary.width + 1,
    at(position) {
      const right = `${imaginary.at(position)}j`.trimStart();
      return real.at(position) + (/^[+-]/.test(right) ? right : `+${right}`);
    },
  };
}

/** `tensor.real` (0) or `tensor.imag` (1): a view of every other float. */
function partOf({ dtype, storage, shape, stride, offset }: Tensor, part: number): Tensor {
  return new Tensor(storage, shape, {
    dtype: dtype === 'complex64' ? 'float32' : 'float64',
    stride: stride.map((step) => 2 * step),
    offset: 2 * offset + part,
  });
}
