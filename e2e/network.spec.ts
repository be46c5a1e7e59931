/** Define a network from cards: code and print follow, a wrong shape stands at its layer, the rest waits on the last valid one. */
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

test('cards, code and print(tudui) say the same', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const cell = notebook.cell('network');
  await expect(cell).toContainText('self.drop1 = nn.Dropout(p=0.5)');
  await cell.getByRole('button', { name: 'Add ReLU' }).click();
  await expect(cell).toContainText('self.relu2 = nn.ReLU()');
  await expect(cell).toContainText('(relu2): ReLU()');
  await cell.getByRole('button', { name: 'Move layer 6, ReLU up' }).click();
  await expect(cell).toContainText(/x = self\.relu2\(x\)\s+x = self\.fc2\(x\)/);
  await cell.getByRole('button', { name: 'Remove layer 5, ReLU' }).click();
  await expect(cell).not.toContainText('relu2');
});

test('a wrong shape shows the error of torch at the layer that raises it', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const cell = notebook.cell('network');
  const last = cell.getByRole('row', { name: 'layer 5, Linear' });
  await last.getByRole('textbox', { name: 'in_features' }).fill('12');
  await page.keyboard.press('Enter');
  await expect(last).toContainText('RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x16 and 12x2)');
  await expect(notebook.cell('switch')).toContainText(notebook.words.cell.stale);
  await expect(notebook.cell('switch')).toContainText('16 → 2');

  await last.getByRole('textbox', { name: 'in_features' }).fill('16');
  await page.keyboard.press('Enter');
  await expect(last).not.toContainText('RuntimeError');
  await expect(notebook.cell('switch')).not.toContainText(notebook.words.cell.stale);
});

test('a probability of 1.5 is refused in the words of torch', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const row = notebook.cell('network').getByRole('row', { name: 'layer 4, Dropout' });
  await row.getByRole('textbox', { name: 'p' }).fill('1.5');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('ValueError: dropout probability has to be between 0 and 1, but got 1.5');
});

test('the list that can be reordered takes its place without a jump', async ({ page }) => {
  await page.addInitScript(() => {
    const heights = new Set<number>();
    const look = (): void => {
      const cell = document.getElementById('cell-network');
      if (cell) heights.add(Math.round(cell.getBoundingClientRect().height));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(globalThis, { heights });
  });
  const notebook = await Notebook.open(page);
  await expect(notebook.cell('network').getByRole('row')).toHaveCount(5, { timeout: 30_000 });
  expect(await page.evaluate(() => (globalThis as unknown as { heights: Set<number> }).heights.size)).toBe(1);
});
