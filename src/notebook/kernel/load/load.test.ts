import { describe, expect, test } from 'vitest';
import { PythonError } from '../../../torch/errors';
import { UserModule } from '../../../torch/program/user-module';
import { Generator } from '../../../torch/random/generator';
import { moduleRepr } from '../../../torch/repr/module';
import { save } from '../../../torch/serialization/save';
import { classOfNetwork, widened } from '../../class-of-network';
import { firstNotebook } from '../../document';
import type { LoadProgram } from '../../load-program';
import type { KernelView } from '../../views';
import { Kernel } from '../kernel';
import { execute } from './execute';
import { friendScript } from './friend';
import fixture from './testdata/loads.json';
import { traceback } from './traceback';

const { network, seed } = firstNotebook;
const spec = classOfNetwork(network);

function files(): Map<string, Uint8Array> {
  const model = UserModule.create(spec, new Generator(seed));
  return new Map([
    ['tudui_parameter.pth', save(model.stateDict(), 'tudui_parameter.pth')],
    ['tudui_whole_model.pth', save(model.livingIn('train'), 'tudui_whole_model.pth')],
    ['from_main.pth', save(model.livingIn('__main__'), 'from_main.pth')],
  ]);
}

interface Ending {
  printed?: string;
  error?: string;
  line?: number;
  /** The frame of load.py, as Python prints it. */
  frame?: string;
}

/** What Python says at the end: the printed result, or the last line of the traceback and the statement that raised. */
function ending(program: LoadProgram, bytes: Uint8Array | null): Ending {
  const friends = program.layers === 'wider' ? classOfNetwork(widened(network)) : spec;
  const { failed, keys, model } = execute(program, friends, bytes);
  if (failed) {
    const { error, stage, statement } = failed;
    if (!(error instanceof PythonError)) return { error: 'refused' };
    const { code, firstStatement } = friendScript(program);
    const line = firstStatement + statement;
    const raised = { stage, error, isZip: true, weightsOnly: program.weightsOnly === 'default' };
    const lines = traceback(code[line], line, raised).map(({ text }) => text);
    const frame = lines.slice(1, lines[3].includes('^') ? 4 : 3).join('\n');
    return { error: error.shown, line, frame };
  }
  return { printed: keys ? keys.repr : moduleRepr(model!) };
}

describe('every program of the lab ends as it does in Python:', () => {
  const kept = files();
  const text = (id: number | undefined): string | undefined =>
    id === undefined ? undefined : fixture.texts[id];
  const cases = fixture.cases.map((c) => {
    const program = Object.fromEntries(
      fixture.choices.map((name, i) => [name, c.program[i]]),
    ) as unknown as LoadProgram;
    return { name: c.program.join(' '), program, c };
  });

  test.each(cases)('$name', ({ program, c }) => {
    expect(friendScript(program).code.join('\n')).toBe(text(c.code));
    const want = { printed: text(c.printed), error: text(c.error), line: c.line, frame: text(c.frame) };
    // A program that fails late has printed before; the page shows the failure.
    if (want.error !== undefined) want.printed = undefined;
    expect(ending(program, kept.get(program.file) ?? null)).toEqual(JSON.parse(JSON.stringify(want)));
  });
});

const friend: LoadProgram = {
  file: 'tudui_whole_model.pth',
  how: 'model',
  classHome: 'src.train',
  layers: 'same',
  weightsOnly: 'False',
  strict: true,
  mapLocation: 'default',
};

async function session(): Promise<{ load(program: LoadProgram): Promise<NonNullable<KernelView['load']>> }> {
  let view: KernelView | null = null;
  const kernel = new Kernel({
    opener: null,
    onView: (next) => {
      view = next;
    },
  });
  await kernel.execute([{ type: 'define', network, seed }]);
  await kernel.execute([{ type: 'fit', steps: 40, lr: 0.1 }]);
  await kernel.execute([{ type: 'save', what: 'model', file: friend.file, home: 'train' }]);
  await kernel.execute([{ type: 'save', what: 'state_dict', file: 'tudui_parameter.pth', home: 'train' }]);
  return {
    async load(program) {
      await kernel.execute([{ type: 'load', program }]);
      return (view as unknown as KernelView).load!;
    },
  };
}

describe('a load case', () => {
  test('keeps the accuracy of the model that was saved', async () => {
    const { load } = await session();
    const { outcome, accuracy, why } = await load({ ...friend, classHome: 'train' });
    expect(outcome).toBe('works');
    expect(why.id).toBe('ok_whole');
    expect(accuracy?.loaded).toBe(accuracy?.saved);
    expect(accuracy?.loaded).toBeGreaterThan(0.8);
  });

  test('offers repairs that work, the state_dict first', async () => {
    const { load } = await session();
    const broken = await load(friend);
    expect(broken.error?.type).toBe('ModuleNotFoundError');
    expect(broken.repairs.map(({ id }) => id)).toEqual(['resave_state_dict', 'move_back']);
    for (const { change } of broken.repairs) {
      expect((await load({ ...friend, ...change })).outcome).toBe('works');
    }
  });

  test('offers weights_only=False as a repair of its own, also where another error follows', async () => {
    const { load } = await session();
    const moved = await load({ ...friend, weightsOnly: 'default' });
    expect(moved.repairs.map(({ id }) => id)).toEqual(['resave_state_dict', 'weights_only_false']);
    const beside = await load({ ...friend, classHome: 'train', weightsOnly: 'default' });
    expect(beside.repairs.map(({ id }) => id)).toEqual(['resave_state_dict', 'weights_only_false']);
  });

  test('calls a whole model that ignores the wider class silent', async () => {
    const { load } = await session();
    const wider = await load({ ...friend, classHome: 'train', layers: 'wider' });
    expect(wider).toMatchObject({ outcome: 'silent', error: null, why: { id: 'silent_wider' } });
  });

  test('shows the friend their line, the frames of torch, and the error last', async () => {
    const { load } = await session();
    const { traceback: shown, failedLine, code } = await load(friend);
    const lines = shown.map(({ text }) => text);
    expect(lines[0]).toBe('Traceback (most recent call last):');
    expect(lines[2]).toBe(`    ${code[failedLine!]}`);
    expect(shown.filter(({ inner }) => inner).length).toBe(9);
    expect(lines.at(-1)).toBe("ModuleNotFoundError: No module named 'train'");
  });

  test('names a file that is not on the shelf as Python does', async () => {
    const { load } = await session();
    const gone = await load({ ...friend, file: 'nowhere.pth' });
    expect(gone.error).toEqual({
      type: 'FileNotFoundError',
      message: "[Errno 2] No such file or directory: 'nowhere.pth'",
    });
  });
});
