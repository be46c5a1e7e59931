/** Train: step, play, pause; the loss falls, and both modes have their accuracy. */
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

/** Steps taken: the rows of the table under the curves name them. */
async function stepsOf(notebook: Notebook): Promise<number> {
  const text = (await notebook.cell('train').textContent()) ?? '';
  return Number(/(\d+) steps?: loss/.exec(text)?.[1] ?? 0);
}

test('steps one by one, plays until paused, and starts over', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const { train } = notebook.words;
  const cell = notebook.cell('train');
  await cell.getByRole('button', { name: train.step, exact: true }).click();
  await expect.poll(() => stepsOf(notebook)).toBe(1);
  await expect(cell).toContainText(/Accuracy [\d.]+% in train mode, [\d.]+% in eval mode/);

  await cell.getByRole('button', { name: train.play, exact: true }).click();
  await expect.poll(() => stepsOf(notebook)).toBeGreaterThan(12);
  await cell.getByRole('button', { name: train.pause, exact: true }).click();
  await expect(cell.getByRole('button', { name: train.play, exact: true })).toBeVisible();
  await page.waitForTimeout(400);
  const paused = await stepsOf(notebook);
  await page.waitForTimeout(600);
  expect(await stepsOf(notebook)).toBe(paused);

  await cell.getByRole('button', { name: train.reset, exact: true }).click();
  await expect(cell).toContainText(train.first);
});
