/** What convolutions and transposed convolutions share (torch/nn/modules/conv.py, _ConvNd). */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyTuple, type PyValue, toNumber } from '../python/values';
import type { Generator } from '../random/generator';
import { numelOf } from '../tensor';
import { extraRepr, type Part, unless, unlessAll } from './extra-repr';
import { uniformByFanIn } from './init';
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
): void {
  const given = (name: string): PyValue => args.get(name) ?? null;
  const tuple = (name: string): PyTuple => ntuple(given(name), axes);
  const [inChannels, outChannels, groups] = ['in_channels', 'out_channels', 'groups'].map((name) =>
    toNumber(given(name)),
  );
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
  const shape = [first, second / groups, ...kernel.items.map(toNumber)];
  const fanIn = numelOf(shape.slice(1));
  parameters.set('weight', uniformByFanIn(generator, shape, fanIn));
  parameters.set('bias', given('bias') ? uniformByFanIn(generator, [outChannels], fanIn) : null);
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

function checkGroups(inChannels: number, outChannels: number, groups: number): void {
  if (groups <= 0) throw new PythonError('ValueError', 'groups must be a positive integer');
  if (inChannels % groups !== 0)
    throw new PythonError('ValueError', 'in_channels must be divisible by groups');
  if (outChannels % groups !== 0)
    throw new PythonError('ValueError', 'out_channels must be divisible by groups');
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
