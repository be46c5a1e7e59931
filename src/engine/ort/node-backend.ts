/** The WASM level in Node, where onnxruntime-web runs as well: for tests and for the conformance command. */
import { LocalBackend } from './local-backend';
import { Queue } from './queue';

export async function openNodeBackend(): Promise<LocalBackend> {
  const ort = await import('onnxruntime-web/wasm');
  ort.env.wasm.numThreads = 1;
  return new LocalBackend('wasm', ort, new Queue());
}
