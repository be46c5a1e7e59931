/** The engine level a conformance run is made on. */
import { type Backend, type EngineLevel, ReferenceBackend } from '../../src/engine';

export async function backendFor(engine: EngineLevel): Promise<Backend> {
  if (engine === 'reference') return new ReferenceBackend();
  throw new Error(`the ${engine} level runs in a browser: not run here`);
}
