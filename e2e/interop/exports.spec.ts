/** What the inspector saves as .safetensors, .npz and .csv, opened by the real packages. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpoint, Inspector } from '../support/inspector';
import { fixture } from '../support/notebook';
import { expect, test } from '../support/test';

const checker = readFileSync(join(process.cwd(), 'e2e', 'interop', 'check_exports.py'), 'utf8');

for (const { file, tensors, held, texts, notes } of [
  {
    file: checkpoint('exports/tensors.pth'),
    tensors: 28,
    // safetensors has no complex128.
    held: 27,
    texts: ['fc1.weight', 'cube', 'odd', 'bfloat16', 'uint64', 'pair'],
    notes: true,
  },
  {
    file: fixture('friend_parameter.pth'),
    tensors: 9,
    held: 9,
    texts: ['fc1.weight', 'bn1.num_batches_tracked'],
    notes: false,
  },
]) {
  test(`the packages open what was made of ${file.split('/').at(-1)}`, async ({ page, pytorch }) => {
    const inspector = await Inspector.open(page);
    const { verdict } = inspector;
    await inspector.show(file);
    const folder = mkdtempSync(join(tmpdir(), 'matchbook-'));
    const keep = async (button: ReturnType<typeof verdict.locator>): Promise<string> => {
      const { name, bytes } = await inspector.download(button);
      writeFileSync(join(folder, name), bytes);
      return name;
    };
    for (const format of ['.safetensors', '.npz']) {
      await keep(verdict.getByRole('button', { name: format }));
      await expect(verdict.getByText(/Left out|NumPy has no such dtype/)).toHaveCount(notes ? 1 : 0);
    }
    const keys: Record<string, string> = {};
    for (const key of texts) {
      await inspector.key(key).first().click();
      const detail = page.getByRole('region', { name: key, exact: true });
      keys[await keep(detail.getByRole('button', { name: '.csv' }))] = key;
      await inspector.key(key).first().click();
    }
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
    expect(pytorch.json(checker, folder, file)).toEqual({
      compared: { safetensors: held, npz: tensors, csv: texts.length },
      failures: [],
    });
    rmSync(folder, { recursive: true });
  });
}

test('the numbers of a tensor are those PyTorch computes', async ({ page, pytorch }) => {
  const inspector = await Inspector.open(page);
  await inspector.show(fixture('friend_parameter.pth'));
  const wanted = pytorch.json(
    `import json
t = torch.load(sys.argv[1])['fc1.weight'].double()
print(json.dumps([f'{x:.4f}'.replace('-', chr(0x2212)) for x in (t.mean(), t.std(), t.min(), t.max())]))`,
    fixture('friend_parameter.pth'),
  ) as string[];
  const [mean, std, min, max] = wanted;
  await expect(inspector.key('fc1.weight')).toContainText(`${mean}${std}${min} … ${max}`);
});
