/** A link opens the same network, seed, mode and batch elsewhere; a cut or foreign one says so. */
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

test('opens the same notebook on another machine', async ({ page, browser, baseURL }) => {
  const notebook = await Notebook.open(page);
  await notebook.setMode('eval');
  await notebook.cell('network').getByRole('button', { name: 'Remove layer 3, ReLU' }).click();
  await page.getByRole('button', { name: notebook.seedButton('more') }).click();
  await expect(notebook.cell('network')).not.toContainText('relu1');
  const link = await linkOf(notebook);
  expect(link).toMatch(/#\/n\/m1\.[\w-]+$/);

  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const elsewhere = await other.newPage();
  await elsewhere.goto(link.replace('#', '?lang=en#'));
  const opened = new Notebook(elsewhere, 'en');
  await expect(opened.cell('switch').getByRole('radio', { name: /tudui\.eval/ })).toBeChecked();
  expect(await opened.cell('network').locator('pre').allTextContents()).toEqual(
    await notebook.cell('network').locator('pre').allTextContents(),
  );
  await elsewhere.setViewportSize({ width: 1440, height: 900 });
  expect(await opened.numbersIn('switch')).toEqual(await notebook.numbersIn('switch'));
  await other.close();
});

for (const [fault, change] of [
  ['cut', (link: string) => link.slice(0, -9)],
  ['foreign', (link: string) => link.replace('m1.', 'zz')],
  ['version', (link: string) => link.replace('m1.', 'm9.')],
] as const) {
  test(`says that a link is ${fault}, and opens a fresh notebook`, async ({ page }) => {
    const notebook = await Notebook.open(page);
    const link = await linkOf(notebook);
    await page.goto('about:blank');
    await page.goto(change(link).replace('#', '?lang=en#'));
    await expect(page.getByText(notebook.words.notice[fault])).toBeVisible();
    await expect(notebook.cell('network')).toContainText('class Net(nn.Module)');
  });
}

async function linkOf(notebook: Notebook): Promise<string> {
  const { page, words } = notebook;
  await page.getByRole('button', { name: words.bar.share, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: words.share.title });
  const field = dialog.getByRole('textbox', { name: words.share.link });
  await expect(field).not.toHaveValue('');
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  return link;
}
