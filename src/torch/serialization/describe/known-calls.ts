/**
 * The calls a description makes sense of: torch's own ways to rebuild tensors, and Python's containers. A closed table; every
 * other call is shown as a call.
 */
import { type DType, dtypes } from '../../dtype';
import { floatRepr, strRepr } from '../../python/repr';
import { PyDType } from '../../python/values';
import { contiguousStride } from '../../tensor';
import { allowedGlobals } from '../pickle/names';
import type { Drafts } from './drafts';
import type { DescribedGlobal, DescribedTensor, DescribedValue } from './pickle-types';
import type { NamedStorages } from './storages';
import { countOf } from './storages';

export interface Known {
  readonly drafts: Drafts;
  readonly storages: NamedStorages;
}

type Args = readonly DescribedValue[];
/** `null` where the arguments are not what the function takes. */
type Call = (args: Args, known: Known) => DescribedValue | null;

const tensorArgs = { _rebuild_tensor: 4, _rebuild_tensor_v2: 6, _rebuild_tensor_v3: 7 } as const;

const table: ReadonlyMap<string, Call> = new Map<string, Call>([
  ...Object.entries(tensorArgs).map(([name, count]): [string, Call] => [
    `torch._utils.${name}`,
    (args, known) => (args.length < count || args.length > count + 1 ? null : tensor(args, known)),
  ]),
  [
    'torch._utils._rebuild_qtensor',
    // How its integers are to be read stands between the stride and requires_grad.
    ([storage, offset, size, stride, , ...rest], known) =>
      rest.length === 2 ? tensor([storage, offset, size, stride, ...rest], known) : null,
  ],
  ['torch._utils._rebuild_parameter', parameter],
  ['torch._utils._rebuild_parameter_with_state', parameter],
  ['torch._utils._rebuild_meta_tensor_no_storage', metaTensor],
  ['torch.nn.parameter.Parameter', parameter],
  ['torch.Size', (args, known) => sequence('size', args, known)],
  ['torch.device', (args) => constant('torch.device', args)],
  ['torch.serialization._get_layout', ([name]) => (name?.kind === 'str' ? text(name.value) : null)],
  ['collections.OrderedDict', (args, known) => dict('OrderedDict', args, known)],
  ['collections.Counter', (args, known) => dict('Counter', args, known)],
  ['collections.defaultdict', ([, ...args], known) => dict('defaultdict', args, known)],
  ['builtins.dict', (args, known) => dict('dict', args, known)],
  ['builtins.list', (args, known) => sequence('list', args, known)],
  ['builtins.tuple', (args, known) => sequence('tuple', args, known)],
  ['builtins.set', (args, known) => sequence('set', args, known)],
  ['builtins.frozenset', (args, known) => sequence('frozenset', args, known)],
  ['builtins.complex', (args) => constant('complex', args)],
  ['builtins.bytearray', (args, known) => bytes(args, known, true)],
  ['builtins.bytes', (args, known) => bytes(args, known, false)],
  ['_codecs.encode', encode],
]);

/** What the call gives; `null` where only making it would tell. */
export function describeCall(callee: DescribedValue, args: Args, known: Known): DescribedValue | null {
  if (callee.kind !== 'global') return null;
  return table.get(`${callee.global.module}.${callee.global.name}`)?.(args, known) ?? null;
}

/** `torch.float32` and its like stand for themselves. */
export function constantOf({ module, name }: DescribedGlobal): DescribedValue | null {
  const value = allowedGlobals.get(`${module}.${name}`);
  return value instanceof PyDType ? text(`torch.${value.dtype}`) : null;
}

function text(shown: string): DescribedValue {
  return { kind: 'constant', text: shown };
}

/** Numbers and short texts as arguments of a call that only makes a small value. */
function constant(name: string, args: Args): DescribedValue | null {
  const shown: string[] = [];
  for (const arg of args) {
    if (arg.kind === 'str' && arg.length < 100) shown.push(strRepr(arg.value));
    else if (arg.kind === 'int') shown.push(arg.text);
    else if (arg.kind === 'float') shown.push(floatRepr(arg.value));
    else return null;
  }
  return args.length > 2 ? null : text(`${name}(${shown.join(', ')})`);
}

function intsOf(value: DescribedValue | undefined): number[] | null {
  if (value?.kind !== 'tuple' && value?.kind !== 'list' && value?.kind !== 'size') return null;
  const numbers = value.items.map((item) => (item.kind === 'int' ? Number(item.text) : Number.NaN));
  return numbers.every((n) => Number.isSafeInteger(n)) ? numbers : null;
}

function dtypeOf(value: DescribedValue | undefined): DType | null {
  const name = value?.kind === 'constant' ? value.text.replace(/^torch\./, '') : '';
  return Object.hasOwn(dtypes, name) ? (name as DType) : null;
}

function tensor(
  [storage, offset, size, stride, requiresGrad, , dtype]: Args,
  known: Known,
): DescribedTensor | null {
  const [start, shape, strides] = [countOf(offset), intsOf(size), intsOf(stride)];
  if (storage.kind !== 'storage' || start === null || !shape || !strides) return null;
  if (shape.length !== strides.length || shape.some((n) => n < 0) || strides.some((n) => n < 0)) return null;
  const own = dtype?.kind === 'constant' ? dtypeOf(dtype) : known.storages.at(storage.storage).dtype;
  if (!own) return null;
  return known.drafts.node({
    kind: 'tensor',
    class: 'tensor',
    dtype: own,
    shape,
    stride: strides,
    offset: start,
    requiresGrad: requiresGrad?.kind === 'bool' && requiresGrad.value,
    storage: storage.storage,
  });
}

function metaTensor([type, size, stride, requiresGrad]: Args, known: Known): DescribedTensor | null {
  const [dtype, shape] = [dtypeOf(type), intsOf(size)];
  if (!dtype || !shape || shape.some((n) => n < 0)) return null;
  return known.drafts.node({
    kind: 'tensor',
    class: 'tensor',
    dtype,
    shape,
    stride: intsOf(stride) ?? contiguousStride(shape),
    offset: 0,
    requiresGrad: requiresGrad?.kind === 'bool' && requiresGrad.value,
    storage: -1,
  });
}

function parameter([data, requiresGrad]: Args, known: Known): DescribedTensor | null {
  if (data?.kind !== 'tensor') return null;
  const grad = requiresGrad === undefined || (requiresGrad.kind === 'bool' && requiresGrad.value);
  return known.drafts.node({ ...data, class: 'parameter', requiresGrad: grad });
}

function sequence(
  kind: 'list' | 'tuple' | 'set' | 'frozenset' | 'size',
  args: Args,
  { drafts }: Known,
): DescribedValue | null {
  if (args.length === 0) return drafts.sequence(kind, []);
  const [source] = args;
  const isSequence = 'items' in source;
  return isSequence && args.length === 1 ? drafts.sequence(kind, [...source.items]) : null;
}

function dict(className: string, args: Args, { drafts }: Known): DescribedValue | null {
  if (args.length === 0) return drafts.dict(className);
  const [source] = args;
  if (args.length > 1) return null;
  if (source.kind === 'dict') return drafts.dict(className, source.entries.flat());
  if (!('items' in source)) return null;
  const pairs = source.items.map((pair) => ('items' in pair && pair.items.length === 2 ? pair.items : null));
  return pairs.every((pair) => pair !== null) ? drafts.dict(className, pairs.flat()) : null;
}

function bytes(args: Args, { drafts }: Known, mutable: boolean): DescribedValue | null {
  const [source] = args;
  if (source === undefined)
    return drafts.node({ kind: 'bytes', length: 0, head: new Uint8Array(0), mutable });
  if (source.kind === 'bytes' && args.length === 1) return drafts.node({ ...source, mutable });
  const zeros = mutable ? countOf(source) : null;
  if (zeros === null) return null;
  return drafts.node({ kind: 'bytes', length: zeros, head: new Uint8Array(Math.min(zeros, 64)), mutable });
}

/** How protocol 2 spells bytes: `_codecs.encode(text, 'latin1')`. */
function encode([source, codec]: Args, { drafts }: Known): DescribedValue | null {
  if (source?.kind !== 'str' || codec?.kind !== 'str' || !/^latin[-_]?1$/.test(codec.value)) return null;
  const start = source.value.slice(0, 64);
  if ([...start].some((char) => char.charCodeAt(0) > 0xff)) return null;
  const head = Uint8Array.from(start, (char) => char.charCodeAt(0));
  return drafts.node({ kind: 'bytes', length: source.length, head, mutable: false });
}
