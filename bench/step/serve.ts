/** Serves the bench's page, on its own or isolated from other origins: only then a page may have threads. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

export async function serve({ isolated }: { isolated: boolean }): Promise<Served> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'matchbook-bench-'));
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    cacheDir,
    logLevel: 'error',
    // The worker's own imports would be found, and the page reloaded, when it first starts.
    optimizeDeps: {
      entries: ['page.html'],
      include: [
        '@tensorflow/tfjs',
        '@tensorflow/tfjs-backend-wasm',
        '@tensorflow/tfjs-backend-webgpu',
        '@jax-js/jax',
      ],
      exclude: ['onnxruntime-web', '@bufbuild/protobuf'],
    },
    server: {
      host: '127.0.0.1',
      hmr: false,
      watch: null,
      fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] },
      ...(isolated && {
        headers: {
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Embedder-Policy': 'require-corp',
        },
      }),
    },
    worker: { format: 'es' },
  });
  await server.listen();
  const [origin] = server.resolvedUrls?.local ?? [];
  return {
    url: new URL('page.html', origin).href,
    async close() {
      await server.close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}
