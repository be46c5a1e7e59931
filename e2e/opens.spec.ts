/** The page opens by itself: in both languages, in the chosen theme, from any folder, and without errors. */
import { expect, test } from './support/test';

for (const { lang, html } of [
  { lang: 'zh', html: 'zh-CN' },
  { lang: 'en', html: 'en' },
]) {
  test(`opens in ${html}`, async ({ page }) => {
    await page.goto(`?lang=${lang}`);
    await expect(page.locator('#root')).not.toBeEmpty();
    await expect(page.locator('html')).toHaveAttribute('lang', html);
    await expect(page.getByRole('main')).toBeVisible();
  });
}

test('opens in a folder below the root', async ({ page, baseURL }) => {
  // The same files, asked for one folder down.
  await page.route('**/school/matchbook/**', (route) =>
    route.continue({ url: route.request().url().replace('school/matchbook/', '') }),
  );
  const outside: string[] = [];
  page.on('request', (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol === 'http:' && !pathname.startsWith('/school/matchbook/')) outside.push(pathname);
  });
  await page.goto(`${baseURL}school/matchbook/`);
  await expect(page.getByRole('main')).toBeVisible();
  expect(outside).toEqual([]);
});

test('fits a phone without scrolling sideways', { tag: '@phone' }, async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('main')).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test.describe('before the application runs', () => {
  // With the modules held back, only what precedes them can have set the theme.
  test.use({ expectedFaults: [/Failed to load resource/] });

  test('the kept theme and language are set', async ({ page }) => {
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.addInitScript(() => {
      localStorage.setItem('matchbook.settings', JSON.stringify({ theme: 'dark', language: 'zh' }));
    });
    await page.goto('./');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  });
});

test('WebGPU gives a device where an adapter answers', { tag: '@gpu' }, async ({ page }) => {
  await page.goto('./');
  const limit = await page.evaluate(async () => {
    const device = await (await navigator.gpu.requestAdapter())?.requestDevice();
    await device?.queue.onSubmittedWorkDone();
    return device?.limits.maxStorageBufferBindingSize;
  });
  expect(limit).toBeGreaterThan(0);
});
