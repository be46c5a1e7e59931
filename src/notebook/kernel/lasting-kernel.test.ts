import { expect, test } from 'vitest';
import { firstNotebook } from '../document';
import type { LabCell, Statement } from '../statements';
import type { KernelView } from '../views';
import { answerOf } from './answer';
import { type Connection, KernelEnded } from './connection';
import { Kernel } from './kernel';
import { LastingKernel } from './lasting-kernel';
import type { Answer, Ask } from './protocol';

/** Real kernels, each of which can be ended in the middle of what it does. */
class Mortal implements Connection {
  private readonly kernel: Kernel;
  private readonly waiting = new Set<(error: Error) => void>();
  private reason: KernelEnded | null = null;
  readonly asked: Ask[] = [];
  /** Ends the kernel when it is asked to run this. */
  fatal: Statement['type'] | null = null;

  constructor(onView: (view: KernelView) => void) {
    this.kernel = new Kernel({ opener: null, onView: (view) => this.reason ?? onView(view) });
  }

  ask(ask: Ask): Promise<Answer> {
    this.asked.push(ask);
    return new Promise((resolve, reject) => {
      if (this.reason) return reject(this.reason);
      this.waiting.add(reject);
      answerOf(this.kernel, ask, {}).then(resolve, reject);
      const runs = ask.kind === 'execute' ? ask.statements : [];
      if (runs.some(({ type }) => type === this.fatal)) this.end(new KernelEnded('out of memory'));
    });
  }

  end(reason: KernelEnded): void {
    this.reason ??= reason;
    for (const reject of this.waiting) reject(this.reason);
  }
}

function open(fatal: readonly (Statement['type'] | null)[] = []) {
  const kernels: Mortal[] = [];
  const news: unknown[] = [];
  let view: KernelView | null = null;
  const lasting = new LastingKernel(
    (onView) => {
      const kernel = new Mortal(onView);
      kernel.fatal = fatal[kernels.length] ?? null;
      kernels.push(kernel);
      return kernel;
    },
    (shown) => {
      view = shown;
    },
    (said) => news.push(said),
  );
  const run = (cell: LabCell | null, ...statements: Statement[]) =>
    lasting.ask({ kind: 'execute', statements, cell });
  const { network, seed } = firstNotebook;
  return {
    kernels,
    news,
    lasting,
    run,
    define: () => run(null, { type: 'define', network, seed }, { type: 'forward', batchSize: 8 }),
    view: () => view as unknown as KernelView,
    bytes: async (name: string) =>
      new Uint8Array(await ((await lasting.ask({ kind: 'file', name })) as Blob).arrayBuffer()),
  };
}

const fit: Statement = { type: 'fit', steps: 4, lr: 0.1 };
const save: Statement = { type: 'save', what: 'state_dict', file: 'net.pth', home: '__main__' };

async function work(notebook: ReturnType<typeof open>, between: () => void = () => undefined) {
  await notebook.define();
  await notebook.run('train', fit);
  await notebook.run('switch', { type: 'mode', mode: 'eval' }, { type: 'forward', batchSize: 8 });
  await notebook.run('save', save);
  between();
  await notebook.run('train', fit, fit);
}

test('a kernel that ended has a second which is where the first was, file for file', async () => {
  const [unbroken, broken] = [open(), open()];
  await work(unbroken);
  await work(broken, () => broken.kernels[0]!.end(new KernelEnded('gone')));
  expect(broken.kernels).toHaveLength(2);
  expect(broken.news).toEqual(['again', 'back']);
  expect(broken.view()).toEqual(unbroken.view());
  expect(await broken.bytes('net.pth')).toEqual(await unbroken.bytes('net.pth'));
});

test('what was under way is done by the second, in the order it was asked', async () => {
  const [unbroken, broken] = [open(), open(['save'])];
  for (const notebook of [unbroken, broken]) {
    await notebook.define();
    await Promise.all([notebook.run('train', fit), notebook.run('save', save), notebook.run('train', fit)]);
  }
  expect(broken.kernels).toHaveLength(2);
  expect(broken.view()).toEqual(unbroken.view());
  expect(await broken.bytes('net.pth')).toEqual(await unbroken.bytes('net.pth'));
});

test('while it is done again nothing half done is shown', async () => {
  const notebook = open();
  await work(notebook);
  const before = notebook.view();
  notebook.kernels[0]!.end(new KernelEnded('gone'));
  const seen: number[] = [];
  const looking = setInterval(() => seen.push(notebook.view().training.step), 0);
  await notebook.run('train', fit);
  clearInterval(looking);
  expect(Math.min(...seen, Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(before.training.step);
  expect(notebook.view().training.step).toBe(before.training.step + 4);
});

test('what ends two kernels is given up, and the rest goes on', async () => {
  const notebook = open(['save', 'save']);
  await notebook.define();
  await expect(notebook.run('save', save)).rejects.toThrow('out of memory');
  await notebook.run('train', fit);
  expect(notebook.kernels).toHaveLength(3);
  expect(notebook.view().training.step).toBe(4);
  expect(notebook.view().shelf).toEqual([]);
});

test('a kernel that cannot start fails with its reason, and is tried again by the next', async () => {
  const notebook = open(['define', 'define', 'define', 'define']);
  await expect(notebook.define()).rejects.toThrow('out of memory');
  expect(notebook.kernels).toHaveLength(2);
  await expect(notebook.define()).rejects.toThrow('out of memory');
  expect(notebook.news).toEqual([]);
});
