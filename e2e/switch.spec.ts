/** Flip train and eval: what Dropout and BatchNorm do with it, by mouse and by key. */
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

test('flips by key T, and not when single keys are switched off', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const cell = notebook.cell('switch');
  const isEval = cell.getByRole('radio', { name: /tudui\.eval/ });
  await expect(isEval).not.toBeChecked();
  await page.keyboard.press('t');
  await expect(isEval).toBeChecked();
  await page.keyboard.press('t');
  await expect(isEval).not.toBeChecked();

  await page.getByRole('button', { name: notebook.words.bar.settings }).click();
  await page.getByText(notebook.words.settings.shortcuts).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await expect(isEval).not.toBeChecked();
});

test('train drops units and doubles the kept ones; eval drops none', async ({ page }) => {
  const notebook = await Notebook.open(page);
  await expect(notebook.cell('dropout')).toContainText('1 / (1 − p)');
  await expect(notebook.cell('switch')).toContainText('×2');
  await notebook.setMode('eval');
  await expect(notebook.cell('switch')).not.toContainText('×2');
  await expect(
    notebook.cell('dropout').getByRole('button', { name: notebook.words.dropout.resting }),
  ).toBeDisabled();
});

test('the same input gives other answers in train, the same one in eval', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const cell = notebook.cell('switch');
  /** The values on the network after each of four forwards. */
  const answers = async (): Promise<Set<string>> => {
    const seen = new Set<string>();
    for (let i = 0; i < 4; i++) {
      const before = await notebook.executionCount('switch');
      await cell.getByRole('button', { name: notebook.words.switch.run }).click();
      await expect.poll(() => notebook.executionCount('switch')).toBeGreaterThan(before);
      seen.add((await notebook.numbersIn('switch')).join());
    }
    return seen;
  };
  expect((await answers()).size).toBe(4);
  await notebook.setMode('eval');
  await expect(cell).not.toContainText('×2');
  expect((await answers()).size).toBe(1);
});

test('feeding a batch moves the running statistics in train, and nothing in eval', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const cell = notebook.cell('batchnorm');
  await expect(cell).toContainText('num_batches_tracked ← 0 + 1 = 1');
  await cell.getByRole('button', { name: notebook.words.batchnorm.feed }).click();
  await expect(cell).toContainText('num_batches_tracked ← 1 + 1 = 2');
  await notebook.setMode('eval');
  const before = await notebook.numbersIn('batchnorm');
  const count = await notebook.executionCount('batchnorm');
  await cell.getByRole('button', { name: notebook.words.batchnorm.feed }).click();
  await expect.poll(() => notebook.executionCount('batchnorm')).toBeGreaterThan(count);
  expect(await notebook.numbersIn('batchnorm')).toEqual(before);
});

test('a batch of one is refused in train, and only there', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const cell = notebook.cell('switch');
  const error =
    'ValueError: Expected more than 1 value per channel when training, got input size torch.Size([1, 16])';
  await cell.getByRole('textbox', { name: notebook.words.switch.batch }).fill('1');
  await page.keyboard.press('Enter');
  await expect(cell).toContainText(error);
  await notebook.setMode('eval');
  await expect(cell).not.toContainText(error);
});
