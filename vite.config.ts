/** How the page is served and built, and how the unit tests run. */
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * React's fast refresh starts from an inline script, which the page's policy forbids.
 * Only the development server gets this exception: the built page keeps the policy as index.html states it.
 */
const allowFastRefresh: Plugin = {
  name: 'allow-fast-refresh',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
};

/**
 * src/main.tsx imports the app only once the kernel has been started. Its files are named in the page all the same, so
 * that they are fetched beside the entry and not after it.
 */
const preloadApp: Plugin = {
  name: 'preload-app',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/ui/mount.tsx'));
      if (!app) throw new Error('src/ui/mount.tsx is no chunk of its own');
      const scripts = [app.fileName, ...app.imports];
      const needed = chunks.filter(({ fileName }) => scripts.includes(fileName));
      const styles = new Set(needed.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]));
      return [
        ...scripts.map((file) => link({ rel: 'modulepreload', crossorigin: true, href: `./${file}` })),
        ...[...styles].map((file) => link({ rel: 'stylesheet', crossorigin: true, href: `./${file}` })),
      ];
    },
  },
};

function link(attrs: HtmlTagDescriptor['attrs']): HtmlTagDescriptor {
  return { tag: 'link', attrs: { ...attrs }, injectTo: 'head' };
}

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
  optimizeDeps: {
    exclude: ['onnxruntime-web'],
    include: ['@bufbuild/protobuf', '@bufbuild/protobuf/codegenv2'],
  },
  worker: { format: 'es' },
  // Sizes are held by scripts/budget.mjs, which knows what the page starts with and what it loads on use.
  build: { target: 'es2022', manifest: true, chunkSizeWarningLimit: 1000 },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
  },
});
