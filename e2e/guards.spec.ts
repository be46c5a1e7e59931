/** What e2e/support/test.ts promises: it sees each kind of fault, and a test fails on one that it did not expect. */
import { expect, openBlank, test } from './support/test';

test.beforeEach(async ({ page }) => {
  await page.goto('./');
});

test.describe('sees', () => {
  test.describe('an error in the console', () => {
    test.use({ expectedFaults: [/^console: something broke/] });
    test('of the page', async ({ page }) => {
      // biome-ignore lint/suspicious/noConsole: the page under test is what writes it
      await page.evaluate(() => console.error('something broke'));
    });
  });

  test.describe('an exception', () => {
    test.use({ expectedFaults: [/^exception: .*something broke/] });
    test('nobody caught', async ({ page }) => {
      const seen = page.context().waitForEvent('weberror');
      await page.evaluate(() => {
        setTimeout(() => Promise.reject(new Error('something broke')));
      });
      await seen;
    });
  });

  test.describe('a request', () => {
    test.use({ expectedFaults: [/^request to another origin: https:\/\/other\.invalid\//] });
    test('to another origin', async ({ page, baseURL }) => {
      await page.route('https://other.invalid/**', (route) => route.fulfill({ body: 'answered' }));
      // The page's own policy would stop the request.
      await openBlank(page, baseURL ?? '');
      await page.evaluate(() => fetch('https://other.invalid/', { mode: 'no-cors' }));
    });
  });
});

test.describe('fails', () => {
  test.fail();

  test('on a fault it did not expect', async ({ page }) => {
    // biome-ignore lint/suspicious/noConsole: the page under test is what writes it
    await page.evaluate(() => console.error('something broke'));
  });

  test.describe('on an expected fault', () => {
    test.use({ expectedFaults: [/never comes/] });
    test('that does not come', () => {});
  });
});

test.describe('the policy', () => {
  test.use({ expectedFaults: [/^console: .*Content Security Policy/] });

  test('keeps the page from other origins and from inline scripts', async ({ page }) => {
    const outcome = await page.evaluate(async () => {
      const fetched = await fetch('https://other.invalid/').then(
        () => 'allowed',
        () => 'refused',
      );
      const script = document.createElement('script');
      script.textContent = 'document.title = "evaluated"';
      document.head.append(script);
      return { fetched, evaluated: document.title === 'evaluated' };
    });
    expect(outcome).toEqual({ fetched: 'refused', evaluated: false });
  });
});
