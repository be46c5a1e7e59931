/** Reading `.safetensors` (github.com/huggingface/safetensors): a JSON header and the tensors' bytes behind it. */
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import { PyDict } from '../python/values';
import { numelOf, Storage, Tensor } from '../tensor';
import { type Reading, readFrom } from './byte-source';
import { deviceString, type MapLocation } from './location';
import { LimitRefusal, limits } from './refusal';
import { decodeUtf8 } from './utf8';
import { viewOf } from './zip/directory';

const MAX_HEADER = 100_000_000;

/** Codes of the header, for the dtypes torch has (safetensors/torch.py, `_TYPES`). */
export const dtypeOf: Readonly<Record<string, DType>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
  C64: 'complex64',
  U16: 'uint16',
  U32: 'uint32',
  U64: 'uint64',
  F8_E4M3: 'float8_e4m3fn',
  F8_E5M2: 'float8_e5m2',
};

export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

function headerError(what: string): PythonError {
  return new PythonError('SafetensorError', `Error while deserializing header: ${what}`);
}

/** `safetensors.torch.load_file`, which torch.load calls by file name alone: a plain dict, sorted by name. */
export function loadSafetensors(bytes: Uint8Array, mapLocation?: MapLocation): PyDict {
  const kind = mapLocation instanceof Map ? 'dict' : isCallable(mapLocation) ? 'callable' : null;
  if (kind) {
    throw new PythonError(
      'RuntimeError',
      `Loading safetensors file with ${kind} map_location is not supported. Use a device string or torch.device instead.`,
    );
  }
  const location =
    mapLocation === undefined
      ? 'cpu'
      : typeof mapLocation === 'string'
        ? mapLocation
        : deviceString(mapLocation as never);
  const { entries, dataStart } = readFrom(bytes, safetensorsHeader(bytes.length));
  const data = bytes.subarray(dataStart);
  const out = new PyDict();
  for (const { name, dtype, shape, start, end } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const meta = location === 'meta';
    const storage = new Storage(
      dtype,
      meta ? new Uint8Array(0) : data.slice(start, end),
      meta ? 'meta' : 'cpu',
    );
    out.set(name, new Tensor(storage, shape));
  }
  return out;
}

function isCallable(mapLocation: MapLocation | undefined): boolean {
  return typeof mapLocation === 'object' && 'callable' in mapLocation;
}

export interface SafetensorsHeader {
  readonly entries: readonly SafetensorsEntry[];
  /** Where the tensors' bytes start in the file. */
  readonly dataStart: number;
  /** `__metadata__`, whose values are strings. */
  readonly metadata: readonly (readonly [string, unknown])[];
}

/** The header of a file of so many bytes. Raises SafetensorError in the library's words (safetensors/src/tensor.rs). */
export function* safetensorsHeader(fileSize: number): Reading<SafetensorsHeader> {
  if (fileSize < 8) throw headerError('header too small');
  const wide = viewOf(yield [0, 8]).getBigUint64(0, true);
  if (wide > BigInt(MAX_HEADER)) throw headerError('header too large');
  const length = Number(wide);
  const dataStart = 8 + length;
  if (dataStart > fileSize) throw headerError('invalid header length');
  if (length > limits.headerBytes) throw new LimitRefusal('headerBytes', `a header of ${length} bytes`);
  const header = parseHeader(yield [8, dataStart]);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => entry(name, value));
  checkLayout(entries, fileSize - dataStart);
  const metadata = '__metadata__' in header ? header.__metadata__ : null;
  return { entries, dataStart, metadata: Object.entries(metadata ?? {}) };
}

function parseHeader(bytes: Uint8Array): object {
  let header: unknown;
  try {
    header = JSON.parse(decodeUtf8(bytes, false));
  } catch (error) {
    const isText = !(error instanceof PythonError);
    throw headerError(isText ? 'invalid JSON in header' : 'invalid UTF-8 in header');
  }
  if (header === null || typeof header !== 'object') throw headerError('invalid JSON in header');
  return header;
}

function entry(name: string, value: unknown): SafetensorsEntry {
  const fields = (value ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  const dtype =
    typeof fields.dtype === 'string' && Object.hasOwn(dtypeOf, fields.dtype)
      ? dtypeOf[fields.dtype]
      : undefined;
  const isCounts = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (
    !dtype ||
    !isCounts(fields.shape) ||
    !isCounts(fields.data_offsets) ||
    fields.data_offsets.length !== 2
  ) {
    throw headerError('invalid JSON in header');
  }
  const [start, end] = fields.data_offsets;
  return { name, dtype, shape: fields.shape, start, end };
}

/** Tensors lie one behind the other without gaps and fill the file. */
function checkLayout(entries: readonly SafetensorsEntry[], size: number): void {
  let at = 0;
  for (const { name, dtype, shape, start, end } of [...entries].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    if (start !== at || end < start) throw headerError(`invalid offset for tensor \`${name}\``);
    if (end - start !== numelOf(shape) * dtypes[dtype].itemsize) {
      throw headerError('info in the header does not match the data');
    }
    at = end;
  }
  if (at !== size) throw headerError('incomplete metadata, file not fully covered');
}
