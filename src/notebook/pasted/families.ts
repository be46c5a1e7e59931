/**
 * How each family's message reads, in PyTorch 2.13 and in older versions: torch/serialization.py,
 * torch/_weights_only_unpickler.py, torch/nn/modules/module.py, torch/optim/optimizer.py, caffe2/serialize/inline_container.cc,
 * CPython's Modules/_pickle.c.
 */
import { isProjectModule } from '../load-program';
import { message } from './message';
import type { Details, Family } from './recognised';

/** Whether the words could come from somewhere else. */
export type Evidence =
  /** Nobody else says so. */
  | 'own'
  /** A traceback beside them must pass through torch's loading; alone they will do. */
  | 'shared'
  /** The text must speak of loading. */
  | 'needed';

export interface Rule {
  readonly family: Family;
  readonly evidence: Evidence;
  readonly patterns: readonly RegExp[];
  /** What the message begins with, where the patterns find its end. */
  readonly head?: RegExp;
  /** `false` for words that fit and mean something else. */
  readonly accepts?: (groups: Details, text: string) => boolean;
}

const weightsOnly = message`Weights only load failed`;
const IDENTIFIER = String.raw`[\w.$\u0080-\uffff]{1,150}`;
const dictType = String.raw`(?:collections\.)?OrderedDict`;
/** What one asks a model for: no dict has these. */
const moduleAttributes =
  'eval|train|to|cuda|cpu|half|float|double|forward|parameters|named_parameters|modules|children|state_dict|load_state_dict|zero_grad|requires_grad_|apply';
/** What a batch of data is asked for as well. */
const ofModelsOnly = 'eval|forward|parameters|named_parameters|state_dict|load_state_dict|zero_grad';
const entries = String.raw`(?:\w{0,40}_)?state_dict|model_state|net_state|model_weights`;

/** Packages that an `import` line misses far more often than a file does. */
const packages = new Set(
  'cv2 PIL sklearn skimage pandas scipy matplotlib seaborn tqdm yaml einops timm torchvision torchaudio tensorboard tensorboardX transformers datasets lightning pytorch_lightning wandb omegaconf hydra jupyter notebook requests'.split(
    ' ',
  ),
);

export function mayBeInFile(module: string): boolean {
  return isProjectModule(module) && !packages.has(module);
}

export const rules: readonly Rule[] = [
  {
    family: 'weights_only',
    evidence: 'own',
    head: weightsOnly,
    patterns: [
      weightsOnly,
      message`Unsupported global: GLOBAL (?<global>${IDENTIFIER}?) (?=was n|wasn|$|[^\w.\u0080-\uffff])`,
      // 2.0 to 2.3.
      message`WeightsUnpickler error: Unsupported class (?<global>${IDENTIFIER})`,
    ],
  },
  {
    family: 'weights_only_blocked',
    evidence: 'own',
    head: weightsOnly,
    patterns: [
      message`Trying to load unsupported GLOBAL (?<global>${IDENTIFIER}?) whose module ${IDENTIFIER}? is blocked`,
    ],
  },
  {
    family: 'weights_only_operand',
    evidence: 'own',
    head: weightsOnly,
    patterns: [message`Unsupported operand (?<operand>\d{1,3})`],
  },
  {
    family: 'module_missing',
    evidence: 'shared',
    patterns: [message`No module named ["'] (?<module>${IDENTIFIER}) ["']`],
    accepts: ({ module }, text) => text.search(loading) >= 0 || mayBeInFile(module ?? ''),
  },
  {
    family: 'class_missing',
    evidence: 'shared',
    patterns: [
      message`Can't get attribute ["'] (?<name>${IDENTIFIER}) ["'] (?: on <? module ["'] (?<module>${IDENTIFIER}) )?`,
    ],
    accepts: ({ module }) => !module?.startsWith('torch.') && module !== 'torch',
  },
  {
    family: 'class_missing',
    evidence: 'needed',
    patterns: [
      message`AttributeError: module ["'] (?<module>${IDENTIFIER}) ["'] has no attribute ["'] (?<name>${IDENTIFIER}) ["']`,
      message`AttributeError: type object ["'] ${IDENTIFIER} ["'] has no attribute ["'] (?<name>${IDENTIFIER}) ["']`,
      // Python 2.
      message`["']module["'] object has no attribute ["'] (?<name>${IDENTIFIER}) ["']`,
    ],
  },
  {
    family: 'older_torch',
    evidence: 'own',
    patterns: [
      message`did you mean to use torch\.jit\.load\(\)`,
      message`(?:\[enforce fail at inline_container\.cc:[^\]]{1,12}\]\.?)? Attempted to read a PyTorch file with version \d{1,6}, but the maximum supported version`,
      message`Can't get attribute ["'] (?<name>${IDENTIFIER}) ["'] on <? module ["'] (?<module> torch (?:\.${IDENTIFIER})?) ["']`,
    ],
  },
  {
    family: 'not_a_dict',
    evidence: 'own',
    patterns: [message`Expected state_dict to be dict-like, got <class ["'] (?<given>${IDENTIFIER}) ["']`],
  },
  {
    family: 'dict_as_model',
    evidence: 'own',
    patterns: [
      message`["'] ${dictType} ["'] object has no attribute ["'] (?<attribute>${moduleAttributes}) ["']`,
      message`["'] ${dictType} ["'] object is not callable`,
    ],
  },
  {
    family: 'dict_as_model',
    evidence: 'needed',
    patterns: [message`["'] ${dictType} ["'] object has no attribute ["'] (?<attribute>\w{1,80}) ["']`],
  },
  {
    family: 'checkpoint_as_model',
    evidence: 'own',
    patterns: [message`["']dict["'] object has no attribute ["'] (?<attribute>${ofModelsOnly}) ["']`],
  },
  {
    family: 'checkpoint_as_model',
    evidence: 'needed',
    patterns: [
      message`["']dict["'] object has no attribute ["'] (?<attribute>${moduleAttributes}) ["']`,
      message`["']dict["'] object is not callable`,
    ],
  },
  {
    family: 'assigned',
    evidence: 'own',
    patterns: [
      message`["']_?IncompatibleKeys["'] object (?:has no attribute ["'] (?<attribute>\w{1,80}) ["'] | is not callable)`,
    ],
  },
  {
    // Before 1.1 load_state_dict gave nothing back.
    family: 'assigned',
    evidence: 'needed',
    patterns: [message`["']NoneType["'] object has no attribute ["'] (?<attribute>${moduleAttributes}) ["']`],
    accepts: (_, text) => /=[\w.]{1,60}\.load_state_dict\(/.test(text),
  },
  {
    family: 'no_entry',
    evidence: 'own',
    patterns: [message`KeyError: ' (?<entry>${entries}) '`],
    accepts: ({ entry }) => !/optim|scheduler/.test(entry ?? ''),
  },
  {
    family: 'no_entry',
    evidence: 'needed',
    patterns: [message`KeyError: ' (?<entry>[\w.]{1,80}) '`],
    accepts: ({ entry }) => !/optim|scheduler|param_groups/.test(entry ?? ''),
  },
  {
    family: 'optimizer_other',
    evidence: 'needed',
    patterns: [
      message`KeyError: ' (?<entry> param_groups | \w{0,40}optim\w{0,40} | \w{0,40}scheduler\w{0,40}) '`,
    ],
  },
  {
    family: 'optimizer_groups',
    evidence: 'own',
    patterns: [
      message`loaded state dict contains a parameter group that doesn't match the size of optimizer's group`,
      message`loaded state dict has a different number of parameter groups`,
    ],
  },
  {
    family: 'cuda_tag',
    evidence: 'own',
    patterns: [
      message`Attempting to deserialize object on a CUDA device but torch\.cuda\.is_available\(\) is False`,
    ],
  },
  {
    // 0.3 and older, from inside torch.load.
    family: 'cuda_tag',
    evidence: 'needed',
    patterns: [message`Torch not compiled with CUDA enabled`],
    accepts: (_, text) => /serialization\.py/.test(text),
  },
  {
    family: 'too_few_gpus',
    evidence: 'own',
    patterns: [
      message`Attempting to deserialize object on CUDA device (?<tag>\d{1,3}) but torch\.cuda\.device_count\(\) is`,
    ],
  },
  {
    family: 'unknown_tag',
    evidence: 'own',
    patterns: [
      message`don't know how to restore data location of .{1,80}? \(tagged with (?<tag>[^)]{0,60})\)`,
      message`Attempting to deserialize object on an? (?<tag>(?!CUDA)[A-Z]{2,20}) device but`,
      message`The (?<tag>[A-Z]{2,20}) device module is not registered`,
      message`(?:torch\.UntypedStorage\(\):)? Storage device not recognized: (?<tag>[a-z]{1,20})`,
    ],
  },
  {
    family: 'truncated_zip',
    evidence: 'own',
    patterns: [
      message`(?:\[enforce fail at inline_container\.cc:\d{1,6}\]\.?)? (?:PytorchStreamReader failed [^:]{0,60}:)? failed finding central directory`,
    ],
  },
  {
    family: 'broken_zip',
    evidence: 'own',
    patterns: [
      message`PytorchStreamReader failed (?! reading zip archive: failed finding central directory)`,
      message`\[? enforce fail at inline_container\.cc`,
      message`Expected hasRecord\("version"\) to be true`,
      message`record size \(\d{1,20} bytes\) does not match expected size`,
    ],
    accepts: (_, text) => !/maximumsupportedversionforreading/.test(text),
  },
  {
    family: 'truncated_legacy',
    evidence: 'own',
    patterns: [message`unexpected EOF, expected \d{1,20} more bytes`],
  },
  {
    family: 'truncated_pickle',
    evidence: 'shared',
    patterns: [message`pickle data was truncated`],
  },
  {
    family: 'empty_file',
    evidence: 'shared',
    patterns: [message`EOFError: Ran out of input`],
  },
  {
    family: 'empty_file',
    evidence: 'needed',
    patterns: [message`EOFError`],
  },
  {
    family: 'not_a_pickle',
    evidence: 'shared',
    patterns: [message`invalid load key, ["'] (?<loadKey>[^"']{1,4}) ["']`],
  },
  {
    family: 'plain_pickle',
    evidence: 'own',
    patterns: [message`Invalid magic number; corrupt file`],
  },
  {
    family: 'mmap_legacy',
    evidence: 'own',
    patterns: [message`mmap can only be used with files saved with`],
  },
  {
    family: 'no_file',
    evidence: 'own',
    patterns: [
      message`(?:\[Errno 2\])? No such file or directory: ["'] (?<file>[^"']{1,300}\.(?:pth|pt|ckpt|pkl|bin|tar|safetensors)) ["']`,
    ],
  },
  {
    family: 'torchscript',
    evidence: 'own',
    patterns: [message`Cannot use \`{0,2} weights_only=True \`{0,2} with TorchScript archives`],
  },
  {
    family: 'tar',
    evidence: 'own',
    patterns: [
      message`Cannot use \`{0,2} weights_only=True \`{0,2} with files saved in the legacy \.tar format`,
    ],
  },
  {
    family: 'load_other',
    evidence: 'own',
    head: weightsOnly,
    patterns: [message`WeightsUnpickler error: (?! Unsupported | Trying to load )`],
  },
  {
    family: 'load_other',
    evidence: 'shared',
    patterns: [
      message`unpickling stack underflow`,
      message`could not find MARK`,
      message`Memo value not found at index \d{1,10}`,
      message`NEWOBJ class argument must be a type`,
      message`Error while deserializing header`,
      message`Trying to resize storage that is not resizable`,
    ],
  },
];

/** Words that only loading leaves in a traceback. */
export const loading = message`torch\.load\( | serialization\.py | load_state_dict\( | _unpickler | find_class | restore_location`;
/** Frames of a traceback, as Python and as IPython write them. */
export const frames = message`File ["'][^"']{1,300}["'], line \d{1,7} | File [^"']{1,200}?:\d{1,7},? in | <ipython-input-\d`;
/** A DataLoader's worker unpickles too, and looks for classes there. */
export const spawning = message`multiprocessing[/\\]{1,2}(?:spawn|reduction|queues)\.py | spawn_main`;
