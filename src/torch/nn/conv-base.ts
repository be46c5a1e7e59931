/** What convolutions and transposed convolutions share (torch/nn/modules/conv.py, _ConvNd). */
import { PythonError } from '../errors';
import { atMost } from '../python/compare';
import { pyRepr } from '../python/repr';
import { cTypeName } from '../python/type-name';
import { isNumber, PyFloat, PyTuple, type PyValue, toNumber } from '../python/values';
import type { Generator } from '../random/generator';
import { sizes } from '../sizes';
import { numelOf, Parameter } from '../tensor';
import type { Warn } from '../warnings';
import { extraRepr, type Part, unless, unlessAll } from './extra-repr';
import { filled, kaimingUniform, uniformByFanIn } from './init';
import type { Module } from './module';
import type { BoundArguments } from './signature';
import { ntuple } from './tuples';

export interface ConvKind {
  /** Axes a kernel spans. */
  readonly axes: number;
  readonly transposed: boolean;
}

/**
 * Draws weight, (out, in / groups, ...kernel) or transposed (in, out / groups, ...kernel), then bias. Raises ValueError where
 * groups do not divide the channels.
 */
export function initConv(
  { attributes, parameters }: Module,
  args: BoundArguments,
  { axes, transposed }: ConvKind,
  generator: Generator,
  warn: Warn,
): void {
  const given = (name: string): PyValue => args.get(name) ?? null;
  const tuple = (name: string): PyTuple => ntuple(given(name), axes);
  const [inChannels, outChannels, groups] = ['in_channels', 'out_channels', 'groups'].map(given);
  const [kernel, stride, dilation] = ['kernel_size', 'stride', 'dilation'].map(tuple);
  const padding = typeof given('padding') === 'string' ? String(given('padding')) : tuple('padding');
  checkGroups(inChannels, outChannels, groups);
  checkPadding(padding, stride, given('padding_mode'));
  const entries: readonly (readonly [string, PyValue])[] = [
    ['in_channels', inChannels],
    ['out_channels', outChannels],
    ['kernel_size', kernel],
    ['stride', stride],
    ['padding', padding],
    ['dilation', dilation],
    ['transposed', transposed],
    ['output_padding', transposed ? tuple('output_padding') : ntuple(0, axes)],
    ['groups', groups],
    ['padding_mode', given('padding_mode')],
    ['_reversed_padding_repeated_twice', reversedTwice(padding, kernel, dilation)],
  ];
  for (const [name, value] of entries) attributes.set(name, value);
  const [first, second] = transposed ? [inChannels, outChannels] : [outChannels, inChannels];
  const shape = sizes('empty', [first, quotient(second, groups), ...kernel.items]);
  const fanIn = numelOf(shape.slice(1));
  parameters.set('weight', kaimingUniform(generator, shape, fanIn, warn));
  parameters.set('bias', given('bias') ? biasOf(generator, toNumber(outChannels), fanIn) : null);
}

/** Torch 1.0 and older wrote no `padding_mode`. */
export function completeConvState({ attributes }: Module): void {
  if (!attributes.has('padding_mode')) attributes.set('padding_mode', 'zeros');
}

const parts: readonly Part[] = [
  '{in_channels}',
  '{out_channels}',
  'kernel_size={kernel_size}',
  'stride={stride}',
  unlessAll('padding', 0),
  unlessAll('dilation', 1),
  unlessAll('output_padding', 0),
  unless('groups', 1),
  ({ parameters }) => (parameters.get('bias') ? '' : 'bias=False'),
  unless('padding_mode', 'zeros'),
];

export function convRepr(layer: Module): string {
  return extraRepr(layer, parts);
}

/** The modes stand in the order of its set's repr. */
function checkPadding(padding: PyValue, stride: PyTuple, mode: PyValue): void {
  if (typeof padding === 'string') {
    if (padding !== 'same' && padding !== 'valid') {
      throw new PythonError(
        'ValueError',
        `Invalid padding string ${pyRepr(padding)}, should be one of {'valid', 'same'}`,
      );
    }
    if (padding === 'same' && stride.items.some((step) => step !== 1))
      throw new PythonError('ValueError', "padding='same' is not supported for strided convolutions");
  }
  if (!['zeros', 'reflect', 'replicate', 'circular'].includes(String(mode))) {
    throw new PythonError(
      'ValueError',
      `padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode=${pyRepr(mode)}`,
    );
  }
}

function checkGroups(inChannels: PyValue, outChannels: PyValue, groups: PyValue): void {
  if (atMost(groups, 0)) throw new PythonError('ValueError', 'groups must be a positive integer');
  if (remainder(inChannels, groups) !== 0)
    throw new PythonError('ValueError', 'in_channels must be divisible by groups');
  if (remainder(outChannels, groups) !== 0)
    throw new PythonError('ValueError', 'out_channels must be divisible by groups');
}

/** `value % groups`; of a str that is formatting, which leaves `groups` over. */
function remainder(value: PyValue, groups: PyValue): number {
  if (isNumber(value) && isNumber(groups)) return toNumber(value) % toNumber(groups);
  throw new PythonError(
    'TypeError',
    typeof value === 'string'
      ? 'not all arguments converted during string formatting'
      : `unsupported operand type(s) for %: '${cTypeName(value)}' and '${cTypeName(groups)}'`,
  );
}

/** `value // groups`: a float where one of them is. */
function quotient(value: PyValue, groups: PyValue): PyValue {
  const result = Math.floor(toNumber(value) / toNumber(groups));
  return value instanceof PyFloat || groups instanceof PyFloat ? new PyFloat(result) : result;
}

/** Without a fan-in it is left as memory was. */
function biasOf(generator: Generator, channels: number, fanIn: number): Parameter {
  return fanIn > 0 ? uniformByFanIn(generator, [channels], fanIn) : new Parameter(filled([channels], 0));
}

/** What `F.pad` would be given, kept by every convolution: a tuple, or a list where the padding is a word. */
function reversedTwice(padding: PyTuple | string, kernel: PyTuple, dilation: PyTuple): PyValue {
  if (typeof padding !== 'string')
    return new PyTuple([...padding.items].reverse().flatMap((item) => [item, item]));
  const n = kernel.items.length;
  const out = new Array<PyValue>(2 * n).fill(0);
  if (padding !== 'same') return out;
  for (let i = 0; i < n; i++) {
    const axis = n - 1 - i;
    const total = toNumber(dilation.items[axis]) * (toNumber(kernel.items[axis]) - 1);
    out[2 * i] = Math.floor(total / 2);
    out[2 * i + 1] = total - Math.floor(total / 2);
  }
  return out;
}
