/** What people upload by mistake or by malice: named in a line, never run, and the notebook stays as it was. */
import { readFileSync } from 'node:fs';
import { fixture, Notebook } from './support/notebook';
import { expect, test } from './support/test';

const broken = [
  ['empty.pth', 'empty'],
  ['text.pth', 'text'],
  ['truncated.pth', 'brokenZip_directory'],
  ['other_zip.pth', 'zip'],
  ['page.pth', 'html'],
] as const;

const hostile = JSON.parse(readFileSync(fixture('hostile.json'), 'utf8')) as {
  marker: string;
  globals: Record<string, string[]>;
};

/** Everything the notebook shows of the model. */
async function stateOf(notebook: Notebook): Promise<(string | null)[]> {
  const cells = (['network', 'switch', 'dropout', 'batchnorm'] as const).map((id) =>
    notebook.cell(id).textContent(),
  );
  return Promise.all(cells);
}

for (const [file, verdict] of broken) {
  test(`${file} is named`, async ({ page }) => {
    const notebook = await Notebook.open(page);
    const before = await stateOf(notebook);
    await notebook.upload(fixture(file));
    await expect(notebook.shelf).toContainText(notebook.words.verdict[verdict]);
    const result = await notebook.load(file, { how: 'state_dict' });
    await expect(result).toContainText(notebook.words.outcome.error);
    await expect.poll(() => stateOf(notebook)).toEqual(before);
  });
}

test('ten attacks run nothing, and each name they would call is told', async ({ page }) => {
  // Twenty programs are chosen, guessed and run.
  test.slow();
  const notebook = await Notebook.open(page);
  const before = await stateOf(notebook);
  const files = Object.entries(hostile.globals);
  expect(files.length).toBe(10);
  await notebook.upload(...files.map(([file]) => fixture(file)));
  for (const [file, names] of files) {
    const row = notebook.shelf.getByRole('listitem').filter({ hasText: file });
    for (const name of names) await expect(row).toContainText(name);
    for (const weightsOnly of ['default', 'False'] as const) {
      const result = await notebook.load(file, { how: 'model', weightsOnly });
      const { error, refused: stopped } = notebook.words.outcome;
      await expect(result).toContainText(weightsOnly === 'False' ? stopped : error);
      // What stops it is PyTorch's own refusal, or this page's where PyTorch would have run it.
      const refused = notebook.words.why.refused.split('</b>')[0].replace('<b>', '');
      await expect(result).toContainText(
        weightsOnly === 'False' ? refused : /Weights only load failed|Unsupported operand/,
      );
    }
  }
  expect(await stateOf(notebook)).toEqual(before);
});
