/** What the kernel's worker does with a file, timed here, away from the page. */
import { BlobSource } from '../../src/notebook/kernel/blob-source';
import { PyDict } from '../../src/torch/python/values';
import { openFile } from '../../src/torch/serialization/describe/open-file';
import { load } from '../../src/torch/serialization/load';
import { prefetch } from '../../src/torch/serialization/prefetch';
import { saveParts } from '../../src/torch/serialization/save';
import type { Tensor } from '../../src/torch/tensor';
import type { FileAnswer, FileProblem, FileTask } from './page';

/** What was loaded last, for `save`. */
let loaded: { readonly state: PyDict; readonly name: string } | null = null;

addEventListener('message', async ({ data }: MessageEvent<{ task: FileTask; file: File }>) => {
  try {
    postMessage(await tasks[data.task](data.file));
  } catch (error) {
    postMessage({ problem: String(error) } satisfies FileProblem);
  }
});

const tasks: Record<FileTask, (file: File) => Promise<FileAnswer>> = {
  async list(file) {
    const start = performance.now();
    const { description } = await openFile(new BlobSource(file));
    const milliseconds = performance.now() - start;
    return { milliseconds, count: description.tensors.length };
  },
  /** The browser's part: below it no load can be. */
  async read(file) {
    const start = performance.now();
    const { byteLength } = await file.arrayBuffer();
    return { milliseconds: performance.now() - start, count: byteLength };
  },
  async load(file) {
    loaded = null;
    const start = performance.now();
    const state = load(await prefetch(new BlobSource(file), file.name));
    if (!(state instanceof PyDict)) throw new Error('no state_dict');
    const arrays = [...state.values()].map((tensor) => (tensor as Tensor).float32Data());
    const milliseconds = performance.now() - start;
    loaded = { state, name: file.name };
    return { milliseconds, count: arrays.reduce((sum, array) => sum + array.length, 0) };
  },
  async save(file) {
    if (!loaded) throw new Error('nothing is loaded');
    const start = performance.now();
    const blob = new Blob(saveParts(loaded.state, loaded.name) as BlobPart[]);
    const milliseconds = performance.now() - start;
    await check(blob, file);
    return { milliseconds, count: blob.size };
  },
};

let isChecked = false;

/** The same tensors under the same name are the same bytes that PyTorch wrote. Once: what it leaves behind is no part of a load. */
async function check(blob: Blob, file: File): Promise<void> {
  if (isChecked) return;
  const [own, its] = await Promise.all([blob, file].map(sha256));
  if (own !== its) throw new Error('other bytes than PyTorch wrote');
  isChecked = true;
}

async function sha256(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16)).join();
}
