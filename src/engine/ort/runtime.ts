/** Starts onnxruntime-web in this thread, once. */
import { builds } from './builds';
import type { Build } from './choose-build';
import { download } from './download';
import { OrtError } from './errors';
import type { OrtModule } from './local-backend';

/** Loads a build, with the bytes of its .wasm file reported as they arrive. The first session starts it. */
export async function loadRuntime(
  build: Build,
  onProgress: (loaded: number, total: number) => void,
): Promise<OrtModule> {
  const { url, bytes, load } = builds[build];
  onProgress(0, bytes);
  const [ort, wasmBinary] = await Promise.all([load(), download(url, bytes, onProgress)]).catch((error) => {
    throw OrtError.from(error, 'load-failed');
  });
  // More threads need a page that is isolated from others, and gain nothing on networks of this size.
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = wasmBinary;
  ort.env.logLevel = 'error';
  return ort;
}
