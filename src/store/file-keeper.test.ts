import { expect, test } from 'vitest';
import type { KeptFile } from '../notebook/statements';
import type { ShelfFile } from '../notebook/views';
import { createNotebook } from './create-notebook';
import type { Edge } from './edge';
import { type FileKeeper, type KeepFault, ShelfKeeper } from './file-keeper';
import { readSettings } from './settings';

/** A storage of so many bytes. */
class Room implements FileKeeper {
  readonly files = new Map<string, KeptFile>();
  private readonly bytes: number;

  constructor(bytes = Number.POSITIVE_INFINITY) {
    this.bytes = bytes;
  }

  async all(): Promise<KeptFile[]> {
    return [...this.files.values()];
  }

  async put(file: KeptFile): Promise<void> {
    const others = [...this.files.values()].filter(({ name }) => name !== file.name);
    const taken = others.reduce((sum, { data }) => sum + data.size, 0);
    if (taken + file.data.size > this.bytes) throw new DOMException('full', 'QuotaExceededError');
    this.files.delete(file.name);
    this.files.set(file.name, file);
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}

/** Inline kernels finish within a few turns of the event loop. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 80));

async function visit(room: FileKeeper | null) {
  const edge: Edge = {
    recall: () => null,
    keep: () => undefined,
    saveFile: () => undefined,
    pageAddress: () => 'https://example.org/',
    languages: () => ['en'],
    pause: () => new Promise(() => undefined),
    files: async () => room,
  };
  const store = createNotebook(edge, readSettings(edge, new URLSearchParams(), false));
  await store.getState().actions.start(null);
  await settled();
  return { actions: store.getState().actions, state: () => store.getState() };
}

const shelfOf = ({ state }: Awaited<ReturnType<typeof visit>>) =>
  state().view?.shelf.map(({ name, origin, accuracy }) => ({ name, origin, accuracy }));

test('the next visit has the files of this one, in their order, and no program put them there', async () => {
  const room = new Room();
  const first = await visit(room);
  await first.actions.upload([new File(['hello'], 'notes.pth')]);
  first.actions.save('state_dict');
  await settled();
  const second = await visit(room);
  expect(shelfOf(second)).toEqual(shelfOf(first));
  expect(shelfOf(second)?.map(({ name }) => name)).toEqual(['notes.pth', 'tudui_parameter.pth']);
  expect(second.state().view?.log.map(({ statement }) => statement)).toEqual(['define', 'forward']);
  expect(second.state().pending).toBe(0);
});

test('what is discarded, and what is written over, is so at the next visit', async () => {
  const room = new Room();
  const first = await visit(room);
  await first.actions.upload([new File(['one'], 'a.pth'), new File(['two'], 'b.pth')]);
  await settled();
  const second = await visit(room);
  second.actions.discard('a.pth');
  await second.actions.upload([new File(['three'], 'b.pth')]);
  await settled();
  expect([...room.files.keys()]).toEqual(['b.pth']);
  expect(await room.files.get('b.pth')?.data.text()).toBe('three');
});

test('what is only carried over is not written again', async () => {
  const room = new Room();
  await (await visit(room)).actions.upload([new File(['one'], 'a.pth')]);
  await settled();
  const kept = room.files.get('a.pth');
  await visit(room);
  await settled();
  expect(room.files.get('a.pth')).toBe(kept);
});

test('a full storage loses nothing on the shelf, and the file is named', async () => {
  const room = new Room(10);
  const first = await visit(room);
  await first.actions.upload([new File(['small'], 'a.pth')]);
  first.actions.save('state_dict');
  await settled();
  expect(first.state().keepFault).toEqual({ reason: 'full', file: 'tudui_parameter.pth' });
  expect(shelfOf(first)?.map(({ name }) => name)).toEqual(['a.pth', 'tudui_parameter.pth']);
  expect([...room.files.keys()]).toEqual(['a.pth']);
  first.actions.discard('tudui_parameter.pth');
  await first.actions.upload([new File(['next'], 'b.pth')]);
  await settled();
  expect(first.state().keepFault).toBeNull();
});

test('an older file is not kept under the name of one that did not fit', async () => {
  const room = new Room(10);
  const first = await visit(room);
  await first.actions.upload([new File(['small'], 'a.pth')]);
  await first.actions.upload([new File(['much too large'], 'a.pth')]);
  await settled();
  expect([...room.files.keys()]).toEqual([]);
});

test('without a storage it is said once there is something to lose', async () => {
  const first = await visit(null);
  expect(first.state().keepFault).toBeNull();
  first.actions.save('state_dict');
  await settled();
  expect(first.state().keepFault).toEqual({ reason: 'none', file: 'tudui_parameter.pth' });
  expect(shelfOf(first)).toHaveLength(1);
});

test('a file beyond the limit is not copied', async () => {
  const room = new Room();
  const faults: (KeepFault | null)[] = [];
  const blobOf = async (): Promise<Blob> => {
    throw new Error('asked for');
  };
  const keeper = new ShelfKeeper(Promise.resolve(room), blobOf, (fault) => faults.push(fault));
  const file = {
    name: 'a.pth',
    version: 1,
    bytes: 2 ** 30,
    origin: 'uploaded',
    restored: false,
  } as ShelfFile;
  keeper.follow([file]);
  await settled();
  expect(faults).toEqual([{ reason: 'large', file: 'a.pth' }]);
});
