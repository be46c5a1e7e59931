import { expect, test } from 'vitest';
import { firstNotebook } from '../document';
import { Kernel } from '../kernel/kernel';
import type { NetworkSpec } from '../network';
import type { KernelView } from '../views';
import { differences, recognise, recogniseLoad, reproduction } from '.';
import { cases } from './testdata/pasted.json';

/** What no program of the load lab does: a sentence has to be enough. */
const told = new Set([
  'weights_only_blocked',
  'prefix_other',
  'not_tensors',
  'optimizer_groups',
  'optimizer_other',
  'unknown_tag',
  'no_file',
  'torchscript',
]);

async function open(network: NetworkSpec, steps: number) {
  let view: KernelView | null = null;
  const kernel = new Kernel({
    opener: null,
    onView: (next) => {
      view = next;
    },
  });
  await kernel.execute([{ type: 'define', network, seed: 3 }]);
  if (steps > 0) await kernel.execute([{ type: 'fit', steps, lr: 0.1 }]);
  await kernel.execute([{ type: 'save', what: 'state_dict', file: 'tudui_parameter.pth', home: '__main__' }]);
  return { kernel, view: () => view as unknown as KernelView };
}

const networks: Record<string, NetworkSpec> = {
  'the first notebook': firstNotebook.network,
  'a network without BatchNorm': {
    className: 'Net',
    layers: [
      { id: 'a', kind: 'Linear', in_features: 2, out_features: 5, bias: true },
      { id: 'b', kind: 'ReLU' },
      { id: 'c', kind: 'Linear', in_features: 5, out_features: 4, bias: true },
      { id: 'd', kind: 'ReLU' },
      { id: 'e', kind: 'Linear', in_features: 4, out_features: 2, bias: true },
    ],
  },
};

test.each(Object.entries(networks))(
  'on %s a mistake is made again, with its error',
  { timeout: 60_000 },
  async (_, network) => {
    const { kernel, view } = await open(network, 2);
    const own = view().shelf.find(({ name }) => name === 'tudui_parameter.pth');
    let made = 0;
    for (const { family, text } of cases) {
      const found = recognise(text);
      if (!found) continue;
      const then = reproduction(found, { className: 'Net', steps: 2, taken: new Set() });
      // A file that asks for what is no class of anybody's project is not made here.
      const foreign = family === 'weights_only' && /GLOBAL (numpy|argparse)/.test(text);
      if (told.has(family ?? '') || foreign) {
        expect([family, then]).toEqual([family, 'not_here']);
        continue;
      }
      if (typeof then === 'string') throw new Error(`${family}: ${then}`);
      await kernel.execute([...then.statements, { type: 'load', program: then.program }]);
      const { load, shelf } = view();
      expect([text, load?.program.file]).toEqual([text, then.program.file]);
      const here = load && recogniseLoad(load);
      const near = family === 'broken_zip' ? 'truncated_zip' : family;
      expect([text, here?.family]).toEqual([text, near]);
      expect([text, here?.type]).toEqual([text, found.type]);
      expect(shelf.find(({ name }) => name === own?.name)).toEqual(own);
      made++;
    }
    expect(made).toBeGreaterThan(35);
  },
);

test('a checkpoint needs a step first, and says so', () => {
  const found = recognise("AttributeError: 'dict' object has no attribute 'eval'");
  expect(found && reproduction(found, { className: 'Net', steps: 0, taken: new Set() })).toBe('needs_step');
});

test('a name the learner uploaded under is left alone', () => {
  const found = recognise("AttributeError: 'OrderedDict' object has no attribute 'eval'");
  const taken = new Set(['pasted_parameter.pth']);
  const then = found && reproduction(found, { className: 'Net', steps: 0, taken });
  expect(then).toMatchObject({ program: { file: 'pasted_parameter_1.pth' } });
});

test('what the file asks for is asked for here by the same name', async () => {
  const { kernel, view } = await open(firstNotebook.network, 0);
  for (const module of ['models.yolo', 'src.train', 'a.b.c', 'net']) {
    const text = `ModuleNotFoundError: No module named '${module}'`;
    const found = recognise(text);
    const then = found && reproduction(found, { className: 'Net', steps: 0, taken: new Set() });
    if (!then || typeof then === 'string') throw new Error(module);
    await kernel.execute([...then.statements, { type: 'load', program: then.program }]);
    const { type, message } = view().load?.error ?? { type: '', message: '' };
    expect(`${type}: ${message}`).toBe(text);
  }
});

test('what differs is told by name, and what was cut off does not differ', () => {
  const yours = recognise(
    'RuntimeError: Error(s) in loading state_dict for ResNet:\n\tMissing key(s) in state_dict: "fc.weight", "fc.bias". \n\tUnexpected key(s) in state_dict: "module.fc.weight", "modu',
  );
  const here = recognise(
    'RuntimeError: Error(s) in loading state_dict for Net:\n\tMissing key(s) in state_dict: "0.weight", "0.bias", "2.bias". \n\tUnexpected key(s) in state_dict: "module.fc.weight", "module.0.bias". ',
  );
  if (!yours || !here) throw new Error('not told');
  expect(differences(yours, here)).toEqual([
    { id: 'model', yours: 'ResNet', here: 'Net' },
    { id: 'missing', yours: 'fc.weight, fc.bias', here: '0.weight, 0.bias, … (3)' },
  ]);
  expect(differences(here, here)).toEqual([]);
});
