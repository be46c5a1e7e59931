/**
 * `test` as every spec imports it. A test fails on what a learner would never be told of: a request to another
 * origin, an error in the console, an exception nobody caught. Where a spec provokes such an error it says so with
 * `test.use({ expectedErrors: [/.../] })`. Tags choose the project: `@phone` a phone's viewport, `@gpu` WebGPU.
 */
import { test as base, expect } from '@playwright/test';
import { findPyTorch, type PyTorch } from './python';

type Options = {
  /** Console errors and exceptions that belong to the test; each must be seen. */
  expectedErrors: RegExp[];
};

type Fixtures = {
  /** Real PyTorch. A test that asks for it is reported as not run where there is none. */
  pytorch: PyTorch;
  cleanliness: undefined;
};

export const test = base.extend<Options & Fixtures>({
  expectedErrors: [[], { option: true }],

  cleanliness: [
    async ({ context, baseURL, expectedErrors }, use) => {
      const errors: string[] = [];
      const offOrigin: string[] = [];
      const own = new URL(baseURL ?? '').origin;
      context.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== own) offOrigin.push(request.url());
      });
      context.on('page', (page) => page.on('websocket', (socket) => offOrigin.push(socket.url())));
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => errors.push(String(error.error().stack ?? error.error())));

      await use(undefined);

      expect(offOrigin, 'requests to another origin').toEqual([]);
      const unexpected = errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)));
      expect(unexpected, 'errors in the console').toEqual([]);
      const missing = expectedErrors.filter((pattern) => !errors.some((text) => pattern.test(text)));
      expect(missing.map(String), 'expected errors that did not come').toEqual([]);
    },
    { auto: true },
  ],

  page: async ({ page, baseURL }, use, testInfo) => {
    if (testInfo.project.name === 'webgpu') {
      // navigator.gpu exists in secure contexts only, so ask on a page of our own origin.
      await page.goto(`${baseURL}favicon.svg`);
      const answers = await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
      testInfo.skip(!answers, 'no WebGPU adapter answers');
    }
    await use(page);
  },

  pytorch: async ({ browserName: _ }, use, testInfo) => {
    const found = findPyTorch();
    testInfo.skip(!found, 'no Python with PyTorch 2.13');
    if (found) await use(found);
  },
});

export { expect };
