/**
 * Finds a Chromium for the browser tests, and installs one where that is possible. Every candidate is started for
 * real: Ubuntu's `chromium-browser`, for one, is a stub that exists and does not run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const memory = join(root, '.matchbook', 'browser');
const isRoot = process.getuid?.() === 0;

/** Keep Chromium from calling home: the tests fail on any request that is not the page's own. */
export const quietFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** WebGPU on the processor, where there is no graphics card. */
export const softwareWebGpuFlags = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
];

/** The browser that was found last, if it is still there. @returns {string | undefined} */
export function rememberedBrowser() {
  const path = process.env.MATCHBOOK_BROWSER || (existsSync(memory) && readFileSync(memory, 'utf8').trim());
  return path && existsSync(path) ? path : undefined;
}

/**
 * @param {{ install: boolean }} options
 * @returns {{ path: string } | { why: string }}
 */
export function findBrowser({ install }) {
  const asked = process.env.MATCHBOOK_BROWSER;
  if (asked) return runs(asked) ? { path: asked } : { why: `MATCHBOOK_BROWSER=${asked} does not start` };

  const found = firstThatRuns() ?? (install ? (installPlaywrights() ?? installDebians()) : undefined);
  if (!found) return { why: 'no Chromium found; install one, or set MATCHBOOK_BROWSER to its path' };
  mkdirSync(join(root, '.matchbook'), { recursive: true });
  writeFileSync(memory, `${found}\n`);
  return { path: found };
}

function firstThatRuns() {
  const candidates = [rememberedBrowser(), ...onPath(), ...knownPlaces(), playwrights()];
  return [...new Set(candidates)].find((path) => path && existsSync(path) && runs(path));
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return process.platform === 'win32'
    ? []
    : names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function knownPlaces() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  if (process.platform === 'win32') {
    const bases = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const tails = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return bases.flatMap((base) => (base ? tails.map((tail) => join(base, tail)) : []));
  }
  return [
    '/usr/bin/chromium',
    '/usr/lib/chromium/chromium',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ];
}

/** Where playwright-core keeps the browser it downloads, whether or not it has done so. */
function playwrights() {
  try {
    return createRequire(import.meta.url)('playwright-core').chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function runs(path) {
  const profile = mkdtempSync(join(tmpdir(), 'matchbook-browser-'));
  try {
    const page = 'data:text/html,<title>lit</title><script>document.title+=1+1</script>';
    const flags = [
      '--headless=new',
      '--disable-gpu',
      ...quietFlags,
      `--user-data-dir=${profile}`,
      '--dump-dom',
    ];
    // Chromium refuses to start its sandbox as root.
    if (isRoot) flags.push('--no-sandbox');
    const { stdout } = spawnSync(path, [...flags, page], { encoding: 'utf8', timeout: 30_000 });
    return stdout?.includes('lit2') ?? false;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

function installPlaywrights() {
  console.log('No Chromium found: asking Playwright for one');
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  // Where its download is out of reach this fails in seconds; the limit is for proxies that never answer.
  spawnSync(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
    stdio: 'ignore',
    timeout: 180_000,
  });
  return firstThatRuns();
}

function installDebians() {
  if (process.platform !== 'linux' || !isRoot) return undefined;
  console.log("Installing the system's Chromium with apt-get");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = /** @type {const} */ ({ env, stdio: 'ignore', timeout: 300_000 });
  spawnSync('apt-get', ['update', '-qq'], options);
  // The CJK font: without it every Chinese character in a screenshot is an empty box.
  spawnSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
    options,
  );
  return firstThatRuns();
}
