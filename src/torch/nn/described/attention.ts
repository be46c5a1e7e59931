/** `torch.nn.MultiheadAttention` (torch/nn/modules/activation.py) and the Linear it ends with (linear.py). */
import { PythonError } from '../../errors';
import { pyRepr } from '../../python/repr';
import { type PyValue, toNumber } from '../../python/values';
import { Parameter } from '../../tensor';
import { filled, xavierNormal, xavierUniform } from '../init';
import { Linear } from '../linear';
import { factory } from '../signature-text';
import type { Construction } from './construction';
import { described } from './row';

/** A Linear whose name keeps dynamic quantization away. */
export class NonDynamicallyQuantizableLinear extends Linear {
  static override readonly kind: string = 'NonDynamicallyQuantizableLinear';
  override readonly className = NonDynamicallyQuantizableLinear.kind;
}

export const MultiheadAttention = described('torch.nn.modules.activation', {
  kind: 'MultiheadAttention',
  signature:
    'embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, ' +
    `batch_first=False, ${factory}`,
  init(self) {
    const [width, heads] = [self.number('embed_dim'), self.number('num_heads')];
    checkSizes(self, width, heads);
    const [keys, values] = ['kdim', 'vdim'].map((name) => self.value(name) ?? self.value('embed_dim'));
    const sameWidth = toNumber(keys) === width && toNumber(values) === width;
    self.keep('embed_dim');
    self.set('kdim', keys);
    self.set('vdim', values);
    self.set('_qkv_same_embed_dim', sameWidth);
    self.keep('num_heads', 'dropout', 'batch_first');
    self.set('head_dim', Math.floor(width / heads));
    // The output projection is drawn when it is made, the input projections at the end.
    const output = self.make(NonDynamicallyQuantizableLinear, [width, width], { bias: self.value('bias') });
    self.child('out_proj', output);
    drawProjections(self, width, sameWidth, [keys, values]);
    const bias = self.flag('bias') ? new Parameter(filled([3 * width], 0)) : null;
    self.parameter('in_proj_bias', bias);
    if (bias) output.parameters.get('bias')?.float32Data().fill(0);
    for (const name of ['bias_k', 'bias_v']) {
      if (self.flag('add_bias_kv')) self.parameter(name, xavierNormal(self.generator, [1, 1, width]));
      else self.set(name, null);
    }
    self.keep('add_zero_attn');
  },
  completeState({ attributes }) {
    // Torch 1.1 and older projected all three from one width.
    if (!attributes.has('_qkv_same_embed_dim')) attributes.set('_qkv_same_embed_dim', true);
  },
});

function checkSizes(self: Construction, width: number, heads: number): void {
  if (width <= 0 || heads <= 0) {
    const [shownWidth, shownHeads] = ['embed_dim', 'num_heads'].map((name) => pyRepr(self.value(name)));
    throw new PythonError(
      'ValueError',
      `embed_dim and num_heads must be greater than 0, got embed_dim=${shownWidth} and num_heads=${shownHeads} instead`,
    );
  }
  if (width % heads !== 0)
    throw new PythonError('AssertionError', 'embed_dim must be divisible by num_heads');
}

/** One weight for query, key and value where they have one width, else a weight each. */
function drawProjections(
  self: Construction,
  width: number,
  sameWidth: boolean,
  [keys, values]: readonly PyValue[],
): void {
  const separate: readonly (readonly [string, number])[] = [
    ['q_proj_weight', width],
    ['k_proj_weight', toNumber(keys)],
    ['v_proj_weight', toNumber(values)],
  ];
  if (sameWidth) self.parameter('in_proj_weight', xavierUniform(self.generator, [3 * width, width]));
  for (const [name, from] of separate)
    self.parameter(name, sameWidth ? null : xavierUniform(self.generator, [width, from]));
  if (!sameWidth) self.parameter('in_proj_weight', null);
}
