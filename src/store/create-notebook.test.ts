import { describe, expect, test } from 'vitest';
import { firstNotebook } from '../notebook/document';
import { senderLayout } from '../notebook/sender';
import { readLink, writeLink } from '../notebook/share/link';
import { createNotebook } from './create-notebook';
import type { Edge } from './edge';
import { readSettings } from './settings';

/** A browser that keeps nothing and whose time the test moves: kernels run inline where there is no Worker. */
function fakeEdge(): Edge & { saved: [string, number][]; tick(): Promise<void> } {
  const saved: [string, number][] = [];
  let waiting: (() => void)[] = [];
  return {
    saved,
    recall: () => null,
    keep: () => undefined,
    saveFile: (name, data) => saved.push([name, data instanceof Blob ? data.size : data.length]),
    pageAddress: () => 'https://example.org/book/',
    languages: () => ['zh-CN'],
    pause: () => new Promise((resolve) => waiting.push(resolve)),
    files: async () => null,
    async tick() {
      const due = waiting;
      waiting = [];
      for (const resolve of due) resolve();
      await settled();
    },
  };
}

/** Inline kernels finish within a few turns of the event loop. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

async function open(link: string | null = null) {
  const edge = fakeEdge();
  const store = createNotebook(edge, readSettings(edge, new URLSearchParams(), false));
  await store.getState().actions.start(link);
  return { edge, store, actions: store.getState().actions, state: () => store.getState() };
}

test('opens the first notebook in train mode, its forward done', async () => {
  const { state } = await open();
  expect(state().view).toMatchObject({ mode: 'train', seed: firstNotebook.seed, problem: null });
  expect(state().view?.forward).not.toBeNull();
  expect(state().pending).toBe(0);
});

test('a notebook in eval stays there through an edit', async () => {
  const { actions, state } = await open();
  actions.setMode('eval');
  actions.setSeed(4);
  await settled();
  expect(state().view).toMatchObject({ mode: 'eval', seed: 4 });
  expect(
    state()
      .view?.log.slice(-3)
      .map(({ statement }) => statement),
  ).toEqual(['define', 'mode', 'forward']);
});

test('an edit that gives no network runs nothing', async () => {
  const { actions, state } = await open();
  const before = state().view;
  actions.editNetwork({ ...firstNotebook.network, layers: firstNotebook.network.layers.slice(1) });
  await settled();
  expect(state().view?.problem).not.toBeNull();
  expect(state().view?.draws).toBe(before?.draws);
  expect(state().view?.batchNorm).toEqual(before?.batchNorm);
});

test('the files of the learner decide what a whole model names; a class of another name is a fresh model', async () => {
  const { actions, state } = await open();
  const layout = senderLayout(state().senderFiles, 'src.train', 'Net');
  const defined = () => state().view?.log.filter(({ statement }) => statement === 'define').length;
  const before = defined();
  actions.arrangeSender({ ...layout, others: [{ path: 'src/__init__.py', defines: null }] });
  actions.save('model');
  await expect.poll(() => state().view?.shelf[0]?.globals).toContain('src.train.Net');
  expect(defined()).toBe(before);

  actions.arrangeSender({ ...layout, className: 'MyNet' });
  actions.save('model');
  await expect.poll(() => state().view?.shelf[0]?.globals).toContain('src.train.MyNet');
  expect(defined()).toBe((before ?? 0) + 1);
});

describe('links', () => {
  test('carry what was chosen, without query or settings', async () => {
    const { actions } = await open();
    actions.setSeed(77);
    const link = await actions.shareLink();
    expect(link.startsWith('https://example.org/book/#/n/m1.')).toBe(true);
    expect(await readLink(link.split('#/n/')[1])).toMatchObject({ notebook: { seed: 77 } });
  });

  test('open a network PyTorch refuses with its error at the card', async () => {
    const refused = {
      ...firstNotebook,
      network: { ...firstNotebook.network, layers: [{ id: 'a', kind: 'Dropout', p: 1.5 } as const] },
    };
    const { state } = await open(await writeLink(refused));
    expect(state().linkFault).toBeNull();
    expect(state().network.layers.length).toBe(1);
    expect(state().view?.problem?.error.type).toBe('ValueError');
  });

  test('that are cut say so and leave an open notebook alone', async () => {
    const { actions, state } = await open();
    actions.setSeed(9);
    await settled();
    await actions.start('m1.AAAA');
    expect(state().linkFault).toBe('cut');
    expect(state().view?.seed).toBe(9);
    actions.dismissFault();
    expect(state().linkFault).toBeNull();
  });
});

describe('play', () => {
  test('takes the same steps however often it is paused and played within a tick', async () => {
    const { actions, state, edge } = await open();
    for (let i = 0; i < 4; i++) {
      actions.play();
      actions.pause();
    }
    actions.play();
    await settled();
    const first = state().view?.training.step ?? 0;
    for (let i = 0; i < 3; i++) await edge.tick();
    expect((state().view?.training.step ?? 0) - first).toBe(12);
    actions.pause();
    await edge.tick();
    const paused = state().view?.training.step;
    await edge.tick();
    expect(state().view?.training.step).toBe(paused);
  });
});

describe('files', () => {
  /** A folder that was dropped, as a browser gives it. */
  class Unreadable extends File {
    override slice(): Blob {
      const blob = new Blob(['x']);
      blob.arrayBuffer = () => Promise.reject(new DOMException('not a file', 'NotReadableError'));
      return blob;
    }
  }

  test('that cannot be read are named, also beside good ones', async () => {
    const { actions, state } = await open();
    await actions.upload([new Unreadable([], 'folder'), new File(['text'], 'small.pth')]);
    expect(state().uploadFault).toEqual({ file: 'folder', reason: 'unreadable' });
    expect(state().view?.shelf.map(({ name }) => name)).toEqual(['small.pth']);
  });

  test('are kept as they are beside what they become', async () => {
    const { actions, state } = await open();
    const names = () => state().view?.shelf.map(({ name, version }) => [name, version]);
    actions.save('state_dict');
    await settled();
    actions.keepCopy('tudui_parameter.pth');
    await settled();
    actions.feed();
    actions.save('state_dict');
    await settled();
    expect(names()).toEqual([
      ['tudui_parameter_1.pth', 2],
      ['tudui_parameter.pth', 3],
    ]);
    const compared = await actions.inspect('compare', {
      left: 'tudui_parameter_1.pth',
      right: 'tudui_parameter.pth',
    });
    expect(compared?.rows.map(({ state }) => state)).toEqual(Array(9).fill('same'));
    expect(state().view?.log.map(({ code }) => code)).toContain(
      'shutil.copy("tudui_parameter.pth", "tudui_parameter_1.pth")',
    );
  });

  test('are exported under their name', async () => {
    const { actions, edge } = await open();
    actions.save('state_dict');
    expect(await actions.exportFile('tudui_parameter.pth', { format: 'safetensors' })).toEqual([]);
    expect(edge.saved.map(([name]) => name)).toEqual(['tudui_parameter.safetensors']);
  });

  test('are downloaded as they stand after what was sent before', async () => {
    const { actions, edge } = await open();
    actions.save('state_dict');
    await actions.download('tudui_parameter.pth');
    expect(edge.saved).toEqual([['tudui_parameter.pth', 4545]]);
  });
});
