/** The log is a program: real PyTorch runs it top to bottom and ends with the weights of the page. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Notebook } from '../support/notebook';
import { expect, test } from '../support/test';

const compare = `
import contextlib, json, os
folder = sys.argv[1]
page = torch.load(os.path.join(folder, 'page.pth'))
os.chdir(folder)
scope = {'__name__': '__main__'}
with contextlib.redirect_stdout(sys.stderr):
    exec(compile(open('log.py').read(), 'log.py', 'exec'), scope)
model = scope['model']
own = torch.load('tudui_parameter.pth')
print(json.dumps({
    'keys': list(own) == list(page),
    'worst': max(float((own[k].double() - page[k].double()).abs().max()) for k in own),
    'frozen': [name for name, parameter in model.named_parameters() if not parameter.requires_grad],
    'moved': float((model.state_dict()['bn1.running_mean'] - own['bn1.running_mean']).abs().max()),
    'part': os.path.getsize('pasted_parameter.pth') - os.path.getsize('pasted_part.pth'),
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

  const transfer = notebook.cell('transfer');
  await transfer.getByRole('button', { name: words.transfer.run }).click();
  const mean = transfer.getByRole('row', { name: /^bn1\.running_mean/ });
  const moved = Number(await mean.getByRole('cell').first().textContent());
  const load = notebook.cell('load');
  await load.getByText(words.paste.title, { exact: true }).click();
  const field = load.getByRole('textbox', { name: words.paste.label });
  for (const error of ['failed finding central directory', 'Invalid magic number; corrupt file?']) {
    await field.fill(`RuntimeError: ${error}`);
    await field.press('Control+Enter');
    await expect(load).toContainText(words.paste.same);
    await expect(load.getByRole('region', { name: words.paste.here })).toContainText(error);
  }

  const log = notebook.cell('log');
  await log.locator('summary').click();
  await log.locator('li pre').first().waitFor();
  // What a statement raised stands below its code.
  const codes = await log
    .locator('li pre')
    .evaluateAll((entries) =>
      entries.map((entry) =>
        [...entry.childNodes].flatMap((part) => (part.nodeName === 'B' ? [] : [part.textContent])).join(''),
      ),
    );
  const program = codes.join('\n\n');
  const folder = mkdtempSync(join(tmpdir(), 'matchbook-'));
  writeFileSync(join(folder, 'page.pth'), bytes);
  writeFileSync(join(folder, 'log.py'), program);
  const result = pytorch.json(compare, folder) as {
    keys: boolean;
    worst: number;
    tracked: [number, number];
    frozen: string[];
    moved: number;
    part: number;
  };
  expect(result.frozen).toEqual(['fc1.weight', 'fc1.bias', 'bn1.weight', 'bn1.bias']);
  // As many decimals as the page shows.
  expect(result.moved).toBeCloseTo(moved, 3);
  expect(result.part).toBe(100);
  expect(result.keys).toBe(true);
  expect(result.tracked[0]).toBe(result.tracked[1]);
  // float32 summed in another order, over eleven steps with momentum; a wrong mask or order would be far off.
  expect(result.worst).toBeLessThan(2e-5);
});
