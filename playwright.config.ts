/** The browser tests: they run on the built page, in the Chromium that scripts/browser.mjs found. */
import { createServer } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { findBrowser, quietFlags, rememberedBrowser, softwareWebGpuFlags } from './scripts/browser.mjs';

// Chosen once: the test processes read this file again and inherit the environment of the first reader.
process.env.MATCHBOOK_TEST_PORT ??= String(await freePort());
const baseURL = `http://127.0.0.1:${process.env.MATCHBOOK_TEST_PORT}/`;
const executablePath = rememberedBrowser() ?? found(findBrowser({ install: false }));

function launch(...flags: string[]) {
  return { launchOptions: { ...(executablePath && { executablePath }), args: [...quietFlags, ...flags] } };
}

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 10_000 },
  use: { baseURL, trace: 'retain-on-failure', locale: 'en-US' },
  projects: [
    {
      name: 'chromium',
      grepInvert: /@gpu|@phone/,
      use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 720 }, ...launch() },
    },
    {
      name: 'phone',
      grep: /@phone/,
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, ...launch() },
    },
    {
      // Compiling shaders on the processor takes seconds at the first run.
      name: 'webgpu',
      grep: /@gpu/,
      timeout: 120_000,
      use: { ...devices['Desktop Chrome'], ...launch(...softwareWebGpuFlags) },
    },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${process.env.MATCHBOOK_TEST_PORT} --strictPort`,
    url: baseURL,
  },
});

function found(browser: ReturnType<typeof findBrowser>): string | undefined {
  return 'path' in browser ? browser.path : undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
