/** Which opcodes of a pickle fold together. Values are made by neighbouring opcodes, so folds nest and never cross. */
import { type DType, dtypes } from '../../../torch/dtype';
import { type OpcodeRow, opcodeWeight } from '../../../torch/serialization/describe/pickle-types';
import type { OpenFile } from '../../../torch/serialization/describe/types';
import type { FoldsView, FoldView } from '../../views/inspection';
import type { Words } from '../../views/words';
import { runsBetween, SHORTEST } from './fold-runs';

/** Rows read at a time. */
const PAGE = 4096;

export async function foldsOf(file: OpenFile, pickle: number): Promise<FoldsView | null> {
  const about = file.description.pickles[pickle];
  if (!about) return null;
  const walk = new FoldWalk();
  for (let from = 0; from < about.opcodes; from += PAGE) {
    for (const row of await file.opcodeRows(pickle, from, PAGE)) walk.add(row);
  }
  return walk.result();
}

/** A value on the stack: the opcode it begins with, and its text where it is a string. */
interface Placed {
  readonly start: number;
  readonly string: string | null;
  /** The record of the newest storage in it. */
  storage: Words | null;
}

/** What was made from `start` to `end`, and the string before it. */
interface Span {
  readonly start: number;
  end: number;
  readonly key: Placed | null;
  readonly words: Words;
}

/** Opcodes that take values off the stack and leave one. */
const makes = new Set(
  'TUPLE TUPLE1 TUPLE2 TUPLE3 LIST DICT FROZENSET REDUCE NEWOBJ NEWOBJ_EX OBJ INST STACK_GLOBAL BINPERSID'.split(
    ' ',
  ),
);
/** Opcodes that put what they take into the value below. */
const fills = new Set('APPEND APPENDS SETITEM SETITEMS ADDITEMS BUILD'.split(' '));
const calls = new Set(['REDUCE', 'NEWOBJ', 'NEWOBJ_EX', 'OBJ', 'INST']);

class FoldWalk {
  /** One entry for each value and each MARK, as `OpcodeRow.stack` counts them. */
  private readonly stack: Placed[] = [];
  /** The widest span from each start: an object's making, its items and its state are one thing. */
  private readonly spans = new Map<number, Span>();
  private last: Span | null = null;
  /** For each opcode, whether it only writes the memo, is refused by default, and can be read from its neighbours. */
  private readonly memo: boolean[] = [];
  private readonly refused: boolean[] = [];
  private readonly plain: boolean[] = [];
  private readonly strings = new Map<number, string>();

  add(row: OpcodeRow): void {
    const { index, name, stack, memo } = row;
    this.memo.push(memo?.access === 'put');
    this.refused.push(isRefused(row));
    this.plain.push(isPlain(row));
    if (memo?.access === 'put') {
      if (this.last?.end === index - 1) this.last.end = index;
    }
    const taken = stack.before - stack.after;
    if (fills.has(name)) this.fill(row, this.take(taken));
    else if (makes.has(name)) this.make(row, this.take(taken + 1));
    else if (taken > 0) this.take(taken);
    else if (taken < 0) this.push(row);
  }

  result(): FoldsView {
    return { folds: this.folds(), memo: Uint8Array.from(this.memo, Number) };
  }

  /** From the outermost to the innermost where they begin. The whole pickle is no fold. */
  private folds(): FoldView[] {
    const count = this.plain.length;
    const upTo = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) upTo[i + 1] = upTo[i] + Number(this.refused[i]);
    const folds = [...this.spans.values()]
      .filter(({ start, end }) => end - start + 1 >= SHORTEST && end < count - 2)
      .map(({ start, end, key, words }) => ({
        start: key?.start ?? start,
        end,
        key: key?.string ?? null,
        words,
        open: upTo[end + 1] > upTo[start],
      }));
    const runs = runsBetween(folds, {
      count,
      isPlain: (i) => this.plain[i] && !this.refused[i],
      stringAt: (i) => this.strings.get(i),
    });
    return [...folds, ...runs].sort((a, b) => a.start - b.start || b.end - a.end);
  }

  private push({ index, name, argument, mark }: OpcodeRow): void {
    // Strings come from the stream, or again from the memo.
    const text = name.endsWith('GET') ? String(mark?.params.text ?? '') : (argument ?? '');
    const string = /^u?['"]/.test(text) ? text.replace(/^u?['"]|['"]$/g, '') : null;
    if (string !== null) this.strings.set(index, string);
    this.stack.push({ start: index, string, storage: null });
  }

  private take(count: number): Placed[] {
    return this.stack.splice(Math.max(0, this.stack.length - count));
  }

  private make(row: OpcodeRow, taken: readonly Placed[]): void {
    const { index, name, mark } = row;
    const start = taken[0]?.start ?? index;
    const storage =
      mark?.id === 'storage' ? storageWords(mark) : (taken.findLast((one) => one.storage)?.storage ?? null);
    this.stack.push({ start, string: null, storage });
    if (calls.has(name) && mark) this.span(start, index, callWords(mark, storage));
    else if (name === 'LIST' || name === 'DICT')
      this.span(start, index, { id: 'items', params: { count: taken.length - 1 } });
  }

  private fill({ index, name, mark }: OpcodeRow, taken: readonly Placed[]): void {
    const target = this.stack.at(-1);
    if (!target) return;
    const known = this.spans.get(target.start)?.words;
    // A dict is told by its items, also where BUILD gives it attributes; the items of several batches add up.
    if (name === 'BUILD' && known?.id === 'items') this.span(target.start, index, known);
    else if (name === 'BUILD') this.span(target.start, index, { id: 'builds', params: { ...mark?.params } });
    else {
      const count = itemsIn(name, taken) + (known?.id === 'items' ? Number(known.params.count) : 0);
      this.span(target.start, index, { id: 'items', params: { count } });
    }
  }

  private span(start: number, end: number, words: Words): void {
    const below = this.stack.at(-2);
    this.last = { start, end, key: below?.string === null ? null : (below ?? null), words };
    this.spans.set(start, this.last);
  }
}

/** What was taken for SETITEMS is a MARK, then keys and values in turn. */
function itemsIn(name: string, taken: readonly Placed[]): number {
  if (name === 'SETITEM' || name === 'APPEND') return 1;
  return name === 'SETITEMS' ? Math.floor((taken.length - 1) / 2) : taken.length - 1;
}

function callWords({ id, params }: NonNullable<OpcodeRow['mark']>, storage: Words | null): Words {
  const text = String(params.text ?? '');
  if (storage && /^(torch\._utils\.)?_rebuild_(tensor|parameter)/.test(text)) return storage;
  return { id, params };
}

function storageWords({ params }: NonNullable<OpcodeRow['mark']>): Words {
  const { itemsize } = dtypes[params.dtype as DType];
  return { id: 'tensor', params: { ...params, numel: Number(params.size) / itemsize } };
}

/** By `torch.load` with its default `weights_only`. */
function isRefused({ weight, mark }: OpcodeRow): boolean {
  const verdict = mark?.id === 'calls' || mark?.id === 'makes' ? mark.params.verdict : 'allowed';
  return weight === opcodeWeight.refused || verdict !== 'allowed';
}

/** What it does can be read from its neighbours. */
function isPlain({ name, weight, mark }: OpcodeRow): boolean {
  if (weight === opcodeWeight.global || weight === opcodeWeight.refused) return false;
  return !mark || mark.id === 'recalls' || mark.id === 'calls' || (mark.id === 'sets' && name !== 'BUILD');
}
