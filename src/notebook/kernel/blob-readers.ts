/** Threads that read long ranges beside the kernel's own: there once a large file is, and gone with the kernel. */
import type { BlobBytes, BlobRange } from './blob-reader';

const THREADS = 2;

interface Reader {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve(bytes: Uint8Array): void; reject(error: Error): void }>;
}

let readers: Reader[] | null = null;
let lastId = 0;

/** Starts the threads, where there can be any: they take a moment. */
export function startReaders(): void {
  readers ??= typeof Worker === 'undefined' ? [] : Array.from({ length: THREADS }, startReader);
}

function startReader(): Reader {
  const worker = new Worker(new URL('./blob-reader.ts', import.meta.url), { type: 'module' });
  const reader: Reader = { worker, waiting: new Map() };
  worker.addEventListener('message', ({ data }: MessageEvent<BlobBytes>) => {
    const asked = reader.waiting.get(data.id);
    reader.waiting.delete(data.id);
    if ('bytes' in data) asked?.resolve(new Uint8Array(data.bytes));
    else asked?.reject(new Error(data.problem));
  });
  worker.addEventListener('error', () => {
    readers = readers?.filter((one) => one !== reader) ?? null;
    for (const { reject } of reader.waiting.values()) reject(new Error('a reader ended'));
  });
  return reader;
}

/** A range, read by the thread that has least to do; `null` where that is the caller's own, which has `own` under way. */
export function readElsewhere(
  blob: Blob,
  start: number,
  end: number,
  own: number,
): Promise<Uint8Array> | null {
  const [reader] = [...(readers ?? [])].sort((a, b) => a.waiting.size - b.waiting.size);
  if (!reader || reader.waiting.size > own) return null;
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    reader.waiting.set(id, { resolve, reject });
    reader.worker.postMessage({ id, blob, start, end } satisfies BlobRange);
  });
}
