/**
 * The closed table of what a pickle may call: every entry is written here, nothing is looked up by name anywhere else.
 * Both unpicklers reduce through it.
 */
import { PythonError } from '../../errors';
import { pyRepr } from '../../python/repr';
import { shortTypeName, typeName } from '../../python/type-name';
import {
  PyBytes,
  PyComplex,
  PyDevice,
  PyDict,
  PyDType,
  PyFloat,
  PyGlobal,
  PyObject,
  PySet,
  PySize,
  PyTuple,
  type PyValue,
} from '../../python/values';
import { Storage, Tensor } from '../../tensor';
import type { Budget } from '../budget';
import { callRebuild, newParameter } from '../rebuild';
import { LimitRefusal, limits, Refusal } from '../refusal';
import { encodeUtf8, isAscii } from '../utf8';
import { copyCost, costs, iterationCost } from './costs';
import { newDescriptor, newScalar } from './numpy';

type Call = (args: readonly PyValue[], budget: Budget) => PyValue;

const deviceTypes =
  'cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, mps, meta, hpu, mtia, privateuseone';

const table: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['collections.OrderedDict', (args, budget) => PyDict.ordered(pairsOf(args[0] ?? null, budget))],
  ['collections.Counter', (args, budget) => new PyDict(pairsOf(args[0] ?? null, budget), 'Counter')],
  ['builtins.set', (args, budget) => newSet(args[0] ?? new PyTuple([]), budget)],
  ['builtins.bytearray', newByteArray],
  ['builtins.complex', ([real = 0, imag = 0]) => new PyComplex(realNumber(real), realNumber(imag))],
  [
    'builtins.bytes',
    (args) => (args.length === 0 ? new PyBytes(new Uint8Array(0)) : unsupported('builtins.bytes')),
  ],
  ['builtins.list', ([items], budget) => [...iterated(items ?? [], budget)]],
  ['builtins.tuple', ([items], budget) => new PyTuple(iterated(items ?? [], budget))],
  ['builtins.dict', ([pairs = null], budget) => new PyDict(pairsOf(pairs, budget))],
  ['builtins.frozenset', ([items], budget) => new PySet(newSet(items ?? [], budget).items, true)],
  [
    'collections.defaultdict',
    ([, pairs = null], budget) => new PyDict(pairsOf(pairs, budget), 'defaultdict'),
  ],
  ['_codecs.encode', encode],
  ['torch.Size', ([items = new PyTuple([])], budget) => newSize(items, budget)],
  ['torch.device', newDevice],
  ['torch.serialization._get_layout', ([name]) => new PyObject(new PyGlobal('torch', 'layout'), name)],
  [
    'torch.nn.parameter.Parameter',
    ([data = emptyTensor(), requiresGrad = true]) => newParameter(data, requiresGrad),
  ],
  ['numpy.dtype', newDescriptor],
  ['numpy._core.multiarray.scalar', newScalar],
  ['numpy.core.multiarray.scalar', newScalar],
  ['torch.Tensor', (args) => (args.length === 0 ? emptyTensor() : unsupported('torch.Tensor'))],
]);

/** `func(*args)`. Raises TypeError for what Python cannot call, Refusal for what only PyTorch can. */
export function call(func: PyValue, args: readonly PyValue[], budget: Budget): PyValue {
  if (!(func instanceof PyGlobal)) {
    throw new PythonError('TypeError', `'${typeName(func)}' object is not callable`);
  }
  const path = `${func.module}.${func.name}`;
  const cost = args.reduce((sum: number, arg) => sum + copyCost(arg), args.length * costs.reference);
  budget.charge(cost, `a call of ${path}`);
  const known = table.get(path);
  if (known) return known(args, budget);
  if (func.module === 'torch._utils') return callRebuild(func.name, args);
  return unsupported(path);
}

/** True for entries that are classes, whose instances NEWOBJ may make. */
export function isClass(global: PyGlobal): boolean {
  return !global.name.startsWith('_') && global.module !== '_codecs';
}

function unsupported(what: string): never {
  throw new Refusal('unsupported', what);
}

function emptyTensor(): Tensor {
  return new Tensor(new Storage('float32', new Uint8Array(0)), [0]);
}

/** Raises TypeError for a key Python cannot hash, Refusal for one whose hash would take for ever. */
export function checkHashable(key: PyValue, budget?: Budget): void {
  if (typeof key === 'string') budget?.charge(key.length, 'a key');
  if (!(key instanceof PyTuple || key instanceof PyBytes) && typeof key !== 'object') return;
  let parts = 0;
  for (const value of nodesOf(key)) {
    parts += value instanceof PyBytes ? value.data.length : 1;
    const unhashable =
      Array.isArray(value) ||
      value instanceof PyDict ||
      (value instanceof PySet && !value.frozen) ||
      (value instanceof PyBytes && value.mutable);
    if (unhashable) throw new PythonError('TypeError', `unhashable type: '${shortTypeName(value)}'`);
  }
  budget?.charge(parts * costs.keyPart, 'keys of many parts');
}

/** A value and what it holds, as often as a walk meets it. Raises Refusal where a few shared parts make the walk endless. */
function* nodesOf(value: PyValue): IterableIterator<PyValue> {
  const waiting = [value];
  for (let count = 0; waiting.length > 0; count++) {
    if (count > limits.walk) throw new LimitRefusal('walk', `a value of more than ${limits.walk} parts`);
    const next = waiting.pop() as PyValue;
    yield next;
    if (next instanceof PyTuple) waiting.push(...next.items.slice(0, limits.walk + 1));
  }
}

/** Items of a list or tuple, as iteration gives them. */
export function itemsOf(value: PyValue): readonly PyValue[] | null {
  if (Array.isArray(value)) return value;
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PySize) return value.shape;
  if (value instanceof PySet) return value.items;
  if (value instanceof PyDict) return [...value.keys()];
  if (typeof value === 'string') return [...value];
  return null;
}

function pairsOf(value: PyValue, budget: Budget): [PyValue, PyValue][] {
  if (value === null) return [];
  budget.charge(iterationCost(value) * 4, 'a dict of what another holds');
  if (value instanceof PyDict) return [...value].map(([key, item]) => [key, item]);
  const items = itemsOf(value);
  if (!items) throw new PythonError('TypeError', `'${shortTypeName(value)}' object is not iterable`);
  return items.map((item, i) => {
    const pair = itemsOf(item);
    if (!pair) {
      throw new PythonError(
        'TypeError',
        `cannot convert dictionary update sequence element #${i} to a sequence`,
      );
    }
    if (pair.length !== 2) {
      throw new PythonError(
        'ValueError',
        `dictionary update sequence element #${i} has length ${pair.length}; 2 is required`,
      );
    }
    checkHashable(pair[0], budget);
    return [pair[0], pair[1]];
  });
}

/** Items of what Python can iterate. */
function iterated(value: PyValue, budget: Budget): readonly PyValue[] {
  budget.charge(iterationCost(value), 'what another value holds');
  const items = itemsOf(value);
  if (!items) throw new PythonError('TypeError', `'${shortTypeName(value)}' object is not iterable`);
  return items;
}

function newSet(value: PyValue, budget: Budget): PySet {
  const items = iterated(value, budget);
  const keys = new PyDict();
  for (const item of items) {
    checkHashable(item, budget);
    keys.set(item, null);
  }
  return new PySet(keys.keys());
}

function newByteArray(args: readonly PyValue[], budget: Budget): PyBytes {
  const [source, encoding] = args;
  if (source === undefined) return new PyBytes(new Uint8Array(0), true);
  if (source instanceof PyBytes) return new PyBytes(source.data.slice(), true);
  if (typeof source === 'string') {
    if (encoding === undefined) throw new PythonError('TypeError', 'string argument without an encoding');
    const bytes = encode([source, encoding]);
    return new PyBytes(bytes instanceof PyBytes ? bytes.data : new Uint8Array(0), true);
  }
  if (typeof source === 'number' || typeof source === 'bigint') {
    if (source < 0) throw new PythonError('ValueError', 'negative count');
    budget.charge(Number(source), `bytearray of ${source} bytes`);
    return new PyBytes(new Uint8Array(Number(source)), true);
  }
  const items = itemsOf(source);
  if (!items)
    throw new PythonError('TypeError', `cannot convert '${shortTypeName(source)}' object to bytearray`);
  return new PyBytes(
    Uint8Array.from(items, (item) => {
      if (typeof item !== 'number') {
        throw new PythonError(
          'TypeError',
          `'${shortTypeName(item)}' object cannot be interpreted as an integer`,
        );
      }
      if (item < 0 || item > 255) throw new PythonError('ValueError', 'byte must be in range(0, 256)');
      return item;
    }),
    true,
  );
}

function realNumber(value: PyValue): number {
  if (value instanceof PyFloat) return value.value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value);
  throw new PythonError(
    'TypeError',
    `complex() first argument must be a string or a number, not '${shortTypeName(value)}'`,
  );
}

const bytesCodecs = new Set([
  'zlib',
  'zip',
  'bz2',
  'hex',
  'base64',
  'quopri',
  'uu',
  'zlib_codec',
  'bz2_codec',
  'hex_codec',
]);

/** `_codecs.encode(text, encoding)`: how protocol 2 spells bytes. */
function encode(args: readonly PyValue[]): PyValue {
  const [text, encoding = 'utf-8'] = args;
  if (typeof encoding !== 'string') {
    throw new PythonError(
      'TypeError',
      `encode() argument 'encoding' must be str, not ${shortTypeName(encoding)}`,
    );
  }
  const codec = encoding.toLowerCase().replace(/[-_ ]/g, '_');
  if (bytesCodecs.has(codec)) {
    if (text instanceof PyBytes) return unsupported(`_codecs.encode with ${encoding}`);
    throw new PythonError(
      'TypeError',
      `encoding with '${encoding}' codec failed (TypeError: a bytes-like object is required, not '${shortTypeName(text ?? null)}')`,
    );
  }
  if (typeof text !== 'string') {
    throw new PythonError(
      'TypeError',
      `${codec === 'latin1' || codec === 'latin_1' ? 'latin_1' : codec}_encode() argument 1 must be str, not ${shortTypeName(text ?? null)}`,
    );
  }
  if (codec === 'rot13' || codec === 'rot_13') return rot13(text);
  if (codec === 'utf_8' || codec === 'utf8') return new PyBytes(encodeUtf8(text));
  if (codec === 'ascii' && isAscii(text)) return new PyBytes(encodeUtf8(text));
  if (!['latin1', 'latin_1', 'iso_8859_1', 'iso8859_1', '8859', 'ascii'].includes(codec)) {
    throw new PythonError('LookupError', `unknown encoding: ${encoding}`);
  }
  const wide = text.search(codec === 'ascii' ? /[^\0-\x7f]/ : /[^\0-\xff]/);
  if (wide !== -1) {
    const point = (text.codePointAt(wide) as number).toString(16);
    const escaped =
      point.length <= 2
        ? `\\x${point}`
        : point.length <= 4
          ? `\\u${point.padStart(4, '0')}`
          : `\\U${point.padStart(8, '0')}`;
    const [name, range] = codec === 'ascii' ? ['ascii', 128] : ['latin-1', 256];
    throw new PythonError(
      'UnicodeEncodeError',
      `'${name}' codec can't encode character '${escaped}' in position ${[...text.slice(0, wide)].length}: ordinal not in range(${range})`,
    );
  }
  return new PyBytes(bytesOf(text));
}

/** A character a byte. */
function bytesOf(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < out.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

function rot13(text: string): string {
  // Letter by letter would take a call each; these are few.
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const turned = letters.slice(13) + letters.slice(0, 13);
  const table = new Map(
    [...letters, ...letters.toUpperCase()].map((c, i) => [c, (turned + turned.toUpperCase())[i]]),
  );
  let out = '';
  for (let i = 0; i < text.length; i++) out += table.get(text[i]) ?? text[i];
  return out;
}

function newSize(value: PyValue, budget: Budget): PySize {
  const items = iterated(value, budget);
  return new PySize(
    items.map((item, i) => {
      if (typeof item !== 'number' && typeof item !== 'bigint') {
        throw new PythonError(
          'TypeError',
          `torch.Size() takes an iterable of 'int' (item ${i} is '${shortTypeName(item)}')`,
        );
      }
      return Number(item);
    }),
  );
}

/** Raises RuntimeError for a type c10 does not know (c10/core/Device.cpp). */
function newDevice(args: readonly PyValue[]): PyDevice {
  const [type, index] = args;
  if (type instanceof PyDevice) return type;
  if (typeof type === 'number') return new PyDevice('cuda', type);
  if (typeof type !== 'string') {
    throw new PythonError(
      'TypeError',
      `device(): argument 'type' must be str, not ${shortTypeName(type ?? null)}`,
    );
  }
  const [name, number] = type.split(':');
  if (!deviceTypes.split(', ').includes(name)) {
    throw new PythonError(
      'RuntimeError',
      `Expected one of ${deviceTypes} device type at start of device string: ${name}`,
    );
  }
  if (number !== undefined && !/^(0|[1-9]\d*)$/.test(number)) {
    throw new PythonError('RuntimeError', `Invalid device string: '${type}'`);
  }
  return new PyDevice(name, number !== undefined ? Number(number) : typeof index === 'number' ? index : null);
}

/** `str(value)` in messages about what cannot be called or made. */
export function describe(value: PyValue): string {
  if (value instanceof PyGlobal) {
    return isClass(value)
      ? `<class '${value.module}.${value.name}'>`
      : `<function ${value.name} at 0x7f0000000000>`;
  }
  if (value instanceof PyDType) return `torch.${value.dtype}`;
  if (typeof value === 'string') return value;
  // Containers of containers may be endless to print; what stands in the message is then their type.
  const nested = itemsOf(value)?.some((item) => itemsOf(item) !== null && typeof item !== 'string');
  if (nested) return `<${typeName(value)}>`;
  return pyRepr(value, (other) => `<${typeName(other)} object at 0x7f0000000000>`);
}
