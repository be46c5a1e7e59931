/** Pooling layers (torch/nn/modules/pooling.py). */
import { PythonError } from '../../errors';
import { pyRepr } from '../../python/repr';
import { toNumber } from '../../python/values';
import { ntuple, sizes } from '../tuples';
import type { Construction } from './construction';
import { described, type Row } from './row';

const windows = ['kernel_size={kernel_size}', 'stride={stride}', 'padding={padding}'];

/** Windows as tuples along n axes; without a stride they do not overlap. */
function tuples(self: Construction, n: number): void {
  const kernel = self.value('kernel_size');
  self.set('kernel_size', ntuple(kernel, n));
  self.set('stride', ntuple(self.value('stride') ?? kernel, n));
  self.set('padding', ntuple(self.value('padding'), n));
}

/** Windows as they were given. */
function given(self: Construction): void {
  self.keep();
  self.set('stride', self.value('stride') ?? self.value('kernel_size'));
}

function maxPool(kind: string): Row {
  return {
    kind,
    signature: 'kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False',
    initOwner: '_MaxPoolNd',
    init: given,
    repr: [...windows, 'dilation={dilation}', 'ceil_mode={ceil_mode}'],
  };
}

function maxUnpool(n: number): Row {
  return {
    kind: `MaxUnpool${n}d`,
    signature: 'kernel_size, stride=None, padding=0',
    init: (self) => tuples(self, n),
    repr: windows,
  };
}

const avgPools: readonly Row[] = [
  {
    kind: 'AvgPool1d',
    signature: 'kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True',
    init(self) {
      tuples(self, 1);
      self.keep('ceil_mode', 'count_include_pad');
    },
    repr: windows,
  },
  {
    kind: 'AvgPool3d',
    signature:
      'kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None',
    init: given,
    repr: windows,
    completeState({ attributes }) {
      for (const [name, value] of [
        ['padding', 0],
        ['ceil_mode', false],
        ['count_include_pad', true],
      ] as const)
        if (!attributes.has(name)) attributes.set(name, value);
    },
  },
];

function lpPool(kind: string): Row {
  return {
    kind,
    signature: 'norm_type, kernel_size, stride=None, ceil_mode=False',
    initOwner: '_LPPoolNd',
    repr: ['norm_type={norm_type}', 'kernel_size={kernel_size}', 'stride={stride}', 'ceil_mode={ceil_mode}'],
  };
}

function adaptiveAvgPool(kind: string): Row {
  return {
    kind,
    signature: 'output_size',
    initOwner: '_AdaptiveAvgPoolNd',
    repr: ['output_size={output_size}'],
  };
}

function adaptiveMaxPool(kind: string): Row {
  return {
    kind,
    signature: 'output_size, return_indices=False',
    initOwner: '_AdaptiveMaxPoolNd',
    repr: ['output_size={output_size}'],
  };
}

function fractionalMaxPool(n: number): Row {
  const kind = `FractionalMaxPool${n}d`;
  return {
    kind,
    signature: 'kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None',
    init(self) {
      const size = self.value('output_size');
      const ratio = self.value('output_ratio');
      if (n === 3) checkKernel(self);
      self.set('kernel_size', ntuple(self.value('kernel_size'), n));
      self.keep('return_indices');
      self.buffer('_random_samples');
      self.set('output_size', size === null ? null : ntuple(size, n));
      self.set('output_ratio', ratio === null ? null : ntuple(ratio, n));
      if (size === null && ratio === null)
        throw valueError(`${kind} requires specifying either an output size, or a pooling ratio`);
      if (size !== null && ratio !== null)
        throw valueError('only one of output_size and output_ratio may be specified');
      const shares = ratio === null ? [] : ntuple(ratio, n).items.map(toNumber);
      if (!shares.every((share) => 0 < share && share < 1))
        throw valueError(`output_ratio must be between 0 and 1 (got ${pyRepr(ratio)})`);
    },
  };
}

function checkKernel(self: Construction): void {
  const kernel = self.value('kernel_size');
  if (sizes(kernel, 3).every((size) => size > 0)) return;
  throw valueError(`kernel_size must be greater than 0, but got ${pyRepr(kernel)}`);
}

function valueError(message: string): PythonError {
  return new PythonError('ValueError', message);
}

const rows: readonly Row[] = [
  ...['MaxPool1d', 'MaxPool3d'].map(maxPool),
  ...[1, 2, 3].map(maxUnpool),
  ...avgPools,
  ...['LPPool1d', 'LPPool2d', 'LPPool3d'].map(lpPool),
  ...['AdaptiveAvgPool1d', 'AdaptiveAvgPool3d'].map(adaptiveAvgPool),
  ...['AdaptiveMaxPool1d', 'AdaptiveMaxPool2d', 'AdaptiveMaxPool3d'].map(adaptiveMaxPool),
  ...[2, 3].map(fractionalMaxPool),
];

export const poolings = rows.map((row) => described('torch.nn.modules.pooling', row));
