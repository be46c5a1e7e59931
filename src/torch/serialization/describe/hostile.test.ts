/** Files that mean harm or make no sense: told, never run, and bounded. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MemorySource } from '../byte-source';
import { limits } from '../refusal';
import { readDirectory } from '../zip/directory';
import { writeArchive } from '../zip/writer';
import { openFile } from './open-file';
import type { DescribedValue, PickleDescription } from './pickle-types';
import { pythonText } from './python-text';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const zipOf = (pickle: string): Uint8Array => writeArchive('x', latin1(pickle), [['0', new Uint8Array(16)]]);
const open = (bytes: Uint8Array) => openFile(new MemorySource(bytes));

async function pickleOf(pickle: string): Promise<PickleDescription> {
  const { description } = await open(zipOf(pickle));
  return description.pickles[0];
}

describe('uploads of the browser tests', () => {
  const folder = new URL('../../../../e2e/fixtures/uploads/', import.meta.url);
  const { globals } = JSON.parse(readFileSync(new URL('hostile.json', folder), 'utf8'));

  test.each(Object.entries<string[]>(globals))('%s', async (name, expected) => {
    const { description } = await open(new Uint8Array(readFileSync(new URL(name, folder))));
    const [pickle] = description.pickles;
    const unsafe = pickle.globals.filter(({ verdict }) => verdict === 'unsafe');
    expect(unsafe.map((one) => `${one.module}.${one.name}`)).toEqual(expect.arrayContaining(expected));
    expect(pickle.calls.some(({ text }) => expected.some((one) => text.includes(one)))).toBe(true);
    expect(pickle.refusedAt).not.toBeNull();
  });

  test.each(readdirSync(folder).filter((name) => name.startsWith('friend_')))(
    '%s is no danger',
    async (name) => {
      const { description } = await open(new Uint8Array(readFileSync(new URL(name, folder))));
      const verdicts = description.pickles.flatMap((pickle) => pickle.globals.map(({ verdict }) => verdict));
      expect(verdicts.filter((verdict) => verdict !== 'allowed' && verdict !== 'class')).toEqual([]);
    },
  );
});

describe('what a call would do is told', () => {
  const texts = async (pickle: string) =>
    (await pickleOf(pickle)).calls.map(({ opcode, text }) => [opcode, text]);

  test.each([
    ['\x80\x02cos\nsystem\nX\x04\0\0\0echo\x85R.', [['REDUCE', "os.system('echo')"]]],
    ["(S'echo'\nios\nsystem\n.", [['INST', "os.system('echo')"]]],
    ["(cos\nsystem\nS'echo'\no.", [['OBJ', "os.system('echo')"]]],
    ['\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x04echo\x85R.', [['REDUCE', "os.system('echo')"]]],
    // The name is spelt in escapes.
    ["V\\u006fs\nS'sys\\x74em'\n\x93)R.", [['REDUCE', 'os.system()']]],
    ['\x80\x04)X\x01\0\0\0a\x94h\x00\x85\x93)R.', [['REDUCE', '? (computed)()']]],
    [
      'c__builtin__\ngetattr\ncos\nsystem\nX\x01\0\0\0x\x86R)R.',
      [
        ['REDUCE', "builtins.getattr(os.system, 'x')"],
        ['REDUCE', "builtins.getattr(os.system, 'x')()"],
      ],
    ],
    [
      '\x82\x05)R.',
      [
        ['EXT1', 'copyreg extension 5()'],
        ['REDUCE', 'copyreg extension 5()()'],
      ],
    ],
    ['csubprocess\nPopen\n]\x85\x81}b.', [['NEWOBJ', 'subprocess.Popen([])']]],
    ['c__main__\nNet\n)\x81}b.', [['NEWOBJ', '__main__.Net()']]],
  ])('%j', async (pickle, expected) => {
    expect(await texts(pickle)).toEqual(expected);
  });

  test('a payload that is thrown away is told as well, and the value stands', async () => {
    const { calls, value } = await pickleOf('\x80\x02cos\nsystem\nX\x01\0\0\0x\x85R0K\x07.');
    expect(calls.map(({ text }) => text)).toEqual(["os.system('x')"]);
    expect(value).toEqual({ kind: 'int', text: '7' });
  });

  test('an unknown call stays a call, whatever is done to its result', async () => {
    const call = (await pickleOf('cx\ny\n)RK\x01a(K\x02K\x03u}b.')).value as DescribedValue & {
      kind: 'call';
    };
    expect(call.updates.map(({ opcode }) => opcode)).toEqual(['APPEND', 'SETITEMS', 'BUILD']);
    expect(pythonText(call)).toBe('x.y()');
  });
});

describe('where weights_only stops', () => {
  test.each([
    ['\x80\x02}.', null],
    ['\x80\x02c__main__\nNet\n.', { reason: 'global', name: '__main__.Net', index: 1 }],
    ['\x80\x02cos\nsystem\n.', { reason: 'blocked', name: 'os.system', index: 1 }],
    ['\x80\x04\x95\x01\0\0\0\0\0\0\0N.', { reason: 'operand', name: null, opcode: 'FRAME', position: 2 }],
    ['N0N.', { reason: 'operand', opcode: 'POP', index: 1 }],
  ])('%j', async (pickle, expected) => {
    const { refusedAt } = await pickleOf(pickle);
    if (expected) expect(refusedAt).toMatchObject(expected);
    else expect(refusedAt).toBeNull();
  });
});

describe('a pickle that ends badly', () => {
  test.each([
    ['', 'end of data', null],
    ['}', 'end of data', null],
    ['X\xff\0\0\0ab', 'end of data', null],
    ['}\0.', 'unknown opcode', null],
    ['.', 'fault', 'unpickling stack underflow'],
    ['}e.', 'fault', 'could not find MARK'],
    ['h\x07.', 'fault', 'Memo value not found at index 7'],
    ['(K\x01a.', 'fault', 'unexpected MARK found'],
    ['K\x01]\x86R.', 'fault', null],
    ['\x80\x09}.', 'fault', 'unsupported pickle protocol: 9'],
    ['\x97.', 'fault', 'pickle stream refers to out-of-band data but no *buffers* argument was given'],
  ])('%j', async (pickle, ending, message) => {
    const told = await pickleOf(pickle);
    expect([told.ending, told.value]).toEqual([ending, null]);
    if (message) expect(told.fault?.params.message).toBe(message);
  });

  test('is listed on behind its fault', async () => {
    const file = await open(zipOf('0cos\nsystem\n)R.'));
    const rows = await file.opcodeRows(0, 0, 10);
    expect(rows.map(({ name, mark }) => [name, mark?.id])).toEqual([
      ['POP', 'fault'],
      ['GLOBAL', 'imports'],
      ['EMPTY_TUPLE', undefined],
      ['REDUCE', 'calls'],
      ['STOP', 'stops'],
    ]);
    expect(file.description.pickles[0].calls).toHaveLength(1);
  });
});

describe('bombs are met by a limit that is named', () => {
  const doubled = (inner: string, times: number): string => {
    let pickle = `\x80\x02${inner}q\0`;
    for (let i = 0; i < times; i++)
      pickle += `h${String.fromCharCode(i)}h${String.fromCharCode(i)}\x86q${String.fromCharCode(i + 1)}`;
    return `${pickle}.`;
  };
  const tensor =
    'ctorch._utils\n_rebuild_tensor_v2\n((U\x07storagectorch\nFloatStorage\nU\x010U\x03cpuK\x04tQK\0K\x04\x85K\x01\x85\x89)tR';

  test('a value of 2^200 parts', async () => {
    const { description } = await open(zipOf(doubled(tensor, 200)));
    expect(description.tensors.length).toBeGreaterThan(100);
    expect(description.faults).toContainEqual({
      id: 'limit',
      params: { limit: 'visits', bound: limits.visits },
    });
    expect(JSON.stringify(description.pickles[0].value).length).toBeLessThan(1e6);
  });

  test('lists in lists', async () => {
    const { description } = await open(zipOf(`${'('.repeat(100_000)}${tensor}${'l'.repeat(100_000)}.`));
    expect(description.faults).toContainEqual({
      id: 'limit',
      params: { limit: 'depth', bound: limits.depth },
    });
  });

  test('a list that holds itself', async () => {
    const { value } = await pickleOf(']q\0h\0a.');
    expect(value).toEqual({ kind: 'list', items: [{ kind: 'again' }] });
  });
});

/** Positions of the central entries, and of the local headers, by name. */
function placesOf(bytes: Uint8Array): Map<string, { central: number; local: number }> {
  const found = new Map<string, { central: number; local: number }>();
  const view = new DataView(bytes.buffer);
  const locals = new Map(readDirectory(bytes).map(({ name, headerOffset }) => [name, headerOffset]));
  for (let at = 0; at < bytes.length - 46; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true))).toString();
    found.set(name, { central: at, local: locals.get(name) as number });
  }
  return found;
}

describe('an archive that contradicts itself is told', () => {
  const pickle = '\x80\x02}.';
  const change = async (
    edit: (view: DataView, places: ReturnType<typeof placesOf>) => void,
    checksums = false,
  ) => {
    const bytes = zipOf(pickle);
    edit(new DataView(bytes.buffer), placesOf(bytes));
    const file = await open(bytes);
    const { faults } = checksums ? await file.checkRecords({ checksums }) : file.description;
    return faults.map(({ id, params }) => [id, params.record]);
  };
  const place = (places: ReturnType<typeof placesOf>, name: string) =>
    places.get(`x/${name}`) as { central: number; local: number };

  test('nothing is, of what PyTorch writes', async () => {
    expect(await change(() => undefined)).toEqual([]);
    expect(await change(() => undefined, true)).toEqual([]);
  });

  test('another name in front of the data', async () => {
    expect(await change((view, all) => view.setUint8(place(all, 'version').local + 33, 0x41))).toEqual([
      ['localName', 'x/version'],
    ]);
  });

  test('another size in front of the data', async () => {
    const faults = await change((view, all) => {
      const { local } = place(all, 'version');
      view.setUint16(local + 6, 0, true);
      view.setUint32(local + 22, 7, true);
    });
    expect(faults).toEqual([['localSize', 'x/version']]);
  });

  test('no header where the directory says', async () => {
    expect(await change((view, all) => view.setUint32(place(all, 'data/0').local, 0))).toEqual([
      ['header', 'x/data/0'],
    ]);
  });

  test('records on top of each other', async () => {
    const faults = await change((view, all) => {
      view.setUint32(place(all, 'version').central + 42, place(all, 'data/0').local + 10, true);
    });
    expect(faults).toContainEqual(['overlap', 'x/version']);
  });

  test('two of one name', async () => {
    const faults = await change((view, all) => view.setUint8(place(all, 'data/0').central + 46 + 7, 0x30));
    expect(faults).not.toContainEqual(['duplicate', 'x/data/0']);
    const both = writeArchive('x', latin1(pickle), [
      ['0', new Uint8Array(4)],
      ['0', new Uint8Array(4)],
    ]);
    expect((await open(both)).description.faults).toContainEqual({
      id: 'duplicate',
      params: { record: 'x/data/0' },
    });
  });

  test('a checksum that is not that of the data', async () => {
    const edit = (view: DataView, all: ReturnType<typeof placesOf>) =>
      view.setUint32(place(all, 'data/0').central + 16, 1, true);
    expect(await change(edit)).toEqual([]);
    expect(await change(edit, true)).toEqual([['checksum', 'x/data/0']]);
  });

  test('more records than are read', async () => {
    const bytes = zipOf(pickle);
    const end = bytes.length - 22;
    const view = new DataView(bytes.buffer);
    // The zip64 record, in front of its locator, counts.
    const wide = end - 20 - 56;
    view.setBigUint64(wide + 24, 10_000_000n, true);
    view.setBigUint64(wide + 32, 10_000_000n, true);
    view.setBigUint64(wide + 40, 460_000_000n, true);
    const faults = (await open(bytes)).description.faults.map(({ id }) => id);
    expect(faults).toEqual(['archive']);
  });
});
