/** `print(tensor)` with PyTorch's default options: precision 4, threshold 1000, edgeitems 3, linewidth 80 (torch/_tensor_str.py). */
import { isFloating } from '../dtype';
import { type Element, elementsOf } from '../elements';
import { Parameter, type Tensor } from '../tensor';
import { fixed, scientific } from './decimal';

const PRECISION = 4;
const THRESHOLD = 1000;
const EDGE = 3;
const LINE = 80;
const PREFIX = 'tensor(';

/** How all elements of one tensor are written, at one width. */
type Format = (value: Element) => string;

/** `repr(tensor)`; `gradFn` names the function a result came from (`AddmmBackward0`). */
export function tensorRepr(tensor: Tensor, gradFn?: string): string {
  const text = plainRepr(tensor, gradFn);
  return tensor instanceof Parameter ? `Parameter containing:\n${text}` : text;
}

function plainRepr(tensor: Tensor, gradFn?: string): string {
  const { dtype, shape, storage, numel, requiresGrad } = tensor;
  const suffixes: string[] = [];
  const { location } = storage;
  const defaults = dtype === 'float32' || dtype === 'int64' || dtype === 'bool' || dtype === 'complex64';
  if (location !== 'cpu') suffixes.push(`device='${location}'`);
  let body: string;
  if (location === 'meta') {
    body = '...';
    suffixes.push(`size=(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`);
    if (dtype !== 'float32') suffixes.push(`dtype=torch.${dtype}`);
  } else if (numel === 0) {
    body = '[]';
    if (shape.length !== 1) suffixes.push(`size=(${shape.join(', ')})`);
    if (dtype !== 'float32') suffixes.push(`dtype=torch.${dtype}`);
  } else {
    body = elementsText(tensor);
    if (!defaults) suffixes.push(`dtype=torch.${dtype}`);
  }
  if (gradFn) suffixes.push(`grad_fn=<${gradFn}>`);
  else if (requiresGrad) suffixes.push('requires_grad=True');
  return withSuffixes(PREFIX + body, suffixes);
}

/** A suffix that would pass the end of the line starts a new one. */
function withSuffixes(text: string, suffixes: readonly string[]): string {
  let out = text;
  let length = out.length - out.lastIndexOf('\n') + 1;
  for (const suffix of suffixes) {
    if (length + suffix.length + 2 > LINE) {
      out += `,\n${' '.repeat(PREFIX.length)}${suffix}`;
      length = PREFIX.length + suffix.length;
    } else {
      out += `, ${suffix}`;
      length += suffix.length + 2;
    }
  }
  return `${out})`;
}

function elementsText(tensor: Tensor): string {
  const { shape } = tensor;
  const values = elementsOf(tensor);
  const summarize = values.length > THRESHOLD;
  const step = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) step[d] = step[d + 1] * shape[d + 1];
  /** Indices shown along an axis; `null` is the ellipsis. */
  const shown = (size: number): (number | null)[] => {
    const all = Array.from({ length: size }, (_, i) => i);
    return summarize && size > 2 * EDGE ? [...all.slice(0, EDGE), null, ...all.slice(-EDGE)] : all;
  };
  const visible: Element[] = [];
  const collect = (axis: number, at: number): void => {
    if (axis === shape.length) visible.push(values[at]);
    else for (const i of shown(shape[axis])) if (i !== null) collect(axis + 1, at + i * step[axis]);
  };
  collect(0, 0);
  const { format, width } = formatFor(tensor, visible);
  const go = (axis: number, at: number): string => {
    if (axis === shape.length) return format(values[at]);
    const indent = PREFIX.length + axis;
    const indices = shown(shape[axis]);
    if (axis === shape.length - 1) {
      const perLine = Math.max(1, Math.floor((LINE - indent) / (width + 2)));
      const cells = indices.map((i) => (i === null ? ' ...' : format(values[at + i])));
      const lines: string[] = [];
      for (let i = 0; i < cells.length; i += perLine) lines.push(cells.slice(i, i + perLine).join(', '));
      return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`;
    }
    const gap = `,${'\n'.repeat(shape.length - axis - 1)}${' '.repeat(indent + 1)}`;
    return `[${indices.map((i) => (i === null ? '...' : go(axis + 1, at + i * step[axis]))).join(gap)}]`;
  };
  return go(0, 0);
}

/** One format for all visible elements (torch/_tensor_str.py, `_Formatter`). */
function formatFor(tensor: Tensor, visible: readonly Element[]): { format: Format; width: number } {
  if (!isFloating(tensor.dtype)) {
    const show: Format = tensor.dtype === 'bool' ? (x) => (x ? 'True' : 'False') : String;
    const width = Math.max(...visible.map((x) => show(x).length));
    return { width, format: (x) => show(x).padStart(width) };
  }
  const numbers = visible.map(Number).filter((x) => Number.isFinite(x) && x !== 0);
  const whole = numbers.every((x) => x === Math.ceil(x));
  const sizes = numbers.map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const scaled = numbers.length > 0 && (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4);
  const show = (x: number): string => {
    if (scaled) return scientific(x, PRECISION);
    return whole ? `${fixed(x, 0)}${Number.isFinite(x) ? '.' : ''}` : fixed(x, PRECISION);
  };
  const width = Math.max(1, ...numbers.map((x) => show(x).length));
  return { width, format: (x) => show(Number(x)).padStart(width) };
}
