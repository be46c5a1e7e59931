/** A file of a gigabyte: reading its values tells how far it is, and stops when one has seen enough. */
import { ftruncateSync, openSync, writeSync } from 'node:fs';
import { Inspector } from './support/inspector';
import { expect, test } from './support/test';

const ELEMENTS = 1 << 28;

/** One float32 tensor of zeros; the disk keeps none of them. */
function writeLarge(path: string): void {
  const size = ELEMENTS * 4;
  const header = JSON.stringify({ zeros: { dtype: 'F32', shape: [ELEMENTS], data_offsets: [0, size] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, 'w');
  writeSync(file, length);
  writeSync(file, header);
  ftruncateSync(file, 8 + header.length + size);
}

test('long readings show how far they are, and can be stopped', async ({ page }, testInfo) => {
  const path = testInfo.outputPath('large.safetensors');
  writeLarge(path);
  const inspector = await Inspector.open(page);
  await inspector.show(path);
  const bar = page.getByRole('progressbar', { name: inspector.words.reading });
  const stop = page.getByRole('button', { name: inspector.words.stop, exact: true });

  // The values of what is on the screen.
  await expect(bar).toHaveAttribute('max', String(ELEMENTS * 4));
  await stop.click();
  await expect(bar).toHaveCount(0);

  const exports = page.getByRole('button', { name: '.npz' });
  await exports.click();
  await expect(exports).toBeDisabled();
  await expect(bar).toBeVisible();
  await stop.click();
  await expect(exports).toBeEnabled();
  await expect(bar).toHaveCount(0);
});
