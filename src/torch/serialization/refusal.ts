/**
 * What this program will not do although PyTorch might: import and call what a file names, or spend without bound.
 * Not a PyTorch error, and never shown as one.
 */

export type RefusalId =
  /** The file would import something this program has no meaning for; running it could do anything. */
  | 'globals'
  /** A TorchScript program, which only libtorch runs. */
  | 'torchscript'
  /** More than one of the named limits allows. */
  | 'limit'
  /** Something PyTorch can hold and this program cannot show. */
  | 'unsupported'
  /** The file itself is gone, or is another one by now. */
  | 'unreadable';

export class Refusal extends Error {
  readonly id: RefusalId;
  /** Every global the file names, as `module.name`. */
  readonly globals: readonly string[];

  constructor(id: RefusalId, detail: string, globals: readonly string[] = []) {
    super(detail);
    this.name = 'Refusal';
    this.id = id;
    this.globals = globals;
  }
}

/** More than a named limit allows. */
export class LimitRefusal extends Refusal {
  readonly limit: keyof typeof limits;

  constructor(limit: keyof typeof limits, detail: string) {
    super('limit', detail);
    this.limit = limit;
  }
}

/** Bounds on what a file nobody here wrote may cost. */
export const limits = {
  /** Entries of an archive: the largest models have some ten thousand tensors. */
  entries: 200_000,
  /** Bytes of storages one load may take: beyond it a page has no array to put them in. */
  loadedBytes: 2 ** 31,
  /** Bytes of an archive's directory: room for 300 of each of them. */
  directoryBytes: 1 << 26,
  /** The same for a description, which needs no more than pickles and a tensor at a time. */
  describedInflatedBytes: 1 << 28,
  /** Pickles of one file that are described: a program of TorchScript has three. */
  pickles: 16,
  /** Classes whose source an old file holds, as far as it is told. */
  sources: 200,
  /** Faults of a file that are told. */
  faults: 200,
  /** Bytes of the JSON in front of a .safetensors: some hundred for each tensor. The library itself takes 100 MB. */
  headerBytes: 1 << 25,
  /** Bytes of a record that holds a version or a byte order. */
  settingBytes: 1 << 16,
  /** Bytes the compressed records of one archive may expand to together. */
  inflatedBytes: 1 << 30,
  /** Bytes the calls of one pickle may allocate together (`bytearray(n)`). */
  allocation: 1 << 28,
  /** Bytes the values of one pickle may take, as `pickle/costs` reckons them: those of 100 000 tensors are a third. */
  valueBytes: 1 << 29,
  /** Modules in one tree, counted as often as a walk meets them: a few shared ones can make a walk endless. */
  moduleTree: 100_000,
  /** Parts of a value that is hashed as a key. */
  walk: 10_000,
  /** Bytes of a pickle that is described; PyTorch's own hold no data of tensors and stay below a few megabytes. */
  pickleBytes: 1 << 27,
  /** Instructions of a pickle that are read: seconds, at most. An optimizer of 40 000 tensors has two million. */
  opcodes: 5_000_000,
  /** Values a pickle makes; each costs some hundred bytes. An optimizer of 40 000 tensors makes 300 000. */
  nodes: 1_000_000,
  /** Places values are put in (items of lists, entries of dicts, slots of the memo): one byte of a file fills one. */
  references: 8_000_000,
  /** Values on the stack at once, MARKs included. */
  stack: 4_000_000,
  /** Levels of a value that is walked: those PyTorch saves have some ten. */
  depth: 256,
  /** Parts of a value that a walk for tensors looks at, as often as it meets them. */
  visits: 300_000,
  /** Characters of a text that are kept, and that are shown in a line. */
  keptText: 1 << 16,
  shownText: 200,
  /** Calls of a pickle that are listed. */
  listedCalls: 1000,
  /** Bytes of a tensor that are read at once, and elements of one whose statistics are taken. */
  rangeBytes: 1 << 28,
  elements: 2 ** 36,
  /** Bytes of a file that is read at once rather than by ranges. */
  smallFile: 1 << 22,
  /** Local headers that are read to describe a larger one, each a round trip; `checkRecords` reads them all. */
  localHeaders: 16,
  /** Digits of an integer: Python's own conversions grow with the square. */
  integerBytes: 1 << 16,
} as const;
