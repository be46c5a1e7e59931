/**
 * The page's shell must stay small: all JavaScript and CSS that index.html names, and what of it reaches by static
 * imports, gzipped. What is loaded on use (charts, workers, WASM) has no part in it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limit = 220_000;

/**
 * @typedef {{ file: string, css?: string[], imports?: string[] }} Chunk
 * @typedef {Record<string, Chunk>} Manifest as Vite writes it to .vite/manifest.json
 */

/**
 * @param {Manifest} manifest
 * @param {readonly string[]} named files that the page names
 * @returns {Set<string>} the files the page cannot start without
 */
export function shellFiles(manifest, named) {
  const files = new Set(named);
  const seen = new Set();
  const waiting = Object.keys(manifest).filter((key) => files.has(manifest[key]?.file));
  if (waiting.length === 0) throw new Error('the page names no file of the manifest');
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the manifest has no ${key}`);
    files.add(chunk.file);
    for (const file of chunk.css ?? []) files.add(file);
    waiting.push(...(chunk.imports ?? []));
  }
  return files;
}

/** Scripts and styles a page names in its own markup. @param {string} html */
export function namedFiles(html) {
  return [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '');
}

/** @param {string} dist */
function report(dist) {
  const size = (/** @type {string} */ file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const shell = new Set(['index.html', ...shellFiles(manifest, namedFiles(html))]);
  const total = [...shell].reduce((sum, file) => sum + size(file), 0);
  for (const file of shell) console.log(`${kilobytes(size(file))}  ${file}`);
  console.log(`${kilobytes(total)}  shell, of at most ${limit / 1000} kB (gzip)`);

  console.log('Loaded on use:');
  const assets = readdirSync(join(dist, 'assets')).map((file) => `assets/${file}`);
  const rest = assets
    .filter((file) => !shell.has(file))
    .map((file) => /** @type {const} */ ([size(file), file]));
  for (const [bytes, file] of rest.sort(([a], [b]) => b - a).slice(0, 8))
    console.log(`${kilobytes(bytes)}  ${file}`);
  return total <= limit;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = report(process.argv[2] ?? 'dist') ? 0 : 1;
}
