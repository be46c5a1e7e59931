/** The WASM level in Node, where onnxruntime-web runs as well: for tests and for the conformance command. */
import { LocalBackend } from './local-backend';
import { Queue } from './queue';

export async function openNodeBackend(): Promise<LocalBackend> {
  return new LocalBackend('wasm', await nodeRuntime(), new Queue());
}

export async function nodeRuntime() {
  const ort = await import('onnxruntime-web/wasm');
  ort.env.wasm.numThreads = 1;
  return ort;
}
