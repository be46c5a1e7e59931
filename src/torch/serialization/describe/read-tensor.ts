/** Values and statistics of one tensor, read piece by piece from where its storage lies. */
import { dtypes } from '../../dtype';
import { numbersIn } from '../../elements';
import { HistogramPass, MomentsPass } from '../../statistics';
import { type ByteSource, readFromSource } from '../byte-source';
import { byteswap } from '../byteswap';
import { LimitRefusal, limits, Refusal } from '../refusal';
import { extentOf, type Layout } from './extent';
import type { StorageReader } from './storage-reader';
import { inStorageOrder, runsOf } from './strided';
import {
  Cancelled,
  type StorageEntry,
  type TensorEntry,
  type TensorRange,
  type TensorStatistics,
  type TensorValues,
  type Watch,
} from './types';

/** Bytes of one piece: some milliseconds of work, and small beside what a page takes. */
const PIECE = 1 << 22;
/** Bytes read around a run where runs are short: neighbours come with it. */
const WINDOW = 1 << 16;
const BINS = 12;

/** A tensor and what it is read from. */
export interface TensorInput {
  readonly source: ByteSource;
  readonly reader: StorageReader;
  readonly tensor: TensorEntry;
  readonly storage: StorageEntry;
  readonly byteOrder: 'little' | 'big';
}

export async function readTensor(
  input: TensorInput,
  range: TensorRange,
  watch: Watch = {},
): Promise<TensorValues> {
  const { dtype, numel } = input.tensor;
  const start = clamp(range.start, numel);
  const end = Math.max(start, clamp(range.end, numel));
  const size = (end - start) * dtypes[dtype].itemsize;
  if (size > limits.rangeBytes) throw new LimitRefusal('rangeBytes', `${size} bytes at once`);
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const piece of pieces(input, input.tensor, { start, end }, watch)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { dtype, start, end, bytes };
}

function clamp(position: number, numel: number): number {
  return Math.min(Math.max(Math.trunc(position) || 0, 0), numel);
}

/** Two passes: where values lie is known before they are counted in bins. */
export async function tensorStatistics(input: TensorInput, watch: Watch = {}): Promise<TensorStatistics> {
  const { tensor } = input;
  if (tensor.numel > limits.elements) throw new LimitRefusal('elements', `${tensor.numel} elements`);
  const layout = inStorageOrder(tensor);
  const all = { start: 0, end: tensor.numel };
  const passes = (pass: number): Watch => ({
    ...watch,
    onProgress: (done, total) => watch.onProgress?.(done + pass * total, 2 * total),
  });
  const moments = new MomentsPass();
  for await (const piece of pieces(input, layout, all, passes(0)))
    moments.add(numbersIn(piece, tensor.dtype));
  const result = moments.result();
  if (!(result.min < result.max)) return { ...result, histogram: [] };
  const histogram = new HistogramPass(result.min, result.max, BINS);
  for await (const piece of pieces(input, layout, all, passes(1)))
    histogram.add(numbersIn(piece, tensor.dtype));
  return { ...result, histogram: histogram.counts };
}

/** Little-endian bytes of the elements of a range, in order. */
async function* pieces(
  { source, reader, tensor, storage, byteOrder }: TensorInput,
  layout: Layout,
  { start, end }: TensorRange,
  { onProgress, signal }: Watch,
): AsyncGenerator<Uint8Array> {
  if (tensor.fault)
    throw new Refusal('unsupported', `a tensor whose bytes are not there (${tensor.fault.id})`);
  const { itemsize } = dtypes[layout.dtype];
  const extent = extentOf(layout);
  const most = Math.floor(PIECE / itemsize);
  let near = { start: 0, bytes: new Uint8Array(0) as Uint8Array };
  for (let at = start; at < end; at += most) {
    const until = Math.min(at + most, end);
    const piece = new Uint8Array((until - at) * itemsize);
    let filled = 0;
    for (const run of runsOf(layout, at, until)) {
      const [from, to] = [run.start * itemsize, (run.start + run.length) * itemsize];
      if (from < near.start || to > near.start + near.bytes.length) {
        if (signal?.aborted) throw new Cancelled();
        const reach = Math.min(Math.max(to, from + WINDOW), extent);
        near = { start: from, bytes: await readFromSource(source, reader.storage(storage, from, reach)) };
        if (near.bytes.length < to - from)
          throw new Refusal('unsupported', 'a file that ends before its tensors do');
      }
      piece.set(near.bytes.subarray(from - near.start, to - near.start), filled);
      filled += to - from;
    }
    if (signal?.aborted) throw new Cancelled();
    yield byteOrder === 'big' ? byteswap(piece, layout.dtype) : piece;
    onProgress?.((until - start) * itemsize, (end - start) * itemsize);
  }
}
