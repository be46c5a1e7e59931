/** Transfer as a learner walks through it: a part of a file, a new head, and what moves although it is frozen. */
import { fixture, type LanguageName, languages, Notebook } from './support/notebook';
import { expect, test } from './support/test';

const stateDict = 'tudui_parameter.pth';

/** The sentence a text of the catalogue begins with, in bold. */
const bold = (text: string) => /<b>(.*?)<\/b>/.exec(text)?.[1]?.replace(/<[^>]+>/g, '') ?? '';

for (const language of Object.keys(languages) as LanguageName[]) {
  test.describe(`transfer in ${language}`, () => {
    test('freezes what was loaded, and shows what moves all the same', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { transfer, keys } = notebook.words;
      const cell = notebook.cell('transfer');
      await expect(cell).toContainText(transfer.noFile);
      await notebook.save(stateDict);
      const run = cell.getByRole('button', { name: transfer.run });
      await run.click();
      const result = cell.getByRole('region', { name: transfer.result });
      await expect(result).toContainText("missing_keys=['fc2.weight', 'fc2.bias']");
      await expect(result).toContainText(bold(transfer.lesson.moving));
      const table = result.getByRole('region', { name: keys.title });
      const cellsOf = async (key: string) =>
        (
          await table
            .getByRole('row', { name: new RegExp(`^${key}`) })
            .getByRole('cell')
            .allTextContents()
        ).map((text) => text.trim());
      expect(await cellsOf('fc1.weight')).toEqual([
        '0',
        transfer.state.loaded,
        transfer.kind.frozen,
        '[16, 2]',
        '32',
      ]);
      expect(Number((await cellsOf('bn1.running_mean'))[0])).toBeGreaterThan(0.01);
      expect(await cellsOf('fc2.weight')).toEqual([
        expect.stringMatching(/^0\.[0-9]{4}$|^[1-9]/),
        transfer.state.skipped,
        transfer.kind.trained,
        '[2, 16] → [4, 16]',
        '64',
      ]);

      await cell.locator('label', { hasText: 'eval()' }).click();
      await expect(result).toBeHidden();
      await run.click();
      await expect(result).toContainText(bold(transfer.lesson.still));
      expect((await cellsOf('bn1.running_mean'))[0]).toBe('0');
    });

    test('raises for shapes where strict=False stands alone, and shows the program', async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { transfer } = notebook.words;
      const cell = notebook.cell('transfer');
      await notebook.save(stateDict);
      await cell.getByText(transfer.all, { exact: true }).click();
      await cell.getByRole('button', { name: transfer.run }).click();
      await expect(cell.getByRole('alert')).toContainText('size mismatch for fc2.weight');
      await expect(cell).toContainText(bold(transfer.lesson.shape));
      await cell.getByText(transfer.program, { exact: true }).click();
      await expect(cell).toContainText('print(model.load_state_dict(part, strict=False))');
    });
  });
}

test("takes another network's file by keyboard, on a phone @phone", async ({ page }) => {
  const notebook = new Notebook(page, 'en');
  await page.goto('?lang=en');
  await notebook.cell('switch').getByText('BatchNorm1d').first().waitFor();
  await notebook.upload(fixture('friend_wider.pth'));
  const cell = notebook.cell('transfer');
  const run = cell.getByRole('button', { name: notebook.words.transfer.run });
  await run.focus();
  await page.keyboard.press('Enter');
  const result = cell.getByRole('region', { name: notebook.words.transfer.result });
  await expect(result).toContainText(/keys? loaded/);
  await expect(result.getByRole('row').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});
