/** A checkpoint of real PyTorch that is larger than what a page likes to copy: told, loaded, and handed back as it was. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Notebook } from '../support/notebook';
import { expect, test } from '../support/test';

/** A hundred and fifty megabytes: the page's own network, and a layer that is too much. */
const program = `
import torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential()
for name, layer in [('fc1', nn.Linear(2, 16)), ('bn1', nn.BatchNorm1d(16)), ('relu1', nn.ReLU()), ('drop1', nn.Dropout(0.5)),
                    ('fc2', nn.Linear(16, 2))]:
    net.add_module(name, layer)
state = net.state_dict()
state['extra.weight'] = torch.randn(37, 1_000_000)
torch.save(state, sys.argv[1])
`;

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}

test('a large state_dict is loaded for real, and comes back byte for byte', async ({
  page,
  pytorch,
}, testInfo) => {
  const path = testInfo.outputPath('large.pth');
  pytorch.run(program, path);
  const notebook = await Notebook.open(page);
  await notebook.upload(path);
  await expect(notebook.shelf).toContainText('10 keys');
  const result = await notebook.load('large.pth', { how: 'state_dict' });
  // PyTorch's own words for the layer the network has not.
  await expect(result).toContainText('Unexpected key(s) in state_dict: "extra.weight".');
  const { download } = await notebook.download('large.pth');
  expect(await sha256(await download.path())).toBe(await sha256(path));
});
