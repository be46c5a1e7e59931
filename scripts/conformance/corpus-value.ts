/** Summaries of values in the form the recorded ones have: two equal summaries mean equal values. */
import { createHash } from 'node:crypto';
import { elementsOf } from '../../src/torch/elements';
import { IncompatibleKeys } from '../../src/torch/nn/load-state-dict';
import { Module } from '../../src/torch/nn/module';
import { floatRepr, pyRepr } from '../../src/torch/python/repr';
import { typeName } from '../../src/torch/python/type-name';
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
} from '../../src/torch/python/values';
import { moduleRepr } from '../../src/torch/repr/module';
import { isFunction } from '../../src/torch/serialization/load-host';
import { Parameter, type Storage, Tensor } from '../../src/torch/tensor';

export type Summary = { readonly t: string; readonly [key: string]: unknown };

const MAX_NODES = 4000;
const MAX_DEPTH = 40;
const MAX_ITEMS = 64;

/** Storages are numbered in order of first appearance within one case. */
export class Summarizer {
  private readonly storages = new Map<Storage, number>();
  private nodes = 0;

  summarize(value: PyValue | IncompatibleKeys, depth = 0): Summary {
    this.nodes++;
    if (this.nodes > MAX_NODES || depth > MAX_DEPTH) return { t: 'cut' };
    if (value instanceof IncompatibleKeys) {
      const { missing_keys, unexpected_keys, repr } = value;
      return { t: 'IncompatibleKeys', missing_keys, unexpected_keys, repr };
    }
    if (value === null) return { t: 'None' };
    if (typeof value === 'boolean') return { t: 'bool', v: value };
    if (typeof value === 'number' || typeof value === 'bigint') return { t: 'int', v: String(value) };
    if (value instanceof PyFloat) return { t: 'float', v: floatRepr(value.value) };
    if (value instanceof PyComplex) return { t: 'complex', v: pyRepr(value) };
    if (typeof value === 'string') return text(value);
    if (value instanceof PyBytes) {
      const hex = Buffer.from(value.data).toString('hex').slice(0, 400);
      return { t: value.mutable ? 'bytearray' : 'bytes', hex, len: value.data.length };
    }
    if (value instanceof Tensor) return this.tensor(value);
    if (value instanceof Module) return this.module(value, depth);
    return this.container(value, depth);
  }

  private container(value: PyValue, depth: number): Summary {
    const inner = (items: readonly PyValue[]): Summary[] =>
      items.slice(0, MAX_ITEMS).map((item) => this.summarize(item, depth + 1));
    if (value instanceof PySize) return { t: 'torch.Size', v: value.shape };
    if (value instanceof PyDType) return { t: 'torch.dtype', v: `torch.${value.dtype}` };
    if (value instanceof PyDevice) {
      return { t: 'torch.device', v: value.index === null ? value.type : `${value.type}:${value.index}` };
    }
    if (Array.isArray(value)) return { t: 'list', len: value.length, items: inner(value) };
    if (value instanceof PyTuple) return { t: 'tuple', len: value.items.length, items: inner(value.items) };
    if (value instanceof PySet) {
      const sorted = [...value.items].sort((a, b) => (show(a) < show(b) ? -1 : 1));
      return { t: value.frozen ? 'frozenset' : 'set', len: sorted.length, items: inner(sorted) };
    }
    if (value instanceof PyDict) return this.dict(value, depth);
    if (value instanceof PyObject) return this.object(value);
    if (value instanceof PyGlobal) return { t: 'object', type: 'type', repr: show(value) };
    return { t: 'object', type: typeName(value), repr: '' };
  }

  private dict(value: PyDict, depth: number): Summary {
    const entries = [...value].slice(0, MAX_ITEMS);
    const out: Record<string, unknown> = {
      len: value.size,
      items: entries.map(([key, item]) => [this.summarize(key, depth + 1), this.summarize(item, depth + 1)]),
    };
    if (value.attributes && value.attributes.size > 0) {
      const metadata = value.attributes.get('_metadata');
      if (metadata instanceof PyDict)
        out.metadata = [...metadata].map(([key, item]) => [bare(key), bare(item)]);
      const others = [...value.attributes].filter(([key]) => key !== '_metadata');
      if (others.length > 0)
        out.attributes = others.map(([key, item]) => [bare(key), this.summarize(item, depth + 1)]);
    }
    return { t: value.className, ...out };
  }

  /** Objects this program keeps a description of: a layout, a tensor without plain storage, an instance of a plain class. */
  private object(value: PyObject): Summary {
    const { cls, state } = value;
    if (cls.module === 'torch' && cls.name === 'layout') return { t: 'torch.layout', v: String(state) };
    if (cls.module === 'torch' && cls.name === 'Tensor' && state instanceof PyDict) {
      const dtype = state.get('dtype');
      const size = state.get('size');
      return {
        t: 'tensor',
        class: 'Tensor',
        dtype: dtype instanceof PyDType ? dtype.dtype : '',
        shape: size instanceof PySize ? size.shape : [],
        device: 'cpu',
        requires_grad: false,
        layout: String(state.get('layout')).replace('torch.', ''),
        quantized: state.get('quantized') === true,
      };
    }
    const name = `${cls.module}.${cls.name}`;
    if (cls.module === 'numpy') return { t: 'object', type: name, repr: pyRepr(value) };
    return { t: 'object', type: name, repr: `<${name} object at 0x<addr>>` };
  }

  private tensor(tensor: Tensor): Summary {
    const { dtype, shape, storage, stride, offset, requiresGrad } = tensor;
    const common = {
      t: 'tensor',
      class: tensor instanceof Parameter ? 'Parameter' : 'Tensor',
      dtype,
      shape,
      device: storage.location,
      requires_grad: requiresGrad,
    };
    if (storage.location === 'meta') return { ...common, layout: 'strided', quantized: false };
    const known = this.storages.get(storage);
    const number = known ?? this.storages.size;
    this.storages.set(storage, number);
    return {
      ...common,
      stride,
      offset,
      storage: number,
      storage_bytes: storage.bytes.length,
      sha256: createHash('sha256').update(tensor.contiguousBytes()).digest('hex'),
      first: firstValues(tensor),
    };
  }

  private module(module: Module, depth: number): Summary {
    const named = [...module.namedModules()];
    const attrs = named
      .map(
        ([name, m]) =>
          [name, Object.fromEntries([...m.attributes].map(([key, value]) => [key, show(value)]))] as const,
      )
      .filter(([, attributes]) => Object.keys(attributes).length > 0);
    return {
      t: 'module',
      module: module.moduleName,
      class: module.className,
      repr: moduleRepr(module),
      training: named.map(([name, m]) => [name, m.training]),
      classes: named.map(([name, m]) => [name, `${m.moduleName}.${m.className}`]),
      attrs,
      state: this.summarize(module.stateDict(), depth + 1),
      requires_grad: [...module.namedParameters()].map(([name, p]) => [name, p.requiresGrad]),
    };
  }
}

function text(value: string): Summary {
  const characters = [...value];
  if (characters.length <= 300) return { t: 'str', v: value };
  return { t: 'str', len: characters.length, head: characters.slice(0, 60).join('') };
}

/** Up to eight elements; what JSON has no number for goes as text. */
function firstValues(tensor: Tensor): unknown[] {
  const shown = (x: number): unknown =>
    Number.isNaN(x) ? 'nan' : Number.isFinite(x) ? x : x > 0 ? 'inf' : '-inf';
  if (!tensor.dtype.startsWith('complex')) {
    return elementsOf(tensor, 8).map((x) => {
      if (tensor.dtype === 'bool') return x === 1;
      return shown(Number(x));
    });
  }
  const bytes = tensor.contiguousBytes();
  const half = tensor.itemsize / 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (at: number): unknown =>
    shown(half === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true));
  return Array.from({ length: Math.min(8, tensor.numel) }, (_, i) => [
    read(2 * i * half),
    read((2 * i + 1) * half),
  ]);
}

/** Metadata as plain JSON. */
function bare(value: PyValue): unknown {
  if (value instanceof PyDict)
    return Object.fromEntries([...value].map(([key, item]) => [String(key), bare(item)]));
  return value instanceof PyFloat ? value.value : value;
}

/** `repr()` of an attribute. */
function show(value: PyValue): string {
  if (value instanceof PyGlobal && isFunction(value)) {
    if (value.module === 'torch._C._nn') return `<built-in function ${value.name}>`;
    return value.module === 'torch'
      ? `<built-in method ${value.name} of type object at 0x<addr>>`
      : `<function ${value.name} at 0x<addr>>`;
  }
  return pyRepr(value, (other) => `<${typeName(other)} object at 0x<addr>>`);
}
