import { describe, expect, test } from 'vitest';
import { type Backend, ReferenceBackend } from '../../engine';
import { firstNotebook } from '../document';
import type { NetworkSpec } from '../network';
import type { Statement } from '../statements';
import type { ArrayView, KernelView } from '../views';
import type { LevelOpener } from './engines';
import { Kernel } from './kernel';
import session from './testdata/session.json';

/** float32 rounding in another order; the goldens hold the exact tolerances. */
const digits = 4;
const { network, seed } = firstNotebook;

function open(opener: LevelOpener | null = null): {
  run(...statements: Statement[]): Promise<KernelView>;
  shown(): KernelView | null;
} {
  let latest: KernelView | null = null;
  const kernel = new Kernel({
    opener,
    onView: (view) => {
      latest = view;
    },
  });
  return {
    async run(...statements) {
      await kernel.execute(statements);
      return latest as unknown as KernelView;
    },
    shown: () => latest,
  };
}

function expectClose(got: Float32Array | readonly number[], want: readonly number[]): void {
  expect(got.length).toBe(want.length);
  for (const [i, value] of want.entries()) expect(got[i]).toBeCloseTo(value, digits);
}

const rows = (array: ArrayView): number[] => [...array.values];

test("a learner's session is the one PyTorch runs, statement by statement", async () => {
  const kernel = open();
  for (const [i, step] of session.steps.entries()) {
    const raw = step.statement;
    const statement = (raw.type === 'define' ? { type: 'define', network, seed } : raw) as Statement;
    const view = await kernel.run(statement);
    const [bn] = view.batchNorm;
    expectClose(bn.running.mean, step.running_mean);
    expectClose(bn.running.variance, step.running_var);
    expect(bn.tracked).toBe(step.tracked);
    if ('activations' in step && step.activations) {
      for (const layer of view.network.layers) {
        const want = step.activations[layer.attribute as keyof typeof step.activations];
        expectClose(rows(view.forward!.activations[layer.id]), want.flat());
      }
      expectClose(rows(view.forward!.probabilities), step.probabilities!.flat());
    }
    if (statement.type === 'forward') expect(view.forwardError?.error ?? null).toEqual(step.error ?? null);
    if (step.losses) {
      expectClose(
        view.training.loss.slice(-step.losses.length).map((p) => p.loss),
        step.losses,
      );
      expect(view.training.accuracy.at(-1)).toMatchObject(step.accuracy!);
      expect(view.training.accuracy.at(-2)).toMatchObject(step.before!);
    }
    expect(view.log.at(-1)?.count, `statement ${i}`).toBeGreaterThan(0);
  }
  expect(kernel.shown()?.network.printed).toBe(session.printed);
});

describe('an edit that gives no valid network', () => {
  const broken: NetworkSpec = {
    ...network,
    layers: network.layers.map((card) =>
      card.kind === 'BatchNorm1d' ? { ...card, num_features: 12 } : card,
    ),
  };

  test('stands at its layer, in the words of torch, and leaves the rest as it was', async () => {
    const kernel = open();
    await kernel.run({ type: 'define', network, seed });
    const before = await kernel.run({ type: 'forward', batchSize: 8 });
    const after = await kernel.run({ type: 'define', network: broken, seed: 99 });
    expect(after.problem).toMatchObject({
      layerId: 'b',
      error: { type: 'RuntimeError', message: 'running_mean should contain 16 elements not 12' },
      shapes: { a: [8, 16] },
    });
    expect(after.network).toEqual(before.network);
    expect(after.forward).toEqual(before.forward);
    expect(after.seed).toBe(seed);
    expect(after.draws).toBe(before.draws);
  });

  test('is gone with the next valid one', async () => {
    const kernel = open();
    await kernel.run({ type: 'define', network, seed });
    await kernel.run({ type: 'define', network: broken, seed });
    expect((await kernel.run({ type: 'define', network, seed })).problem).toBeNull();
  });
});

test('the same seed gives the same weights and masks; another seed gives others', async () => {
  const forwardOf = async (chosen: number): Promise<number[]> => {
    const kernel = open();
    await kernel.run({ type: 'define', network, seed: chosen });
    const { forward } = await kernel.run({ type: 'forward', batchSize: 8 });
    return [...forward!.dropout[0].mask!.kept, ...forward!.activations.e.values];
  };
  expect(await forwardOf(3)).toEqual(await forwardOf(3));
  expect(await forwardOf(3)).not.toEqual(await forwardOf(4));
});

test('eval draws nothing and repeats itself; Dropout shows no mask', async () => {
  const kernel = open();
  await kernel.run({ type: 'define', network, seed });
  await kernel.run({ type: 'mode', mode: 'eval' });
  const first = await kernel.run({ type: 'forward', batchSize: 8 });
  const second = await kernel.run({ type: 'forward', batchSize: 8 });
  expect(second.forward!.activations).toEqual(first.forward!.activations);
  expect(second.draws).toBe(first.draws);
  expect(first.forward!.dropout[0]).toMatchObject({ mask: null, factor: 1 });
});

test('a loss that refuses the output stops training with its own error', async () => {
  const kernel = open();
  const narrow: NetworkSpec = {
    className: 'Net',
    layers: [{ id: 'a', kind: 'Linear', in_features: 2, out_features: 1, bias: true }],
  };
  await kernel.run({ type: 'define', network: narrow, seed });
  const view = await kernel.run({ type: 'fit', steps: 5, lr: 0.1 });
  expect(view.training.error).toEqual({ type: 'IndexError', message: 'Target 1 is out of bounds.' });
  expect(view.training.step).toBe(0);
});

describe('a level that breaks in mid-run', () => {
  /** Computes like level 1 until it is told to break. */
  function fragile(): { opener: LevelOpener; break(): void } {
    const inner = new ReferenceBackend();
    let broken = false;
    const alive = <T>(result: Promise<T>): Promise<T> =>
      broken ? Promise.reject(Object.assign(new Error(), { code: 'device-lost' })) : result;
    const backend: Backend = {
      level: 'wasm',
      run: (...call) => alive(inner.run(...call)),
      train: (...call) => alive(inner.train(...call)),
      dispose: async () => undefined,
    };
    return {
      opener: { support: async () => ({ possible: true, reason: null }), open: async () => backend },
      break: () => {
        broken = true;
      },
    };
  }

  test.each([
    { type: 'forward', batchSize: 8 },
    { type: 'feed', batchSize: 8 },
    { type: 'fit', steps: 9, lr: 0.1 },
  ] satisfies Statement[])(
    'gives way to level 1, and $type is as if nothing had happened',
    async (statement) => {
      const level = fragile();
      const [whole, shaken] = [open(null), open(level.opener)];
      for (const kernel of [whole, shaken]) {
        await kernel.run({ type: 'define', network, seed });
        await kernel.run({ type: 'engine', level: 'wasm' });
        await kernel.run({ type: 'fit', steps: 3, lr: 0.1 });
      }
      level.break();
      const want = await whole.run(statement);
      const got = await shaken.run(statement);
      expect(got.engine.level).toBe('reference');
      expect(got.engine.levels.wasm).toMatchObject({ state: 'failed', reason: 'device-lost' });
      expect(got.draws).toBe(want.draws);
      expect(got.batchNorm).toEqual(want.batchNorm);
      expect(got.training.loss).toEqual(want.training.loss);
      expect(got.training.accuracy).toEqual(want.training.accuracy);
      expect(got.forward!.activations).toEqual(want.forward!.activations);
    },
  );
});

describe('WebGPU that is lost in mid-run', () => {
  test.each(['wasm', 'reference'] as const)('gives way to %s', async (next) => {
    let lost = false;
    const inner = new ReferenceBackend();
    const trained: string[] = [];
    const opened = (level: 'wasm' | 'webgpu'): Backend => ({
      level,
      run: (...call) => inner.run(...call),
      async train(...call) {
        trained.push(level);
        if (lost && level === 'webgpu') throw Object.assign(new Error(), { code: 'device-lost' });
        return inner.train(...call);
      },
      dispose: async () => undefined,
    });
    const kernel = open({
      support: async () => ({ possible: true, reason: null }),
      open: async (level) => opened(level),
    });
    await kernel.run({ type: 'define', network, seed });
    if (next === 'wasm') await kernel.run({ type: 'engine', level: 'wasm' });
    await kernel.run({ type: 'engine', level: 'webgpu' });
    expect((await kernel.run({ type: 'fit', steps: 3, lr: 0.1 })).training.engine).toBe('webgpu');
    expect(new Set(trained)).toEqual(new Set(['webgpu']));
    lost = true;
    const view = await kernel.run({ type: 'fit', steps: 3, lr: 0.1 });
    expect(view.engine).toMatchObject({ level: next, levels: { webgpu: { state: 'failed' } } });
    expect(view.training).toMatchObject({ step: 6, engine: next });
  });
});

describe('a level that is slow to load', () => {
  function slow(): { opener: LevelOpener; arrive(): void } {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const inner = new ReferenceBackend();
    const backend: Backend = {
      level: 'wasm',
      run: (...call) => inner.run(...call),
      train: (...call) => inner.train(...call),
      dispose: async () => undefined,
    };
    const open = async (): Promise<Backend> => {
      await arrived;
      return backend;
    };
    return { opener: { support: async () => ({ possible: true, reason: null }), open }, arrive };
  }

  test('keeps nobody waiting, and is used when it has arrived', async () => {
    const level = slow();
    const kernel = open(level.opener);
    await kernel.run({ type: 'define', network, seed });
    const switched = kernel.run({ type: 'engine', level: 'wasm' });
    const meanwhile = await kernel.run({ type: 'forward', batchSize: 8 });
    expect(meanwhile.engine).toMatchObject({ level: 'reference', levels: { wasm: { state: 'loading' } } });
    level.arrive();
    expect((await switched).engine).toMatchObject({ level: 'wasm', levels: { wasm: { state: 'ready' } } });
  });

  test('draws the forward that is shown again: the same mask, the same numbers', async () => {
    const level = slow();
    level.arrive();
    const kernel = open(level.opener);
    await kernel.run({ type: 'define', network, seed });
    const before = await kernel.run({ type: 'forward', batchSize: 8 });
    const after = await kernel.run({ type: 'engine', level: 'wasm' });
    expect(after.forward?.engine).toBe('wasm');
    expect(after.forward?.dropout).toEqual(before.forward?.dropout);
    expect(after.forward?.activations).toEqual(before.forward?.activations);
    expect(after.draws).toBe(before.draws);
  });

  test('does not come back over a later choice', async () => {
    const level = slow();
    const kernel = open(level.opener);
    await kernel.run({ type: 'define', network, seed });
    const switched = kernel.run({ type: 'engine', level: 'wasm' });
    await kernel.run({ type: 'engine', level: 'reference' });
    level.arrive();
    await switched;
    expect(kernel.shown()?.engine).toMatchObject({
      level: 'reference',
      levels: { wasm: { state: 'ready' } },
    });
  });
});

test('statements sent together are shown once', async () => {
  const views: KernelView[] = [];
  const kernel = new Kernel({ opener: null, onView: (view) => views.push(view) });
  await kernel.execute([{ type: 'define', network, seed }]);
  views.length = 0;
  await kernel.execute([
    { type: 'mode', mode: 'eval' },
    { type: 'forward', batchSize: 8 },
  ]);
  expect(views.map(({ mode, forward }) => [mode, forward?.mode])).toEqual([['eval', 'eval']]);
});

test('another learning rate is another loop, with the optimizer of before', async () => {
  const kernel = open();
  await kernel.run({ type: 'define', network, seed });
  await kernel.run({ type: 'fit', steps: 2, lr: 0.1 });
  const { log } = await kernel.run({ type: 'fit', steps: 3, lr: 0.01 });
  expect(log[1].code).toContain('torch.optim.SGD(tudui.parameters(), lr=0.1, momentum=0.9)');
  expect(log[2].code).not.toContain('torch.optim.SGD');
  expect(log[2].code).toContain("group['lr'] = 0.01");
});

test('what follows a statement that raised is not run', async () => {
  const kernel = open();
  await kernel.run({ type: 'define', network, seed });
  const before = await kernel.run({ type: 'forward', batchSize: 8 });
  const invalid: NetworkSpec = { ...network, layers: network.layers.slice(1) };
  const after = await kernel.run(
    { type: 'define', network: invalid, seed },
    { type: 'forward', batchSize: 8 },
  );
  expect(after.problem?.error.message).toBe('running_mean should contain 2 elements not 16');
  expect(after.draws).toBe(before.draws);
  expect(after.batchNorm).toEqual(before.batchNorm);
  expect(after.log).toEqual(before.log);
});

test('a notebook that opens with a network PyTorch refuses stands on the first one', async () => {
  const kernel = open();
  const refused: NetworkSpec = { ...network, layers: [{ id: 'x', kind: 'Dropout', p: 1.5 }] };
  const view = await kernel.run(
    { type: 'define', network: refused, seed },
    { type: 'forward', batchSize: 8 },
  );
  expect(view.problem?.error.message).toBe('dropout probability has to be between 0 and 1, but got 1.5');
  expect(view.network.layers.length).toBe(network.layers.length);
});

test('training steps that follow each other are one entry of the log', async () => {
  const kernel = open();
  await kernel.run({ type: 'define', network, seed });
  await kernel.run({ type: 'fit', steps: 2, lr: 0.1 });
  const { log } = await kernel.run({ type: 'fit', steps: 3, lr: 0.1 });
  expect(log.map(({ statement }) => statement)).toEqual(['define', 'fit']);
  expect(log[1].code).toContain('zip(range(5), stream)');
});
