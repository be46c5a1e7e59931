/** A described value as Python would print it, cut where it gets long: `os.system('echo hello')`. */
import { bytesRepr, floatRepr, strRepr } from '../../python/repr';
import { PyBytes } from '../../python/values';
import { limits } from '../refusal';
import type { DescribedGlobal, DescribedValue } from './pickle-types';

/** Levels of brackets in one line. */
const DEPTH = 6;
const computed = '? (computed)';

export function globalText({ module, name, verdict }: DescribedGlobal): string {
  return verdict === 'computed' ? computed : `${module}.${name}`;
}

/** One line, of at most `limits.shownText` characters and an ellipsis. */
export function pythonText(value: DescribedValue, length: number = limits.shownText): string {
  const line = new Line(length);
  line.value(value, 0);
  return line.text;
}

/** `os.system('echo hello')` */
export function callText(callee: DescribedValue, args: readonly DescribedValue[]): string {
  const line = new Line(limits.shownText);
  line.call(callee, args, 0);
  return line.text;
}

/** Characters after `text` that an ellipsis stands for. */
export function cut(text: string, length: number = limits.shownText): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

class Line {
  private out = '';
  private readonly length: number;

  constructor(length: number) {
    this.length = length;
  }

  get text(): string {
    return cut(this.out, this.length);
  }

  private get full(): boolean {
    return this.out.length > this.length;
  }

  call(callee: DescribedValue, args: readonly DescribedValue[], depth: number): void {
    this.value(callee, depth);
    this.list('(', args, ')', depth);
  }

  value(value: DescribedValue, depth: number): void {
    if (this.full) return;
    switch (value.kind) {
      case 'none':
        this.out += 'None';
        break;
      case 'bool':
        this.out += value.value ? 'True' : 'False';
        break;
      case 'int':
      case 'constant':
        this.out += value.text;
        break;
      case 'float':
        this.out += floatRepr(value.value);
        break;
      case 'str':
        this.out += strRepr(value.value.slice(0, this.length));
        break;
      case 'bytes':
        this.out += bytesRepr(new PyBytes(value.head, value.mutable));
        if (value.length > value.head.length) this.out += '…';
        break;
      case 'global':
        this.out += globalText(value.global);
        break;
      case 'storage':
        this.out += '<storage>';
        break;
      case 'tensor':
        this.out += `<${value.class === 'parameter' ? 'Parameter' : 'Tensor'} ${value.dtype} [${value.shape.slice(0, 20).join(', ')}]>`;
        break;
      case 'more':
      case 'again':
        this.out += '…';
        break;
      default:
        this.nested(value, depth + 1);
    }
  }

  private nested(value: DescribedValue, depth: number): void {
    if (depth > DEPTH) {
      this.out += '…';
      return;
    }
    if (value.kind === 'list') this.list('[', value.items, ']', depth);
    else if (value.kind === 'tuple')
      this.list('(', value.items, value.items.length === 1 ? ',)' : ')', depth);
    else if (value.kind === 'size') this.list('torch.Size([', value.items, '])', depth);
    else if (value.kind === 'set' || value.kind === 'frozenset')
      this.list(`${value.kind}({`, value.items, '})', depth);
    else if (value.kind === 'dict') this.dict(value.className, value.entries, depth);
    else if (value.kind === 'object') this.out += `<${globalText(value.class)}>`;
    else if (value.kind === 'call') this.call(value.callee, value.args, depth);
    else if (value.kind === 'persistent') {
      this.out += '<persistent id ';
      this.value(value.id, depth);
      this.out += '>';
    }
  }

  private list(open: string, items: readonly DescribedValue[], close: string, depth: number): void {
    this.out += open;
    for (const [i, item] of items.entries()) {
      if (this.full) return;
      if (i > 0) this.out += ', ';
      this.value(item, depth);
    }
    this.out += close;
  }

  private dict(
    className: string,
    entries: readonly (readonly [DescribedValue, DescribedValue])[],
    depth: number,
  ): void {
    this.out += className === 'dict' ? '{' : `${className}({`;
    for (const [i, [key, value]] of entries.entries()) {
      if (this.full) return;
      if (i > 0) this.out += ', ';
      this.value(key, depth);
      this.out += ': ';
      this.value(value, depth);
    }
    this.out += className === 'dict' ? '}' : '})';
  }
}
