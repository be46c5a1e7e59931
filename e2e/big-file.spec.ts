/** A file larger than a page has room for: named from its ends, never read whole, and refused with nothing lost. */
import { writeSparseCheckpoint } from '../scripts/sparse-checkpoint';
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

const MEGABYTE = 2 ** 20;

test('three gigabytes are told by their keys at once', async ({ page }, testInfo) => {
  const path = testInfo.outputPath('three_gigabytes.pth');
  const notebook = await Notebook.open(page);
  writeSparseCheckpoint(path, 30, 100 * MEGABYTE);
  const before = await notebook.cell('network').textContent();
  const start = Date.now();
  await notebook.upload(path);
  await expect(notebook.shelf).toContainText('three_gigabytes.pth');
  expect(Date.now() - start).toBeLessThan(10_000);
  await expect(notebook.shelf).toContainText('3.1 GB');
  await expect(notebook.shelf).toContainText('30 keys');
  const result = await notebook.load('three_gigabytes.pth', { how: 'state_dict' });
  await expect(result).toContainText(notebook.words.outcome.refused);
  await expect(result).toContainText(notebook.words.why.refused_limit.split('</b>')[0].replace('<b>', ''));
  expect(await notebook.cell('network').textContent()).toBe(before);
});

test('a file that changed on disk after it was chosen is said to have', async ({ page }, testInfo) => {
  const path = testInfo.outputPath('changed.pth');
  const notebook = await Notebook.open(page);
  writeSparseCheckpoint(path, 2, MEGABYTE);
  await notebook.upload(path);
  await expect(notebook.shelf).toContainText('changed.pth');
  writeSparseCheckpoint(path, 3, MEGABYTE);
  const result = await notebook.load('changed.pth', { how: 'state_dict' });
  await expect(result).toContainText(
    notebook.words.why.refused_unreadable.split('</b>')[0].replace('<b>', ''),
  );
});
