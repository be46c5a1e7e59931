/** The engine level a conformance run is made on: two in this process, WebGPU in a browser. */
import { type Backend, type EngineLevel, ReferenceBackend } from '../../src/engine';
import { openNodeBackend } from '../../src/engine/ort/node-backend';
import { openBrowserBackend } from './browser-backend';

/** Rejects with `LevelMissing` where this machine cannot have the level. */
export function openBackend(level: EngineLevel): Promise<Backend> {
  switch (level) {
    case 'reference':
      return Promise.resolve(new ReferenceBackend());
    case 'wasm':
      return openNodeBackend();
    case 'webgpu':
      return openBrowserBackend();
  }
}
