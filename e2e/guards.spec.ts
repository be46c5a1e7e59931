/** What e2e/support/test.ts promises: each of these pages must fail its test. */
import { test } from './support/test';

test.beforeEach(async ({ page }) => {
  await page.goto('./');
});

test.describe('a test fails', () => {
  test.fail();

  test('on an error in the console', async ({ page }) => {
    // biome-ignore lint/suspicious/noConsole: the page under test is what writes it
    await page.evaluate(() => console.error('something broke'));
  });

  test('on an exception nobody caught', async ({ page }) => {
    await page.evaluate(() => setTimeout(() => Promise.reject(new Error('something broke'))));
    await page.waitForTimeout(100);
  });

  test('on a request to another origin', async ({ page }) => {
    // An address that nothing can answer; the page's own policy is out of the way on a page without it.
    await page.route('https://other.invalid/**', (route) => route.fulfill({ body: 'answered' }));
    await page.goto('favicon.svg');
    await page.evaluate(() => fetch('https://other.invalid/', { mode: 'no-cors' }));
  });

  test.describe('that was told', () => {
    test.use({ expectedErrors: [/never comes/] });
    test('of an error which does not come', () => {});
  });
});

test.describe('the policy', () => {
  test.use({ expectedErrors: [/Content Security Policy/] });

  test('keeps the page from other origins and from evaluating text', async ({ page }) => {
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
    test.expect(outcome).toEqual({ fetched: 'refused', evaluated: false });
  });
});

test('a test passes on a page that is well', () => {});
