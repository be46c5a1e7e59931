/**
 * Makes a fresh clone ready: `npm start` and `npm test` run this first, with nothing but Node's own modules.
 * `--browser` also looks for the Chromium the browser tests need; without one they report that they were not run.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.matchbook-install');

checkNode();
const wanted = fingerprint();
if (!isInstalled()) install();
writeFileSync(stamp, wanted);

if (process.argv.includes('--browser')) {
  const { findBrowser } = await import('./browser.mjs');
  const browser = findBrowser({ install: true });
  console.log(
    'path' in browser ? `Browser tests use ${browser.path}` : `Browser tests will not run: ${browser.why}`,
  );
}

function checkNode() {
  const { engines } = readJson('package.json');
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = engines.node.split('||').some((/** @type {string} */ range) => {
    const [, operator, wantedMajor, wantedMinor] = range.match(/(\^|>=)(\d+)\.(\d+)/) ?? [];
    if (major === Number(wantedMajor)) return minor >= Number(wantedMinor);
    return operator === '>=' && major > Number(wantedMajor);
  });
  if (fits) return;
  console.error(`Matchbook needs Node.js ${engines.node}; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Binaries differ by platform: a node_modules copied from another machine counts as missing. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted;
  return wasInstalledByHand();
}

/** Whether somebody's own `npm install` left exactly what the lockfile names: npm keeps a list of what it put there. */
function wasInstalledByHand() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  const present = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, locked]) =>
      path === '' || (present[path] ? present[path].version === locked.version : locked.optional),
  );
}

function install() {
  console.log('Installing what Matchbook needs (once, about half a minute)');
  // The npm that runs this script, so that its registry and settings hold. NODE_ENV=production would leave out the
  // development tools, without which nothing can be served or tested.
  const runner = process.env.npm_execpath ?? '';
  const npm = basename(runner).startsWith('npm') ? runner : undefined;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const done = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status === 0) return;
  console.error('npm ci failed; the reason stands above.');
  process.exit(1);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
