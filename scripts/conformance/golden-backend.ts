/** The engine level a conformance run is made on, as far as Node has it. */
import { type Backend, type EngineLevel, ReferenceBackend } from '../../src/engine';
import { openNodeBackend } from '../../src/engine/ort/node-backend';

/** Throws for WebGPU, which needs a browser. */
export async function backendFor(engine: EngineLevel): Promise<Backend> {
  if (engine === 'reference') return new ReferenceBackend();
  if (engine === 'wasm') return openNodeBackend();
  throw new Error('WebGPU needs a browser');
}
