/** Layers that rearrange or resize (torch/nn/modules/flatten.py, fold.py, pixelshuffle.py, channelshuffle.py, upsampling.py). */
import { PythonError } from '../../errors';
import { pyRepr } from '../../python/repr';
import { shortTypeName } from '../../python/type-name';
import { PyFloat, PyTuple, type PyValue, toNumber } from '../../python/values';
import type { Part } from '../extra-repr';
import type { Construction } from './construction';
import { described, type Row } from './row';

const unflatten: Row = {
  kind: 'Unflatten',
  signature: 'dim, unflattened_size',
  init(self) {
    checkInts(self.value('unflattened_size'));
    self.keep();
  },
  repr: ['dim={dim}', 'unflattened_size={unflattened_size}'],
};

/** `_require_tuple_int`: raises TypeError. */
function checkInts(size: PyValue): void {
  const items = size instanceof PyTuple ? size.items : size;
  if (!Array.isArray(items)) {
    throw new PythonError(
      'TypeError',
      `unflattened_size must be a tuple of ints, but found type ${shortTypeName(size)}`,
    );
  }
  const odd = items.findIndex((item) => typeof item !== 'number' && typeof item !== 'boolean');
  if (odd === -1) return;
  throw new PythonError(
    'TypeError',
    `unflattened_size must be tuple of ints, but found element of type ${shortTypeName(items[odd])} at pos ${odd}`,
  );
}

const sliding = ['kernel_size={kernel_size}', 'dilation={dilation}', 'padding={padding}', 'stride={stride}'];

const folds: readonly Row[] = [
  {
    kind: 'Fold',
    signature: 'output_size, kernel_size, dilation=1, padding=0, stride=1',
    repr: ['output_size={output_size}', ...sliding],
  },
  { kind: 'Unfold', signature: 'kernel_size, dilation=1, padding=0, stride=1', repr: sliding },
];

const pixelShuffles: readonly Row[] = [
  { kind: 'PixelShuffle', signature: 'upscale_factor', repr: ['upscale_factor={upscale_factor}'] },
  { kind: 'PixelUnshuffle', signature: 'downscale_factor', repr: ['downscale_factor={downscale_factor}'] },
];

const channelShuffle: Row = { kind: 'ChannelShuffle', signature: 'groups', repr: ['groups={groups}'] };

/** How Upsample and its subclasses differ. */
interface Resize {
  readonly kind: string;
  readonly signature: string;
  readonly mode: (self: Construction) => PyValue;
  readonly alignCorners: (self: Construction) => PyValue;
}

const resizes: readonly Resize[] = [
  {
    kind: 'Upsample',
    signature:
      "size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None",
    mode: (self) => self.value('mode'),
    alignCorners: (self) => self.value('align_corners'),
  },
  {
    kind: 'UpsamplingNearest2d',
    signature: 'size=None, scale_factor=None',
    mode: () => 'nearest',
    alignCorners: () => null,
  },
  {
    kind: 'UpsamplingBilinear2d',
    signature: 'size=None, scale_factor=None',
    mode: () => 'bilinear',
    alignCorners: () => true,
  },
];

/** By factor where there is one, else to a size. */
const factorOrSize: Part = (layer) => {
  const factor = layer.attribute('scale_factor');
  return factor === null ? `size=${pyRepr(layer.attribute('size'))}` : `scale_factor=${pyRepr(factor)}`;
};

const upsamples = resizes.map(
  ({ kind, signature, mode, alignCorners }): Row => ({
    kind,
    signature,
    init(self) {
      self.set('name', kind);
      self.keep('size');
      self.set('scale_factor', factorOf(self.value('scale_factor')));
      self.set('mode', mode(self));
      self.set('align_corners', alignCorners(self));
      self.set('recompute_scale_factor', self.value('recompute_scale_factor'));
    },
    repr: [factorOrSize, 'mode={mode!r}'],
    completeState({ attributes }) {
      // Torch 1.5 and older always did.
      if (!attributes.has('recompute_scale_factor')) attributes.set('recompute_scale_factor', true);
    },
  }),
);

/** Factors are floats; 0 is none. */
function factorOf(given: PyValue): PyValue {
  const float = (value: PyValue): PyFloat => new PyFloat(toNumber(value));
  if (given instanceof PyTuple) return new PyTuple(given.items.map(float));
  return given === null || toNumber(given) === 0 ? null : float(given);
}

export const shapes = [
  described('torch.nn.modules.flatten', unflatten),
  ...folds.map((row) => described('torch.nn.modules.fold', row)),
  ...pixelShuffles.map((row) => described('torch.nn.modules.pixelshuffle', row)),
  described('torch.nn.modules.channelshuffle', channelShuffle),
  ...upsamples.map((row) => described('torch.nn.modules.upsampling', row)),
];
