/** The limits of a description, made small: each stops the reading and is named. */
import { describe, expect, test, vi } from 'vitest';
import { MemorySource } from '../byte-source';
import { limits } from '../refusal';
import { writeArchive } from '../zip/writer';
import { openFile } from './open-file';

vi.mock('../refusal', async (original) => {
  const real = await original<typeof import('../refusal')>();
  const small = { nodes: 100, references: 1000, stack: 200, opcodes: 3000, pickleBytes: 70_000, pickles: 3 };
  return { ...real, limits: { ...real.limits, ...small, smallFile: 100, localHeaders: 4, listedCalls: 2 } };
});

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const open = (bytes: Uint8Array) => openFile(new MemorySource(bytes));
const zipOf = (pickle: string): Uint8Array => writeArchive('x', latin1(pickle), []);

describe('a pickle is read up to', () => {
  test.each([
    ['nodes', `(${'}'.repeat(150)}l.`],
    ['references', `]${'(NNNNNNNNNe'.repeat(130)}.`],
    ['references', `]${'q\0'.repeat(300)}.`],
    ['stack', `${'N'.repeat(201)}.`],
    ['stack', `${'('.repeat(201)}.`],
    ['opcodes', `${'N0'.repeat(1600)}N.`],
    ['pickleBytes', `X\0\0\x02\0${'a'.repeat(0x20000)}.`],
  ])('%s', async (limit, pickle) => {
    const { description } = await open(zipOf(pickle));
    const [{ ending, fault, value }] = description.pickles;
    const bound = limits[limit as keyof typeof limits];
    expect([ending, fault, value]).toEqual(['limit', { id: 'limit', params: { limit, bound } }, null]);
  });

  test('what is below them, whole', async () => {
    const { description } = await open(zipOf(`(${'}'.repeat(90)}l.`));
    expect(description.pickles[0]).toMatchObject({ ending: 'stop', fault: null, value: { kind: 'list' } });
  });

  test('so many calls that are listed', async () => {
    const { calls } = (await open(zipOf(`${'cos\nsystem\n)R0'.repeat(5)}N.`))).description.pickles[0];
    expect(calls).toHaveLength(2);
  });
});

test('a file is read up to so many pickles', async () => {
  const { description } = await open(latin1('\x80\x02}.'.repeat(5)));
  expect(description.pickles).toHaveLength(3);
  expect(description.faults).toContainEqual({ id: 'limit', params: { limit: 'pickles', bound: 3 } });
});

test('local headers beyond the limit are read when asked for', async () => {
  const file = await open(zipOf('}.'));
  const placed = (records: readonly { dataOffset: number | null }[]) =>
    records.filter(({ dataOffset }) => dataOffset !== null).length;
  expect([placed(file.description.records), file.description.records.length]).toEqual([4, 6]);
  expect(placed((await file.checkRecords()).records)).toBe(6);
});
