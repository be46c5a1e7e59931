/** An error from somebody's terminal: pasted, made again on this network, repaired here. */
import { type LanguageName, languages, Notebook } from './support/notebook';
import { expect, test } from './support/test';

const parallel = `求助:加载模型报错
(base) C:\\Users\\小明> python load.py
Traceback (most recent call last):
  File "C:\\Users\\小明\\load.py", line 12, in <module>
    model.load_state_dict(torch.load('best.pth'))
RuntimeError: Error(s) in loading state_dict for ResNet:
\tMissing key(s) in state_dict: "conv1.weight", "fc.weight".
\tUnexpected key(s) in state_dict: "module.conv1.weight", "module.fc.weight". `;

async function paste(notebook: Notebook, text: string) {
  const cell = notebook.cell('load');
  const field = cell.getByRole('textbox', { name: notebook.words.paste.label });
  if (!(await field.isVisible())) await cell.getByText(notebook.words.paste.title, { exact: true }).click();
  await field.fill(text);
  await field.press('Control+Enter');
  return { cell, field, yours: cell.getByRole('region', { name: notebook.words.paste.yours }) };
}

for (const language of Object.keys(languages) as LanguageName[]) {
  test.describe(`a pasted error in ${language}`, () => {
    test('opens its case, reproduced, with an empty shelf', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      const { cell, yours } = await paste(notebook, parallel);
      await expect(yours).toContainText('loading state_dict for ResNet');
      await expect(cell.getByRole('region', { name: words.paste.here })).toContainText('"module.fc1.weight"');
      await expect(cell).toContainText(words.paste.same);
      await expect(cell).toContainText('conv1.weight, fc.weight');
      await cell.getByRole('button', { name: words.paste.open }).click();
      const result = cell.getByRole('region', { name: words.load.result });
      await expect(result).toBeFocused();
      const title = words.repair.strip_prefix.title.replace('{{prefix}}', 'module.');
      await result.getByRole('button', { name: title }).click();
      await expect(result).toContainText('<All keys matched successfully>');
      // What was pasted stays beside what happened first.
      await expect(yours).toContainText('loading state_dict for ResNet');
    });

    test('that cannot be made here is explained, another is said to be unknown, and neither is lost', async ({
      page,
    }) => {
      const notebook = await Notebook.open(page, language);
      const { cell, field } = await paste(
        notebook,
        "ValueError: loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
      );
      const reason = /<b>(.*?)<\/b>/.exec(notebook.words.paste.because.optimizer_groups)?.[1] ?? '';
      await expect(cell).toContainText(reason);
      const other = 'RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x4 and 64x10)';
      await paste(notebook, other);
      await expect(cell).toContainText(notebook.words.paste.unknown);
      await expect(field).toHaveValue(other);
    });
  });
}

test('a file that stopped half way is made from the own state_dict, and the log says how', async ({
  page,
}) => {
  const notebook = await Notebook.open(page);
  await notebook.save('tudui_parameter.pth');
  const { cell } = await paste(
    notebook,
    'PytorchStreamReader failed reading zip archive: failed finding central directory',
  );
  await expect(cell).toContainText(notebook.words.paste.same);
  await expect(cell).toContainText('part.write(whole.read()[:-100])');
  await expect(notebook.shelf).toContainText('tudui_parameter.pth');
  const log = notebook.cell('log');
  await log.locator('summary').click();
  await expect(log).toContainText('with open("pasted_parameter.pth", \'rb\') as whole');
});

test('a megabyte from the clipboard is read @phone', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const notebook = new Notebook(page, 'en');
  await page.goto('?lang=en');
  await notebook.cell('switch').getByText('BatchNorm1d').first().waitFor();
  const cell = notebook.cell('load');
  await cell.getByText(notebook.words.paste.title, { exact: true }).click();
  const line = '2026-01-01 12:00:00 step 100 loss 0.123 lr 0.1 torch.load(path)\n';
  const text = `${line.repeat(Math.ceil(1_000_000 / line.length))}${parallel}`;
  await page.evaluate((all) => navigator.clipboard.writeText(all), text);
  const field = cell.getByRole('textbox', { name: notebook.words.paste.label });
  await field.focus();
  await page.keyboard.press('Control+V');
  await expect(cell).toContainText(notebook.words.paste.same, { timeout: 15_000 });
  expect((await field.inputValue()).length).toBe(text.length);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});
