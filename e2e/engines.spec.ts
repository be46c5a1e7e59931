/** Three levels, one network: the same masks and weights, outputs within rounding, each loaded on use. */
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

async function choose({ page, words }: Notebook, level: 'wasm' | 'webgpu'): Promise<void> {
  const engine = page.getByRole('group', { name: words.engine.title });
  const choice = engine.getByRole('radio', { name: new RegExp(words.engine[level]) });
  // Not `check`: it is checked only once the level has arrived.
  await choice.click();
  await expect(choice).toBeChecked({ timeout: 90_000 });
}

async function forwardOn(
  notebook: Notebook,
  level: 'reference' | 'wasm' | 'webgpu',
): Promise<Record<'mask' | 'values', string[]>> {
  const { page } = notebook;
  if (level !== 'reference') await choose(notebook, level);
  // The same seed from the start: what follows is drawn anew.
  for (const [by, seed] of [
    ['more', 4],
    ['less', 3],
  ] as const) {
    await page.getByRole('button', { name: notebook.seedButton(by) }).click();
    await expect(page.getByText(`torch.manual_seed(${seed})`, { exact: true })).toBeVisible({
      timeout: 30_000,
    });
  }
  return {
    mask: await notebook.numbersIn('dropout'),
    values: await notebook.numbersIn('switch'),
  };
}

/** Tables show four decimals; the last may differ by rounding. */
function expectClose(got: readonly string[], want: readonly string[]): void {
  const number = (text: string): number => Number(text.replace('−', '-'));
  expect(got.length).toBe(want.length);
  for (const [i, text] of want.entries()) {
    if (Number.isNaN(number(text))) expect(got[i]).toBe(text);
    else expect(number(got[i])).toBeCloseTo(number(text), 3);
  }
}

test('WASM loads on use and gives the numbers of TypeScript', async ({ page }) => {
  const loaded: string[] = [];
  page.context().on('request', (request) => {
    if (request.url().endsWith('.wasm')) loaded.push(request.url());
  });
  const notebook = await Notebook.open(page);
  const reference = await forwardOn(notebook, 'reference');
  expect(reference.values.length).toBeGreaterThan(20);
  expect(loaded).toEqual([]);
  const wasm = await forwardOn(notebook, 'wasm');
  expect(loaded.length).toBe(1);
  expect(wasm.mask).toEqual(reference.mask);
  expectClose(wasm.values, reference.values);
});

test('WASM trains as TypeScript does', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const cell = notebook.cell('train');
  const { train } = notebook.words;
  const losses = async (): Promise<string[]> => {
    for (let i = 1; i <= 3; i++) {
      await cell.getByRole('button', { name: train.step, exact: true }).click();
      await expect(cell).toContainText(`${i} steps: loss from`);
    }
    return notebook.numbersIn('train');
  };
  const reference = await losses();
  await choose(notebook, 'wasm');
  await cell.getByRole('button', { name: train.reset, exact: true }).click();
  await expect(cell).toContainText(train.first);
  expectClose(await losses(), reference);
});

test('WebGPU gives the numbers of TypeScript', { tag: '@gpu' }, async ({ page }) => {
  const notebook = await Notebook.open(page);
  const reference = await forwardOn(notebook, 'reference');
  const webgpu = await forwardOn(notebook, 'webgpu');
  expect(webgpu.mask).toEqual(reference.mask);
  expectClose(webgpu.values, reference.values);
});
