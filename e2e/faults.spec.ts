/** Faults that are really caused: the page goes on, says what happened in a sentence, and loses nothing. */
import type { Page } from '@playwright/test';
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

function engine(notebook: Notebook) {
  return notebook.page.getByRole('group', { name: notebook.words.engine.title });
}

/** Training goes on from where it was, on any level. */
async function trainsOn(notebook: Notebook, from: number): Promise<void> {
  const cell = notebook.cell('train');
  await cell.getByRole('button', { name: notebook.words.train.step, exact: true }).click();
  await expect(cell).toContainText(`${from + 1} steps: loss from`, { timeout: 30_000 });
}

test('a WASM that does not arrive leaves TypeScript in charge', async ({ page, context }) => {
  await context.route('**/*.wasm', (route) => route.abort());
  const notebook = await Notebook.open(page);
  await trainsOn(notebook, 0);
  await engine(notebook).getByRole('radio', { name: /WASM/ }).click();
  await expect(engine(notebook)).toContainText(notebook.words.engine.reason['load-failed']);
  await expect(engine(notebook).getByRole('radio', { name: /TypeScript/ })).toBeChecked();
  await trainsOn(notebook, 1);
});

async function onWasm(page: Page): Promise<Notebook> {
  const notebook = await Notebook.open(page);
  await engine(notebook).getByRole('radio', { name: /WASM/ }).click();
  await expect(engine(notebook).getByRole('radio', { name: /WASM/ })).toBeChecked({ timeout: 30_000 });
  return notebook;
}

/** The kernel's worker started the engine's, which is the last. It raises no event as it goes. */
async function endEngineWorker(page: Page): Promise<void> {
  const workers = page.workers();
  await workers[workers.length - 1].evaluate(() => self.close()).catch(() => undefined);
}

test('a worker that ends while nothing runs is started again by the next step', async ({ page }) => {
  const notebook = await onWasm(page);
  await trainsOn(notebook, 0);
  await endEngineWorker(page);
  await trainsOn(notebook, 1);
  await expect(engine(notebook).getByRole('radio', { name: /WASM/ })).toBeChecked();
  await expect(engine(notebook)).not.toContainText(notebook.words.engine.loading);
});

/** What the cell's table says of each step. */
async function stepNumbers(notebook: Notebook): Promise<Map<string, string>> {
  const cell = notebook.cell('train');
  for (const fold of await cell.locator('details:not([open]) > summary').all()) await fold.click();
  const rows = await cell
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((c) => c.textContent)));
  return new Map(rows.map(([step, ...numbers]) => [step ?? '', numbers.join(' ')]));
}

test('a worker that ends in mid-training leaves no step out', async ({ page, browser, baseURL }) => {
  const notebook = await onWasm(page);
  const cell = notebook.cell('train');
  await cell.getByRole('button', { name: notebook.words.train.play }).click();
  await expect(cell).toContainText(/\d{2,} steps: loss from/, { timeout: 30_000 });
  await endEngineWorker(page);
  const before = (await stepNumbers(notebook)).size;
  await expect
    .poll(async () => (await stepNumbers(notebook)).size, { timeout: 30_000 })
    .toBeGreaterThan(before);
  await cell.getByRole('button', { name: notebook.words.train.pause }).click();
  const broken = await stepNumbers(notebook);

  const other = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const unbroken = await onWasm(await other.newPage());
  await unbroken.cell('train').getByRole('button', { name: unbroken.words.train.play }).click();
  const same = async (): Promise<unknown> => {
    const numbers = await stepNumbers(unbroken);
    return new Map([...broken.keys()].map((step) => [step, numbers.get(step)]));
  };
  await expect.poll(same, { timeout: 60_000 }).toEqual(broken);
  await other.close();
});

test('a kernel that ends has a successor with the same numbers', async ({ page }) => {
  const notebook = await Notebook.open(page);
  await trainsOn(notebook, 0);
  await notebook.setMode('eval');
  const before = { steps: await stepNumbers(notebook), switch: await notebook.numbersIn('switch') };
  await page
    .workers()[0]
    .evaluate(() => self.close())
    .catch(() => undefined);
  await notebook.cell('switch').getByRole('button', { name: notebook.words.switch.run }).click();
  await expect(page.getByText(notebook.words.notice.back)).toBeVisible({ timeout: 30_000 });
  expect(await stepNumbers(notebook)).toEqual(before.steps);
  expect(await notebook.numbersIn('switch')).toEqual(before.switch);
  await trainsOn(notebook, 1);
});

test('a network that gives nan shows nan, and recovers', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const momentum = notebook
    .cell('network')
    .getByRole('row', { name: 'layer 2, BatchNorm1d' })
    .getByRole('textbox', { name: 'momentum' });
  // A share of fifty leaves a negative running variance: its root is nan in PyTorch too.
  await momentum.fill('50');
  await page.keyboard.press('Enter');
  await notebook.setMode('eval');
  await expect(notebook.cell('switch')).toContainText('nan');
  await trainsOn(notebook, 0);
  await expect(notebook.cell('train')).toContainText('nan');
  await momentum.fill('0.1');
  await page.keyboard.press('Enter');
  await expect(notebook.cell('switch')).not.toContainText('nan');
});

test('a lost GPU is taken up again, and training goes on from the last step', { tag: '@gpu' }, async ({
  page,
  browser,
}) => {
  const notebook = await Notebook.open(page);
  await trainsOn(notebook, 0);
  const choice = engine(notebook).getByRole('radio', { name: /WebGPU/ });
  await choice.click();
  await expect(choice).toBeChecked({ timeout: 90_000 });
  const before = await notebook.executionCount('switch');
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => undefined);
  await notebook.cell('switch').getByRole('button', { name: notebook.words.switch.run }).click();
  await expect.poll(() => notebook.executionCount('switch'), { timeout: 60_000 }).toBeGreaterThan(before);
  await trainsOn(notebook, 1);
});
