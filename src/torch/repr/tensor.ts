/** `print(tensor)` (torch/_tensor_str.py). */
import { Parameter, type Tensor } from '../tensor';
import { numberFormat } from './number-format';
import { defaultPrintOptions, type PrintOptions } from './print-options';

const PREFIX = 'tensor(';

/** `repr(tensor)`; `gradFn` names the function a result came from (`AddmmBackward0`). */
export function tensorRepr(tensor: Tensor, gradFn?: string, options = defaultPrintOptions): string {
  const text = plainRepr(tensor, gradFn, options);
  return tensor instanceof Parameter ? `Parameter containing:\n${text}` : text;
}

function plainRepr(tensor: Tensor, gradFn: string | undefined, options: PrintOptions): string {
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
    body = elementsText(tensor, options);
    if (!defaults) suffixes.push(`dtype=torch.${dtype}`);
  }
  if (gradFn) suffixes.push(`grad_fn=<${gradFn}>`);
  else if (requiresGrad) suffixes.push('requires_grad=True');
  return withSuffixes(PREFIX + body, suffixes, options.linewidth);
}

/** A suffix that would pass the end of the line starts a new one. */
function withSuffixes(text: string, suffixes: readonly string[], linewidth: number): string {
  let out = text;
  let length = out.length - out.lastIndexOf('\n') + 1;
  for (const suffix of suffixes) {
    if (length + suffix.length + 2 > linewidth) {
      out += `,\n${' '.repeat(PREFIX.length)}${suffix}`;
      length = PREFIX.length + suffix.length;
    } else {
      out += `, ${suffix}`;
      length += suffix.length + 2;
    }
  }
  return `${out})`;
}

function elementsText(tensor: Tensor, options: PrintOptions): string {
  const { shape } = tensor;
  const { edgeitems, linewidth } = options;
  const summarize = tensor.numel > options.threshold;
  const step = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) step[d] = step[d + 1] * shape[d + 1];
  /** Indices shown along an axis; `null` is the ellipsis. */
  const shown = (size: number): (number | null)[] => {
    const all = Array.from({ length: size }, (_, i) => i);
    return summarize && size > 2 * edgeitems
      ? [...all.slice(0, edgeitems), null, ...all.slice(size - edgeitems)]
      : all;
  };
  const visible: number[] = [];
  const collect = (axis: number, at: number): void => {
    if (axis === shape.length) visible.push(at);
    else for (const i of shown(shape[axis])) if (i !== null) collect(axis + 1, at + i * step[axis]);
  };
  collect(0, 0);
  const format = numberFormat(tensor, visible, options);
  const go = (axis: number, at: number): string => {
    if (axis === shape.length) return format.at(at);
    const indent = PREFIX.length + axis;
    const indices = shown(shape[axis]);
    if (axis === shape.length - 1) {
      const perLine = Math.max(1, Math.floor((linewidth - indent) / (format.width + 2)));
      const cells = indices.map((i) => (i === null ? ' ...' : format.at(at + i)));
      const lines: string[] = [];
      for (let i = 0; i < cells.length; i += perLine) lines.push(cells.slice(i, i + perLine).join(', '));
      return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`;
    }
    const gap = `,${'\n'.repeat(shape.length - axis - 1)}${' '.repeat(indent + 1)}`;
    return `[${indices.map((i) => (i === null ? '...' : go(axis + 1, at + i * step[axis]))).join(gap)}]`;
  };
  return go(0, 0);
}
