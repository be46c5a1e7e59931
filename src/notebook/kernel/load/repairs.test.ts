import { describe, expect, test } from 'vitest';
import type { LoadProgram } from '../../load-program';
import type { LoadView } from '../../views';
import { dict, friend, lab, net } from './lab-for-tests';

describe('a load case', () => {
  const cases: readonly (readonly [string, LoadProgram, LoadView['outcome'], string, readonly string[]])[] = [
    [
      'a prefix of DataParallel',
      { ...dict, file: 'tudui_dp.pth' },
      'error',
      'file_prefix',
      ['strip_prefix', 'wrap_parallel', 'strict_false'],
    ],
    [
      'a prefix of torch.compile',
      { ...dict, file: 'tudui_compiled.pth' },
      'error',
      'file_prefix',
      ['strip_prefix', 'strict_false'],
    ],
    [
      'a wrapped model',
      { ...dict, wrap: 'DataParallel' },
      'error',
      'model_prefix',
      ['unwrap', 'strict_false'],
    ],
    [
      'a checkpoint taken for a state_dict',
      { ...dict, file: 'tudui_checkpoint.pth' },
      'error',
      'checkpoint_level',
      ['take_entry', 'strict_false'],
    ],
    [
      'a checkpoint taken for a model',
      { ...dict, file: 'tudui_checkpoint.pth', how: 'model' },
      'error',
      'checkpoint_not_model',
      ['take_entry'],
    ],
    [
      'an entry that is not there',
      { ...dict, entry: 'model_state_dict' },
      'error',
      'no_entry',
      ['whole_dict'],
    ],
    [
      'a state_dict taken for a model',
      { ...dict, how: 'model' },
      'error',
      'not_a_module',
      ['load_as_state_dict'],
    ],
    ['the report taken for the model', { ...dict, how: 'assigned' }, 'error', 'assigned', ['fill_model']],
    ['a file name for a dict', { ...dict, how: 'path' }, 'error', 'path_given', ['fill_model']],
    ['a model nobody filled', { ...dict, how: 'forgotten' }, 'silent', 'silent_forgotten', ['fill_model']],
    ['a model left in train mode', { ...dict, evaluates: false }, 'silent', 'silent_train', ['call_eval']],
    ['another forward', { ...dict, forward: 'other' }, 'silent', 'silent_forward', ['same_forward']],
    [
      'a renamed layer let pass',
      { ...dict, layers: 'renamed', strict: false },
      'silent',
      'silent_partial',
      ['same_layers'],
    ],
    [
      'a renamed layer',
      { ...dict, layers: 'renamed' },
      'error',
      'keys_mismatch',
      ['same_layers', 'strict_false'],
    ],
    ['a wider layer', { ...dict, layers: 'wider' }, 'error', 'size_mismatch', ['same_layers']],
    ['tensors of a GPU', { ...dict, file: 'tudui_cuda.pth' }, 'error', 'cuda_tag', ['map_cpu']],
    [
      'the old format and mmap',
      { ...dict, file: 'tudui_legacy.pth', mmap: true },
      'error',
      'mmap_legacy',
      ['no_mmap'],
    ],
    ['a class nobody wrote', { ...dict, classHome: null }, 'error', 'no_net_defined', ['define_class']],
    [
      'a layer the file lacks',
      { ...friend, classHome: 'train', layers: 'deeper' },
      'error',
      'lacks_attribute',
      ['same_layers'],
    ],
    [
      'another name of the class',
      { ...friend, classHome: 'train', className: 'MyNet' },
      'error',
      'class_missing',
      ['resave_state_dict', 'same_name'],
    ],
    [
      'a file that is gone',
      { ...dict, classHome: 'train', classIn: 'none' },
      'error',
      'import_module',
      ['restore_class', 'define_class'],
    ],
    [
      'a class in another file',
      { ...dict, classHome: 'train', classIn: 'none', others: [{ path: 'src/net.py', defines: net }] },
      'error',
      'import_elsewhere',
      ['restore_class', 'define_class'],
    ],
    [
      'a folder in front of the file',
      { ...dict, classHome: 'train', others: [{ path: 'train/__init__.py', defines: null }] },
      'error',
      'import_name',
      ['define_class', 'file_in_front'],
    ],
    [
      'a module of the name of the class',
      { ...dict, classHome: 'models', classIn: 'none', others: [{ path: 'models/Net.py', defines: net }] },
      'error',
      'module_not_class',
      ['restore_class', 'define_class'],
    ],
    [
      'a script in another folder',
      {
        ...friend,
        script: 'src/load.py',
        classHome: 'train',
        classIn: 'none',
        others: [{ path: 'train.py', defines: net }],
      },
      'error',
      'import_elsewhere',
      ['script_back'],
    ],
    [
      'another class where the file looks',
      {
        ...friend,
        classHome: 'src.train',
        others: [{ path: 'train.py', defines: { ...net, layers: 'wider' } }],
      },
      'silent',
      'silent_wider',
      ['resave_state_dict', 'move_back', 'alias_module'],
    ],
    [
      'a whole model that ignores the wider class',
      { ...friend, classHome: 'train', layers: 'wider' },
      'silent',
      'silent_wider',
      ['same_layers'],
    ],
  ];

  test.each(cases)('tells and repairs %s', async (_, program, outcome, id, repairs) => {
    const { load } = await lab();
    const broken = await load(program);
    expect([broken.outcome, broken.why.id]).toEqual([outcome, id]);
    expect(broken.repairs.map((repair) => repair.id)).toEqual(repairs);
    for (const { change, outcome: promised } of broken.repairs)
      expect((await load({ ...broken.program, ...change })).outcome).toBe(promised);
  });
});
