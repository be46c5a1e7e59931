import { describe, expect, test } from 'vitest';
import { isProjectModule, normalized, plainProgram, programKey } from './load-program';
import { columnsOf, firstProgram, workingProgram } from './load-table';
import type { ShelfFile } from './views';

const file = (name: string, kind: ShelfFile['kind'], globals: string[] = []): ShelfFile => ({
  name,
  version: 1,
  kind,
  globals,
  bytes: 1,
  origin: 'saved',
  restored: false,
  code: null,
  accuracy: null,
  verdict: { id: kind, params: {} },
  keys: [],
  layersToAllow: null,
});
const dict = file('a.pth', 'state_dict');
const whole = file('b.pth', 'model', ['torch.nn.modules.linear.Linear', 'train.Net']);

describe('the program for a file', () => {
  test('reads it the way it was saved, every argument left out', () => {
    expect(firstProgram(whole, 'Net')).toEqual({
      ...plainProgram,
      file: 'b.pth',
      how: 'model',
      className: 'Net',
    });
    expect(firstProgram(file('c.pth', 'other'), 'Net').how).toBe('state_dict');
  });

  test('that works has the class where the file looks for it', () => {
    expect(workingProgram(whole, 'Net')).toMatchObject({ classHome: 'train', weightsOnly: 'False' });
    expect(workingProgram(dict, 'Net')).toMatchObject({ classHome: '__main__', weightsOnly: 'default' });
  });

  test('is the same where only what its recipe never uses differs', () => {
    const program = firstProgram(whole, 'Net');
    expect(programKey({ ...program, strict: false })).toBe(programKey(program));
    expect(programKey({ ...program, mmap: true })).not.toBe(programKey(program));
    expect(normalized({ ...program, how: 'path', mapLocation: 'cpu' }).mapLocation).toBe('default');
  });
});

describe('the table', () => {
  test('has the usual columns before anything was run', () => {
    const columns = columnsOf([dict, whole], [], 'Net');
    const ids = ['same', 'missing', 'moved', 'wider', 'forward', 'renamed', 'cpu', 'defaults'];
    expect(columns.map(({ id }) => id)).toEqual(ids);
    expect(columns[2].programFor(whole)).toMatchObject({
      file: 'b.pth',
      how: 'model',
      classHome: 'src.train',
    });
  });

  test("grows a column for a program of one's own, once for all files", () => {
    const own = (one: ShelfFile) => ({ ...workingProgram(one, 'Net'), torch: '2.5' }) as const;
    const columns = columnsOf([dict, whole], [own(dict), own(whole), workingProgram(dict, 'Net')], 'Net');
    expect(columns.slice(8).map(({ id, change }) => [id, change])).toEqual([[null, { torch: '2.5' }]]);
    expect(columns[8].programFor(whole)).toEqual(own(whole));
  });

  test('leaves out what was run on a file that is gone', () => {
    const gone = { ...workingProgram(file('gone.pth', 'model'), 'Net'), mmap: true };
    expect(columnsOf([dict], [gone], 'Net').length).toBe(8);
  });
});

test('a module of the project has a name Python does not take for itself', () => {
  expect(['train', 'src.train', 'model_file', 'a.b_1.C'].every(isProjectModule)).toBe(true);
  const taken = ['', 'os', 'torch.nn', 'load', 'class', 'a..b', '1a', 'src/train', 'a-b', 'x'.repeat(61)];
  expect(taken.filter(isProjectModule)).toEqual([]);
});
