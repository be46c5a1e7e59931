/** The load lab's kernel with every file of the save lab on its shelf, and the programs tests start from. */
import { firstNotebook } from '../../document';
import { fileNames } from '../../file-names';
import { type LoadProgram, plainProgram } from '../../load-program';
import type { Saved } from '../../statements';
import type { KernelView } from '../../views';
import { Kernel } from '../kernel';

const { network, seed } = firstNotebook;

/** The whole model, its class in another folder. */
export const friend: LoadProgram = {
  ...plainProgram,
  file: 'tudui_whole_model.pth',
  how: 'model',
  className: 'Net',
  classHome: 'src.train',
  weightsOnly: 'False',
};

interface Lab {
  load(program: LoadProgram): Promise<NonNullable<KernelView['load']>>;
  upload(file: string, bytes: Uint8Array): Promise<void>;
}

export async function lab(): Promise<Lab> {
  let view: KernelView | null = null;
  const kernel = new Kernel({
    opener: null,
    onView: (next) => {
      view = next;
    },
  });
  await kernel.execute([{ type: 'define', network, seed }]);
  await kernel.execute([{ type: 'fit', steps: 40, lr: 0.1 }]);
  const ways: readonly Saved[] = [
    'state_dict',
    'model',
    'checkpoint',
    'legacy',
    'parallel',
    'compiled',
    'cuda',
  ];
  for (const what of ways)
    await kernel.execute([{ type: 'save', what, file: fileNames[what], home: 'train' }]);
  return {
    async load(program) {
      await kernel.execute([{ type: 'load', program }]);
      return (view as unknown as KernelView).load!;
    },
    upload: (file, bytes) => kernel.execute([{ type: 'upload', file, data: new Blob([bytes as BlobPart]) }]),
  };
}

/** The class as it was saved. */
export const net = { className: 'Net', layers: 'same', forward: 'same' } as const;

/** The state_dict, read as the tutorial reads it. */
export const dict: LoadProgram = {
  ...friend,
  file: fileNames.state_dict,
  how: 'state_dict',
  weightsOnly: 'default',
};
