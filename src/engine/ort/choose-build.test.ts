import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { builds } from './builds';
import { chooseBuild, serves } from './choose-build';
import { OrtError } from './errors';

describe('chooseBuild', () => {
  it.each([
    ['wasm', true, true, 'jspi'],
    ['wasm', true, false, 'wasm'],
    ['wasm', false, true, 'wasm'],
    ['wasm', false, false, 'wasm'],
    ['webgpu', true, true, 'jspi'],
    ['webgpu', false, true, 'asyncify'],
  ] as const)('%s with jspi %s and adapter %s: %s', (level, jspi, adapter, build) => {
    expect(chooseBuild(level, { jspi, adapter })).toBe(build);
    expect(serves(build, level)).toBe(true);
  });

  it.each([true, false])('refuses WebGPU where no adapter answers (jspi %s)', (jspi) => {
    expect(() => chooseBuild('webgpu', { jspi, adapter: false })).toThrow(OrtError);
  });

  it('knows that the plain build has no WebGPU', () => {
    expect(serves('wasm', 'webgpu')).toBe(false);
  });
});

describe('builds', () => {
  it.each([
    ['wasm', 'ort-wasm-simd-threaded.wasm'],
    ['jspi', 'ort-wasm-simd-threaded.jspi.wasm'],
    ['asyncify', 'ort-wasm-simd-threaded.asyncify.wasm'],
  ] as const)('%s has the size of %s', (build, file) => {
    const path = createRequire(import.meta.url).resolve(`onnxruntime-web/${file}`);
    expect(builds[build].bytes).toBe(statSync(path).size);
    expect(builds[build].url).toContain(file.replace('.wasm', ''));
  });
});
