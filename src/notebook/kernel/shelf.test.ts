/** Files on the shelf stay where they are: what is looked at is read, and a load reads what its pickle names. */
import { expect, test } from 'vitest';
import { PyDict } from '../../torch/python/values';
import { save } from '../../torch/serialization/save';
import { Storage, Tensor } from '../../torch/tensor';
import { firstNotebook } from '../document';
import { type LoadProgram, plainProgram } from '../load-program';
import type { KernelView } from '../views';
import { Kernel } from './kernel';

/** Tells how much of it was read. */
class CountedBlob extends Blob {
  read = 0;
  private readonly whole: Blob;

  constructor(bytes: Uint8Array) {
    super([bytes as BlobPart]);
    this.whole = new Blob([bytes as BlobPart]);
  }

  override slice(start = 0, end = this.size): Blob {
    this.read += Math.min(end, this.size) - start;
    return this.whole.slice(start, end);
  }
}

const MEGABYTE = 1 << 20;

const program: LoadProgram = { ...plainProgram, file: 'big.pth', how: 'state_dict', className: 'Net' };

/** Eight megabytes of tensors. */
function file(): CountedBlob {
  const tensors = Array.from({ length: 8 }, (_, i): [string, Tensor] => [
    `layer${i}.weight`,
    new Tensor(new Storage('float32', new Uint8Array(MEGABYTE)), [256, 1024]),
  ]);
  return new CountedBlob(save(PyDict.ordered(tensors), 'big.pth'));
}

async function open() {
  let view: KernelView | null = null;
  const kernel = new Kernel({
    opener: null,
    onView: (next) => {
      view = next;
    },
  });
  await kernel.execute([{ type: 'define', network: firstNotebook.network, seed: 1 }]);
  return { kernel, view: () => view as unknown as KernelView };
}

test('an upload is told by its keys, and its tensors are not read', async () => {
  const { kernel, view } = await open();
  const data = file();
  await kernel.execute([{ type: 'upload', file: 'big.pth', data }]);
  const [shown] = view().shelf;
  expect(shown).toMatchObject({ kind: 'state_dict', bytes: data.size, origin: 'uploaded' });
  expect(shown.keys.map(({ name }) => name)).toEqual(Array.from({ length: 8 }, (_, i) => `layer${i}.weight`));
  expect(data.read).toBeLessThan(MEGABYTE);
});

test('a load reads it once, whatever is tried on it', async () => {
  const { kernel, view } = await open();
  const data = file();
  await kernel.execute([{ type: 'upload', file: 'big.pth', data }]);
  const before = data.read;
  await kernel.execute([{ type: 'load', program }]);
  expect(view().load).toMatchObject({ outcome: 'error', error: { type: 'RuntimeError' } });
  expect(data.read - before).toBeLessThan(data.size + MEGABYTE);
});

test('a file that cannot be read any more is said to be so, and nothing else changes', async () => {
  const { kernel, view } = await open();
  const data = file();
  await kernel.execute([{ type: 'upload', file: 'big.pth', data }]);
  data.slice = () => {
    const gone = new Blob();
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    return gone;
  };
  const { network } = view();
  await kernel.execute([{ type: 'load', program }]);
  expect(view().load?.why.id).toBe('refused_unreadable');
  expect(view().network).toEqual(network);
  expect(await kernel.fileBlob('big.pth')).toBe(data);
});
