/** Files outlive the page: a reload, a full storage and a closed one lose nothing that was not said. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { languages, Notebook } from './support/notebook';
import { expect, test } from './support/test';

test('a file is there after a reload, byte for byte, and loads', async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.cell('train').getByRole('button', { name: notebook.words.train.step, exact: true }).click();
  await notebook.save('tudui_parameter.pth');
  const before = readFileSync(await (await notebook.download('tudui_parameter.pth')).download.path());
  const again = await Notebook.open(page);
  await expect(again.shelf).toContainText('tudui_parameter.pth');
  const after = readFileSync(await (await again.download('tudui_parameter.pth')).download.path());
  expect(after.equals(before)).toBe(true);
  await expect(await again.load('tudui_parameter.pth')).toContainText('<All keys matched successfully>');
  const discard = again.words.shelf.discard.replace('{{name}}', 'tudui_parameter.pth');
  await again.shelf.getByRole('button', { name: discard }).click();
  await expect(again.shelf).toContainText(again.words.shelf.empty);
  const third = await Notebook.open(page);
  await expect(third.shelf).toContainText(third.words.shelf.empty);
});

test('the inspector finds a file of an earlier visit by its address', async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.save('tudui_parameter.pth');
  const look = notebook.words.shelf.inspect.replace('{{name}}', 'tudui_parameter.pth');
  await notebook.shelf.getByRole('button', { name: look }).click();
  await page.locator('#inspect-keys').waitFor();
  await page.reload();
  await page.locator('#inspect-keys').waitFor();
});

for (const language of ['zh', 'en'] as const) {
  test(`a full storage keeps the shelf and says which file it did not take, in ${language}`, async ({
    page,
    baseURL,
  }) => {
    const notebook = await Notebook.open(page, language);
    const session = await page.context().newCDPSession(page);
    const origin = new URL(baseURL ?? page.url()).origin;
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await notebook.save('tudui_parameter.pth');
    const said = notebook.words.shelf.keep.full.replace('{{file}}', 'tudui_parameter.pth');
    await expect(notebook.shelf).toContainText(said);
    await expect(await notebook.load('tudui_parameter.pth')).toContainText('<All keys matched successfully>');
  });
}

test.describe('a frame of another site', () => {
  test.use({ expectedFaults: [/another origin: http:\/\/localhost:\d+\/$/] });

  test('has no storage, which is said once there is a file to lose', async ({ page, baseURL }) => {
    // `localhost` and the page's own 127.0.0.1 are two sites; a page that is only made up may not frame either.
    const school = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<iframe src="${baseURL}?lang=en" width="1440" height="900"></iframe>`);
    });
    await new Promise<void>((resolve) => school.listen(0, '127.0.0.1', resolve));
    await page.goto(`http://localhost:${(school.address() as AddressInfo).port}/`);
    const frame = page.frameLocator('iframe');
    const { keep, title } = languages.en.shelf;
    const shelf = frame.getByRole('region', { name: title, exact: true });
    await expect(shelf).toContainText(languages.en.shelf.empty);
    await expect(shelf).not.toContainText(keep.none);
    await shelf.locator('input[type=file]').setInputFiles({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('hello'),
    });
    await expect(shelf).toContainText('notes.txt');
    await expect(shelf).toContainText(keep.none);
    school.close();
  });
});
