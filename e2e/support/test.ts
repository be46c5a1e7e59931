/**
 * `test` as every spec imports it. A test fails on what a learner would never be told of: a request to another
 * origin, an error in the console, an exception nobody caught. Where a spec provokes such a fault it says so with
 * `test.use({ expectedFaults: [/.../] })`. Tags choose the project: `@phone` a phone's viewport, `@gpu` WebGPU.
 */
import { type Browser, test as base, expect, type Page } from '@playwright/test';
import { findPyTorch, type PyTorch } from './python';

type Options = {
  /** Faults that belong to the test; each must be seen. */
  expectedFaults: RegExp[];
};

type Fixtures = {
  /** Real PyTorch. A test that asks for it is reported as not run where there is none. */
  pytorch: PyTorch;
  cleanliness: undefined;
};

type WorkerFixtures = {
  /** Whether WebGPU answers; asked once, because starting it on the processor takes seconds. */
  hasAdapter: boolean;
};

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  expectedFaults: [[], { option: true }],

  cleanliness: [
    async ({ context, baseURL, expectedFaults }, use) => {
      const faults: string[] = [];
      const own = new URL(baseURL ?? '').host;
      const reach = (address: string) => {
        const { protocol, host } = new URL(address);
        if (/^(http|ws)s?:$/.test(protocol) && host !== own)
          faults.push(`request to another origin: ${address}`);
      };
      context.on('request', (request) => reach(request.url()));
      context.on('page', (page) => page.on('websocket', (socket) => reach(socket.url())));
      context.on('console', (message) => {
        if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => faults.push(`exception: ${error.error().stack ?? error.error()}`));

      await use(undefined);

      const unexpected = faults.filter((text) => !expectedFaults.some((pattern) => pattern.test(text)));
      expect(unexpected, 'faults of the page').toEqual([]);
      const missing = expectedFaults.filter((pattern) => !faults.some((text) => pattern.test(text)));
      expect(missing.map(String), 'expected faults that did not come').toEqual([]);
    },
    { auto: true },
  ],

  hasAdapter: [
    async ({ browser }, use, { project }) => {
      await use(project.name === 'webgpu' && (await adapterAnswers(browser, project.use.baseURL ?? '')));
    },
    { scope: 'worker' },
  ],

  page: async ({ page, hasAdapter }, use, testInfo) => {
    testInfo.skip(testInfo.project.name === 'webgpu' && !hasAdapter, 'no WebGPU adapter answers');
    await use(page);
  },

  pytorch: async ({ browserName: _ }, use, testInfo) => {
    const found = findPyTorch();
    testInfo.skip(!found, 'no Python with PyTorch 2.13');
    if (found) await use(found);
  },
});

/** A page of the tests' own origin that holds nothing, not even the page's policy. */
export async function openBlank(page: Page, baseURL: string): Promise<void> {
  const address = new URL('blank', baseURL).href;
  await page.route(address, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' }),
  );
  await page.goto(address);
}

async function adapterAnswers(browser: Browser, baseURL: string): Promise<boolean> {
  const page = await browser.newPage();
  // navigator.gpu exists in secure contexts only, and about:blank is none.
  await openBlank(page, baseURL);
  const answers = await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
  await page.close();
  return answers;
}

export { expect };
