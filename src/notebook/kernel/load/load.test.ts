import { describe, expect, test, vi } from 'vitest';
import { PythonError } from '../../../torch/errors';
import { moduleRepr } from '../../../torch/repr/module';
import { ArchiveReader } from '../../../torch/serialization/zip/reader';
import { firstNotebook } from '../../document';
import { friendClass } from '../../friend-class';
import { type LoadProgram, plainProgram } from '../../load-program';
import { loadScript } from '../../load-script';
import { type Executed, execute } from './execute';
import { files } from './files-for-tests';
import { weightsOnly } from './friend-program';
import { dict, friend, lab } from './lab-for-tests';
import { outcomeOf } from './outcome';
import { readingFiles, triedFiles } from './shelf-reader';
import fixture from './testdata/loads.json';
import { marks } from './testdata/marks.json';
import { traceback } from './traceback';

const { network } = firstNotebook;
const kept = files();

interface Ending {
  code: string;
  printed?: string;
  error?: string;
  line?: number;
  /** The frame of load.py, as Python prints it. */
  frame?: string;
}

function run(program: LoadProgram): Executed {
  const file = kept.get(program.file) ?? { bytes: null, globals: [] };
  return execute(
    program,
    friendClass(network, program),
    readingFiles(network, file, () => {}),
  );
}

/** What Python says at the end: the printed result, or the last line of the traceback and the statement that raised. */
function ending(program: LoadProgram): Ending {
  const { failed, keys, model } = run(program);
  const script = loadScript(program);
  const code = script.code.join('\n');
  if (!failed) {
    if (keys) return { code, printed: keys.repr };
    return program.how === 'model' && model ? { code, printed: moduleRepr(model) } : { code };
  }
  const { error, stage, statement } = failed;
  if (!(error instanceof PythonError)) return { code, error: 'refused' };
  const { line } = script.statements[statement];
  const isZip = program.file !== 'tudui_legacy.pth';
  const layers = model?.modules.keys() ?? [];
  const raised = { program, stage, error, layers, isZip, weightsOnly: weightsOnly(program) };
  const lines = traceback({ ...raised, code: script.code[line], line }).map(({ text }) => text);
  const frame = lines.slice(1, /[~^]/.test(lines[3]) && lines[3].startsWith('    ') ? 4 : 3).join('\n');
  return { code, error: lines.at(-1) as string, line, frame };
}

const programOf = (changes: object): LoadProgram =>
  ({ className: 'Net', ...plainProgram, ...changes }) as LoadProgram;

describe('every program of the lab ends as it does in Python:', () => {
  const text = (id: number | undefined): string | undefined =>
    id === undefined ? undefined : fixture.texts[id];

  test.each(fixture.cases.map((c) => ({ name: JSON.stringify(c.program), c })))('$name', ({ c }) => {
    const want = {
      code: text(c.code),
      // A program that fails late has printed before; the page shows the failure.
      printed: c.error === undefined ? text(c.printed) : undefined,
      error: text(c.error),
      line: c.line,
      frame: text(c.frame),
    };
    expect(ending(programOf(c.program))).toEqual(JSON.parse(JSON.stringify(want)));
  });
});

test('a program tried without data ends as the one that read it', { timeout: 60_000 }, () => {
  const tried = triedFiles(network, (name) => kept.get(name) ?? { bytes: null, globals: [] });
  const told = (program: LoadProgram, executed: Executed) => {
    const { failed, keys } = executed;
    return [failed?.statement, failed?.error.message, keys?.repr, outcomeOf(program, executed)];
  };
  for (const { program: changes } of fixture.cases) {
    const program = programOf(changes);
    const dry = execute(program, friendClass(network, program), tried);
    expect(told(program, dry)).toEqual(told(program, run(program)));
  }
});

test('a newer Python marks the same lines its own way', { timeout: 60_000 }, () => {
  const seen = new Set<string>();
  for (const { program: changes } of fixture.cases) {
    const program = programOf({ ...changes, python: '3.14' });
    const { failed } = run(program);
    if (!(failed?.error instanceof PythonError)) continue;
    const { stage, statement, error } = failed;
    const { code, statements } = loadScript(program);
    const { line } = statements[statement];
    const raised = { program, stage, error, layers: [], isZip: true, weightsOnly: weightsOnly(program) };
    const shown = traceback({ ...raised, code: code[line], line })[3].text;
    const key = `${code[line]} ${error.module === null ? error.type : `${error.module}.${error.type}`}`;
    seen.add(key);
    expect([key, /^ +[~^]+$/.test(shown) ? shown.slice(4) : '']).toEqual([
      key,
      (marks as Record<string, string>)[key],
    ]);
  }
  expect([...seen].sort()).toEqual(Object.keys(marks).sort());
});

const bytesOf = (latin1: string) => Uint8Array.from(latin1, (c) => c.charCodeAt(0));

describe('a load case', () => {
  test('keeps the accuracy of the model that was saved', async () => {
    const { load } = await lab();
    const { outcome, accuracy, why } = await load({ ...friend, classHome: 'train' });
    expect(outcome).toBe('works');
    expect(why.id).toBe('ok_whole');
    expect(accuracy?.loaded).toBe(accuracy?.saved);
    expect(accuracy?.loaded).toBeGreaterThan(0.8);
  });

  test('offers the state_dict first, then what the file can do with', async () => {
    const { load } = await lab();
    const broken = await load(friend);
    expect(broken.error?.type).toBe('ModuleNotFoundError');
    expect(broken.repairs.map(({ id }) => id)).toEqual(['resave_state_dict', 'move_back', 'alias_module']);
  });

  test('offers weights_only=False as a repair of its own, also where another error follows', async () => {
    const { load } = await lab();
    const moved = await load({ ...friend, weightsOnly: 'default' });
    expect(moved.repairs.map(({ id, outcome, next }) => [id, outcome, next])).toEqual([
      ['resave_state_dict', 'works', null],
      ['weights_only_false', 'error', 'ModuleNotFoundError'],
    ]);
    const beside = await load({ ...friend, classHome: 'train', weightsOnly: 'default' });
    expect(beside.repairs.map(({ id }) => id)).toEqual([
      'resave_state_dict',
      'allow_list',
      'weights_only_false',
    ]);
  });

  test('counts the keys, and the tensors replaced before the error', async () => {
    const { load } = await lab();
    const wider = await load({ ...dict, layers: 'renamed' });
    expect(wider.keys).toMatchObject({
      counts: { loaded: 7, missing: 2, unexpected: 2, mismatch: 0 },
      changed: 7,
    });
    const fits = await load(dict);
    expect(fits.keys).toMatchObject({
      counts: { loaded: 9, missing: 0, unexpected: 0, mismatch: 0 },
      changed: 9,
    });
  });

  test('says what PyTorch 2.5 warned of, at the line that calls torch.load', async () => {
    const { load } = await lab();
    const old = await load({ ...friend, classHome: 'train', weightsOnly: 'default', torch: '2.5' });
    expect(old.outcome).toBe('works');
    expect(old.warnings).toEqual([
      expect.stringMatching(
        /^load\.py:4: FutureWarning: You are using `torch\.load` with .*\n {2}model = torch\.load/,
      ),
    ]);
    expect(
      (await load({ ...friend, classHome: 'train', weightsOnly: 'default', torch: '2.3' })).warnings,
    ).toEqual([]);
  });

  test('puts the tensors of a GPU on a GPU that is there', async () => {
    const { load } = await lab();
    expect((await load({ ...dict, file: 'tudui_cuda.pth', cuda: true })).outcome).toBe('works');
    const whole = { ...friend, classHome: 'train', cuda: true, mapLocation: 'cuda' } as const;
    const apart = await load(whole);
    expect(apart.error?.message).toBe(
      'Expected all tensors to be on the same device, but got mat1 is on cpu, different from other tensors on cuda:0 ' +
        '(when checking argument in method wrapper_CUDA_addmm)',
    );
    expect([apart.why.id, ...apart.repairs.map(({ id }) => id)]).toEqual([
      'two_devices',
      'resave_state_dict',
      'map_cpu',
    ]);
  });

  test('stops at a file that wants other code to run, and does not call it an error', async () => {
    const { load, upload } = await lab();
    await upload('evil.pth', bytesOf('\x80\x02cposix\nsystem\n(X\x04\0\0\0echotR.'));
    const refused = await load({ ...friend, file: 'evil.pth' });
    expect(refused).toMatchObject({ outcome: 'refused', error: null, traceback: [] });
  });

  test('reads the data of a file once, however many repairs are tried', async () => {
    const { load } = await lab();
    const read = vi.spyOn(ArchiveReader.prototype, 'record');
    const broken = await load({ ...dict, file: 'tudui_dp.pth' });
    expect(broken.repairs.length).toBeGreaterThan(1);
    const records = read.mock.calls.map(([name]) => name).filter((name) => name.startsWith('data/'));
    expect(records.length).toBe(9);
    expect(new Set(records).size).toBe(9);
    read.mockRestore();
  });

  test('shows the friend their line, the frames of torch, and the error last', async () => {
    const { load } = await lab();
    const { traceback: shown, failedLine, code } = await load(friend);
    const lines = shown.map(({ text }) => text);
    expect(lines[0]).toBe('Traceback (most recent call last):');
    expect(lines[2]).toBe(`    ${code[failedLine!]}`);
    expect(shown.filter(({ inner }) => inner).length).toBe(9);
    expect(lines.at(-1)).toBe("ModuleNotFoundError: No module named 'train'");
  });

  test('names a file that is not on the shelf as Python does', async () => {
    const { load } = await lab();
    const gone = await load({ ...friend, file: 'nowhere.pth' });
    expect(gone.error).toEqual({
      type: 'FileNotFoundError',
      message: "[Errno 2] No such file or directory: 'nowhere.pth'",
    });
  });
});
