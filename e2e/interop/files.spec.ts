/** Files cross between the page and real PyTorch, both ways. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Saved } from '../../src/notebook/statements';
import { fixture, Notebook } from '../support/notebook';
import { expect, test } from '../support/test';

const checker = readFileSync(join(process.cwd(), 'e2e', 'interop', 'check_files.py'), 'utf8');

interface Entry {
  readonly file: string;
  readonly kind: Saved;
  readonly source: string;
  readonly module: string;
  readonly printed: string;
  readonly seed: number;
  readonly training: boolean;
  readonly untrained: boolean;
  /** Of a checkpoint. */
  readonly optimizer?: object;
  /** File of the weights an ONNX file must have. */
  readonly weights?: string;
}

/** What the page shows of the network, as the page shows it. */
async function shown(notebook: Notebook): Promise<{ source: string; printed: string }> {
  const blocks = await notebook.cell('network').locator('pre').allTextContents();
  const source = blocks.find((text) => text.includes('class Net'));
  const printed = blocks.find((text) => text.startsWith('Net('));
  return { source: source ?? '', printed: printed?.trimEnd() ?? '' };
}

for (const { name, prepare, training, untrained, home } of [
  { name: 'fresh, in train mode', prepare: null, training: true, untrained: true, home: '__main__' as const },
  {
    name: 'in eval mode, from train.py',
    prepare: 'eval' as const,
    training: false,
    untrained: true,
    home: 'train.py' as const,
  },
  {
    name: 'after training',
    prepare: 'fit' as const,
    training: true,
    untrained: false,
    home: 'train.py' as const,
  },
]) {
  test(`PyTorch opens what the page saved ${name}, byte for byte its own`, async ({ page, pytorch }) => {
    const notebook = await Notebook.open(page);
    if (prepare === 'eval') await notebook.setMode('eval');
    if (prepare === 'fit') {
      const cell = notebook.cell('train');
      await cell.getByRole('button', { name: notebook.words.train.step }).click();
      await expect(cell).toContainText('1 steps: loss from');
    }
    const folder = mkdtempSync(join(tmpdir(), 'matchbook-'));
    const { source, printed } = await shown(notebook);
    const entries: Entry[] = [];
    for (const [file, kind] of [
      ['tudui_parameter.pth', 'state_dict'],
      ['tudui_whole_model.pth', 'model'],
    ] as const) {
      await notebook.save(file, kind === 'model' ? home : undefined);
      const { download, bytes } = await notebook.download(file);
      expect(download.suggestedFilename()).toBe(file);
      writeFileSync(join(folder, file), bytes);
      const module = home === 'train.py' ? 'train' : '__main__';
      entries.push({ file, kind, source, module, printed, seed: 3, training, untrained });
    }
    writeFileSync(join(folder, 'expect.json'), JSON.stringify(entries));
    expect(pytorch.json(`sys.argv[1:] = [sys.argv[1]]\n${checker}`, folder)).toEqual({
      checked: 2,
      failures: [],
    });
  });
}

test('PyTorch goes on from a checkpoint, reads the old format and what wrappers left, and onnx takes the graph', async ({
  page,
  pytorch,
}) => {
  const notebook = await Notebook.open(page);
  const train = notebook.cell('train');
  const save = notebook.cell('save');
  const button = (file: string) =>
    save.getByRole('button', { name: notebook.words.save.saveName.replace('{{name}}', file) });
  await expect(button('tudui_checkpoint.pth')).toBeDisabled();
  await train.getByRole('button', { name: notebook.words.train.step }).click();
  await expect(train).toContainText('1 steps: loss from');
  await save.getByText(notebook.words.save.more).click();
  const folder = mkdtempSync(join(tmpdir(), 'matchbook-'));
  const about = {
    ...(await shown(notebook)),
    module: '__main__',
    seed: 3,
    training: true,
    untrained: false,
    optimizer: { lr: 0.1, momentum: 0.9 },
    weights: 'tudui_parameter.pth',
  };
  const kinds = {
    'tudui_parameter.pth': 'state_dict',
    'tudui_checkpoint.pth': 'checkpoint',
    'tudui_legacy.pth': 'legacy',
    'tudui_dp.pth': 'parallel',
    'tudui_compiled.pth': 'compiled',
    'tudui_cuda.pth': 'cuda',
    'tudui.onnx': 'onnx',
  } as const;
  for (const file of Object.keys(kinds)) {
    await button(file).click();
    writeFileSync(join(folder, file), (await notebook.download(file)).bytes);
  }
  const entries: Entry[] = Object.entries(kinds).map(([file, kind]) => ({ ...about, file, kind }));
  writeFileSync(join(folder, 'expect.json'), JSON.stringify(entries));
  expect(pytorch.json(`sys.argv[1:] = [sys.argv[1]]\n${checker}`, folder)).toEqual({
    checked: 7,
    failures: [],
  });
});

test("a friend's files from PyTorch are shown and loaded", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.upload(
    fixture('friend_parameter.pth'),
    fixture('friend_whole_model.pth'),
    fixture('friend_wider.pth'),
  );
  await expect(notebook.shelf).toContainText('fc1.weight');
  const parameters = await notebook.load('friend_parameter.pth');
  await expect(parameters).toContainText('<All keys matched successfully>');
  const whole = await notebook.load('friend_whole_model.pth', {
    how: 'model',
    classHome: 'train',
    weightsOnly: 'False',
  });
  await expect(whole).toContainText('(drop1): Dropout(p=0.5, inplace=False)');
  const wider = await notebook.load('friend_wider.pth', {
    how: 'state_dict',
    classHome: 'main',
    layers: 'same',
  });
  await expect(wider).toContainText(
    'size mismatch for fc1.weight: copying a param with shape torch.Size([32, 2])',
  );
  const fits = await notebook.load('friend_wider.pth', { layers: 'wider' });
  await expect(fits).toContainText('<All keys matched successfully>');
});

test('a file PyTorch writes now is read as the one it wrote before', async ({ page, pytorch }) => {
  const notebook = await Notebook.open(page);
  const folder = mkdtempSync(join(tmpdir(), 'matchbook-'));
  const path = join(folder, 'live.pth');
  const first = pytorch.run(
    `torch.manual_seed(5)
net = torch.nn.Sequential(); net.fc1 = torch.nn.Linear(2, 16); net.bn1 = torch.nn.BatchNorm1d(16); net.fc2 = torch.nn.Linear(16, 2)
torch.save(net.state_dict(), sys.argv[1]); print(list(net.state_dict()))`,
    path,
  );
  await notebook.upload(path);
  const loaded = await notebook.load('live.pth');
  await expect(loaded).toContainText('<All keys matched successfully>');
  for (const key of first.match(/[\w.]+\.\w+/g) ?? []) await expect(notebook.shelf).toContainText(key);
  spawnSync('rm', ['-r', folder]);
});
