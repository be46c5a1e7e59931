/** The built page, served the way a plain static host does: gzip, a few minutes of caching, revalidation. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Plugin, preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');

/** What GitHub Pages sends, and compresses: the least of the common hosts. */
const MAX_AGE = 600;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

interface File {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveSite(): Promise<Site> {
  buildPage();
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: 0 },
    plugins: [staticHost(new Map())],
  });
  const [url] = server.resolvedUrls?.local ?? [];
  return { url: url ?? '', close: () => server.close() };
}

/** By a process of its own: this one runs in development mode, and React would be built so too. */
function buildPage(): void {
  const { NODE_ENV: _, ...env } = process.env;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--logLevel', 'error'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) throw new Error('the page could not be built');
}

function staticHost(files: Map<string, File>): Plugin {
  return {
    name: 'static-host',
    configurePreviewServer(server) {
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
        const file = files.get(path) ?? read(path);
        if (!file) return next();
        files.set(path, file);
        response.setHeader('Cache-Control', `max-age=${MAX_AGE}`);
        response.setHeader('ETag', file.etag);
        if (request.headers['if-none-match'] === file.etag) {
          response.writeHead(304).end();
          return;
        }
        response.setHeader('Content-Type', file.type);
        response.setHeader('Content-Encoding', 'gzip');
        response.setHeader('Content-Length', file.body.length);
        response.end(file.body);
      });
    },
  };
}

function read(path: string): File | null {
  const file = join(dist, path);
  if (!existsSync(file) || !statSync(file).isFile()) return null;
  const body = gzipSync(readFileSync(file), { level: 6 });
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  return { body, type: types[extname(file)] ?? 'application/octet-stream', etag };
}
