/** The log is a program: real PyTorch runs it top to bottom and ends with the weights of the page. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Notebook } from '../support/notebook';
import { expect, test } from '../support/test';

const compare = `
import json, os
folder = sys.argv[1]
page = torch.load(os.path.join(folder, 'page.pth'))
os.chdir(folder)
exec(compile(open('log.py').read(), 'log.py', 'exec'), {'__name__': '__main__'})
own = torch.load('tudui_parameter.pth')
print(json.dumps({
    'keys': list(own) == list(page),
    'worst': max(float((own[k].double() - page[k].double()).abs().max()) for k in own),
    'tracked': [int(own['bn1.num_batches_tracked']), int(page['bn1.num_batches_tracked'])],
}))`;

test('PyTorch runs what ran here', async ({ page, pytorch }) => {
  const notebook = await Notebook.open(page);
  const { words } = notebook;
  const train = notebook.cell('train');
  await notebook.setMode('eval');
  await notebook.setMode('train');
  for (let i = 0; i < 2; i++) {
    await notebook.cell('batchnorm').getByRole('button', { name: words.batchnorm.feed }).click();
  }
  for (let i = 1; i <= 10; i++) {
    await train.getByRole('button', { name: words.train.step, exact: true }).click();
    await expect(train).toContainText(`${i} steps: loss from`);
  }
  await train.getByText('0.03', { exact: true }).click();
  await train.getByRole('button', { name: words.train.step, exact: true }).click();
  await expect(train).toContainText('11 steps: loss from');
  await notebook.save('tudui_parameter.pth');
  const { bytes } = await notebook.download('tudui_parameter.pth');

  const log = notebook.cell('log');
  await log.locator('summary').click();
  await log.locator('li pre').first().waitFor();
  const program = (await log.locator('li pre').allTextContents()).join('\n\n');
  const folder = mkdtempSync(join(tmpdir(), 'matchbook-'));
  writeFileSync(join(folder, 'page.pth'), bytes);
  writeFileSync(join(folder, 'log.py'), program);
  const result = pytorch.json(compare, folder) as { keys: boolean; worst: number; tracked: [number, number] };
  expect(result.keys).toBe(true);
  expect(result.tracked[0]).toBe(result.tracked[1]);
  // float32 summed in another order, over eleven steps with momentum; a wrong mask or order would be far off.
  expect(result.worst).toBeLessThan(2e-5);
});
