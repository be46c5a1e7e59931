/** Which build of onnxruntime-web to load, from what the browser has. */
import { OrtError } from './errors';
import type { OrtLevel } from './local-backend';

/** Named by what each needs: plain WebAssembly; JSPI (WebAssembly that waits for JavaScript); neither, at twice the size. */
export type Build = 'wasm' | 'jspi' | 'asyncify';

export interface Machine {
  readonly jspi: boolean;
  readonly adapter: boolean;
}

export async function inspectMachine(): Promise<Machine> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  return { jspi: 'Suspending' in WebAssembly, adapter: Boolean(adapter) };
}

/**
 * Where one build can do both levels it is loaded for either, so that they share a worker and its memory.
 * A WebGPU build is never loaded where there is no adapter: it would be larger and no use.
 */
export function chooseBuild(level: OrtLevel, { jspi, adapter }: Machine): Build {
  if (jspi && adapter) return 'jspi';
  if (level === 'wasm') return 'wasm';
  if (!adapter) throw new OrtError('no-adapter', 'the browser gives no WebGPU adapter');
  return 'asyncify';
}

export function serves(build: Build, level: OrtLevel): boolean {
  return level === 'wasm' || build !== 'wasm';
}
