/** How the page is served and built, and how the unit tests run. */
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { preloadApp, startFiles } from './scripts/start-files.mjs';

/**
 * React's fast refresh starts from an inline script, which the page's policy forbids.
 * Only the development server gets this exception: the built page keeps the policy as index.html states it.
 */
const allowFastRefresh: Plugin = {
  name: 'allow-fast-refresh',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
};

export default defineConfig({
  // Relative addresses: the same build works at a domain's root and in any folder below it.
  base: './',
  plugins: [
    react(),
    // React Aria carries its screen-reader words in some thirty languages; the page speaks two.
    { ...optimizeLocales.vite({ locales: ['zh-CN', 'en-US'] }), enforce: 'pre' },
    allowFastRefresh,
    preloadApp,
  ],
  // onnxruntime-web finds its own WASM files from its own address, which pre-bundling would change. Its entries
  // `/wasm` and `/jspi` need nothing else in a worker, served or built; the resolve condition
  // `onnxruntime-web-use-extern-wasm` breaks a built page unless both files are passed in `env.wasm.wasmPaths`.
  // What only a worker imports would be found, and the page reloaded, when the worker first starts.
  // Only the page itself is scanned: the pages of the benchmarks import what is installed on use.
  optimizeDeps: {
    entries: ['index.html'],
    exclude: ['onnxruntime-web'],
    include: ['@bufbuild/protobuf', '@bufbuild/protobuf/codegenv2'],
  },
  worker: { format: 'es' },
  // Sizes are held by scripts/budget.mjs, which knows what the page starts with and what it loads on use.
  build: {
    target: 'es2022',
    manifest: true,
    chunkSizeWarningLimit: 1000,
    // A browser that does not know it fetches the same files a little later.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: startFiles() } } },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
  },
});
