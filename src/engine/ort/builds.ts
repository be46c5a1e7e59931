/** Where the builds of onnxruntime-web lie. The bare package is none of them: it is 28 MB. */
import asyncifyUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Build } from './choose-build';
import type { OrtModule } from './local-backend';

interface BuildFiles {
  readonly url: string;
  /** A server that compresses the file does not say its size, so it is written here and checked by a test. */
  readonly bytes: number;
  load(): Promise<OrtModule>;
}

export const builds: Readonly<Record<Build, BuildFiles>> = {
  wasm: { url: wasmUrl, bytes: 14_239_897, load: () => import('onnxruntime-web/wasm') },
  jspi: { url: jspiUrl, bytes: 16_758_545, load: () => import('onnxruntime-web/jspi') },
  asyncify: { url: asyncifyUrl, bytes: 26_781_914, load: () => import('onnxruntime-web/webgpu') },
};
