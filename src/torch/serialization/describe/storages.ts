/** The storages that persistent ids name, each once: nothing is read of them. */
import { dtypes } from '../../dtype';
import { storageClasses } from '../pickle/names';
import { limits } from '../refusal';
import type { DescribedValue } from './pickle-types';
import type { ClassSource } from './types';

/** A storage as a persistent id tells it. */
export interface NamedStorage {
  readonly key: string;
  readonly dtype: keyof typeof dtypes;
  readonly location: string;
  /** In bytes. */
  readonly size: number;
  /** Index of the storage it is a part of, and its first byte there: torch before 0.4 saved views so. */
  readonly within: { readonly root: number; readonly start: number } | null;
}

export class NamedStorages {
  readonly list: NamedStorage[] = [];
  readonly sources: ClassSource[] = [];
  private readonly byKey = new Map<string, number>();
  /** Storages of other pickles that are counted before these. */
  private readonly before: number;

  constructor(before = 0) {
    this.before = before;
  }

  at(index: number): NamedStorage {
    return this.list[index - this.before];
  }

  /** Index of the storage; the first one of a key counts, as for `torch.load`. */
  add(storage: NamedStorage): number {
    const known = this.byKey.get(storage.key);
    if (known !== undefined) return known;
    const index = this.before + this.list.length;
    this.byKey.set(storage.key, index);
    this.list.push(storage);
    return index;
  }

  /**
   * A persistent id of torch's as a value: `('storage', class, key, location, numel)`, in legacy files with a view behind it, or
   * `('module', class, file, source)`. `null` for what is neither.
   */
  persistentLoad(id: DescribedValue): DescribedValue | null {
    if (id.kind !== 'tuple' || id.items[0]?.kind !== 'str') return null;
    const [kind, cls, key, location, numel, view] = id.items;
    if (kind.value === 'module') return this.module(cls, key, location);
    if (kind.value !== 'storage' || cls?.kind !== 'global' || !key || !numel) return null;
    const { name } = cls.global;
    const dtype = name === 'UntypedStorage' ? 'uint8' : storageClasses.get(name);
    const count = countOf(numel);
    const keyText = key.kind === 'str' ? key.value : key.kind === 'int' ? key.text : null;
    if (!dtype || count === null || keyText === null) return null;
    const { itemsize } = dtypes[dtype];
    const tag = location?.kind === 'str' ? location.value : '';
    const root = this.add({ key: keyText, dtype, location: tag, size: count * itemsize, within: null });
    return { kind: 'storage', storage: view?.kind === 'tuple' ? this.part(root, view.items) : root };
  }

  /** A class with the text it was written in. */
  private module(
    cls: DescribedValue | undefined,
    file: DescribedValue | undefined,
    source: DescribedValue | undefined,
  ): DescribedValue | null {
    if (cls?.kind === 'global' && file?.kind === 'str' && source?.kind === 'str') {
      const { module, name } = cls.global;
      const isKnown = this.sources.some((one) => one.class.module === module && one.class.name === name);
      if (!isKnown && this.sources.length < limits.sources)
        this.sources.push({ class: cls.global, file: file.value, source: source.value });
    }
    return cls ?? null;
  }

  private part(root: number, [key, offset, size]: readonly DescribedValue[]): number {
    const [start, count] = [countOf(offset), countOf(size)];
    if (key?.kind !== 'str' || start === null || count === null) return root;
    const { dtype, location } = this.at(root);
    const { itemsize } = dtypes[dtype];
    const within = { root, start: start * itemsize };
    return this.add({ key: key.value, dtype, location, size: count * itemsize, within });
  }
}

/** A number of elements; `null` for anything that is none. */
export function countOf(value: DescribedValue | undefined): number | null {
  if (value?.kind !== 'int') return null;
  const count = Number(value.text);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}
