/** Whether a level can exist in this browser, told without loading anything. */
import type { OrtLevel } from './local-backend';

export interface Support {
  readonly possible: boolean;
  /** Id of what is missing; `null` when nothing is. */
  readonly reason: 'no-worker' | 'no-webassembly' | 'no-simd' | 'no-webgpu' | null;
}

/** The smallest module with a SIMD instruction, without which onnxruntime-web does not start. */
// biome-ignore format: bytes
const simdModule = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

export function support(level: OrtLevel): Support {
  if (typeof Worker === 'undefined') return { possible: false, reason: 'no-worker' };
  // Browsers hardened against code generation have no WebAssembly at all.
  if (typeof WebAssembly === 'undefined') return { possible: false, reason: 'no-webassembly' };
  if (!WebAssembly.validate(simdModule)) return { possible: false, reason: 'no-simd' };
  // Whether there is an adapter behind it, only asking for one can tell.
  if (level === 'webgpu' && !('gpu' in navigator)) return { possible: false, reason: 'no-webgpu' };
  return { possible: true, reason: null };
}
