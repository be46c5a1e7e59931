/** Transformers and their layers (torch/nn/modules/transformer.py). */
import { PythonError } from '../../errors';
import { PyGlobal, type PyValue } from '../../python/values';
import { GELU, ReLU } from '../activation';
import { cloneModule } from '../clone';
import { ModuleList } from '../container';
import { Dropout } from '../dropout';
import { refillXavierUniform } from '../init';
import { Linear } from '../linear';
import { Module } from '../module';
import { LayerNorm } from '../normalization';
import { factory } from '../signature-text';
import { MultiheadAttention } from './attention';
import type { Construction } from './construction';
import { described } from './row';

const path = 'torch.nn.modules.transformer';

/** `F.gelu` is written in C, and named where it is. */
const functions: ReadonlyMap<string, PyGlobal> = new Map([
  ['relu', new PyGlobal('torch.nn.functional', 'relu')],
  ['gelu', new PyGlobal('torch._C._nn', 'gelu')],
]);

const layerSignature =
  'd_model, nhead, dim_feedforward=2048, dropout=0.1, activation=F.relu, layer_norm_eps=1e-05, batch_first=False, ' +
  `norm_first=False, bias=True, ${factory}`;

/** `_get_activation_fn`. Raises RuntimeError for a name that is none of the two. */
function activationOf(self: Construction): PyValue {
  const given = self.value('activation');
  if (typeof given !== 'string') return given;
  const found = functions.get(given);
  if (found) return found;
  throw new PythonError('RuntimeError', `activation should be relu/gelu, not ${given}`);
}

function setActivation(self: Construction, activation: PyValue): void {
  if (activation instanceof Module) self.child('activation', activation);
  else self.set('activation', activation);
}

/** 1 for relu, 2 for gelu, as a function or as a layer: the encoder has a fast path for these. */
function fastActivation(activation: PyValue): number {
  const name = activation instanceof PyGlobal ? activation.name : '';
  if (activation instanceof ReLU || name === 'relu') return 1;
  return activation instanceof GELU || name === 'gelu' ? 2 : 0;
}

/** The submodules encoder and decoder layers have in common, in the order they are made. */
function fillLayer(self: Construction, attentions: readonly string[], count: number): void {
  const width = self.value('d_model');
  const [bias, dropout] = [self.value('bias'), self.value('dropout')];
  const attention = { dropout, bias, batch_first: self.value('batch_first') };
  for (const name of attentions)
    self.child(name, self.make(MultiheadAttention, [width, self.value('nhead')], attention));
  self.child('linear1', self.make(Linear, [width, self.value('dim_feedforward')], { bias }));
  self.child('dropout', self.make(Dropout, [dropout]));
  self.child('linear2', self.make(Linear, [self.value('dim_feedforward'), width], { bias }));
  self.keep('norm_first');
  const each = Array.from({ length: count }, (_, i) => i + 1);
  for (const i of each) self.child(`norm${i}`, normOf(self));
  for (const i of each) self.child(`dropout${i}`, self.make(Dropout, [dropout]));
}

function normOf(self: Construction): Module {
  return self.make(LayerNorm, [self.value('d_model')], {
    eps: self.value('layer_norm_eps'),
    bias: self.value('bias'),
  });
}

/** Torch 1.9 and older wrote no `activation`. */
function completeLayer({ attributes, modules }: Module): void {
  if (!attributes.has('activation') && !modules.has('activation'))
    attributes.set('activation', functions.get('relu') as PyGlobal);
}

const TransformerEncoderLayer = described(path, {
  kind: 'TransformerEncoderLayer',
  signature: layerSignature,
  init(self) {
    fillLayer(self, ['self_attn'], 2);
    const activation = activationOf(self);
    self.set('activation_relu_or_gelu', fastActivation(activation));
    setActivation(self, activation);
  },
  completeState: completeLayer,
});

const TransformerDecoderLayer = described(path, {
  kind: 'TransformerDecoderLayer',
  signature: layerSignature,
  init(self) {
    fillLayer(self, ['self_attn', 'multihead_attn'], 3);
    setActivation(self, activationOf(self));
  },
  completeState: completeLayer,
});

/** Copies of a layer: they begin with equal weights. */
function fillStack(self: Construction, layer: PyValue): void {
  if (!(layer instanceof Module)) throw new Error('a stack of what is no module');
  const copies = Array.from({ length: self.number('num_layers') }, () => cloneModule(layer));
  self.child('layers', ModuleList.of(copies));
  self.keep('num_layers');
  const norm = self.value('norm');
  if (norm instanceof Module) self.child('norm', norm);
  else self.set('norm', norm);
}

const TransformerEncoder = described(path, {
  kind: 'TransformerEncoder',
  signature: 'encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True',
  init(self) {
    const layer = self.value('encoder_layer');
    fillStack(self, layer);
    self.keep('enable_nested_tensor');
    self.set('use_nested_tensor', self.flag('enable_nested_tensor') && isFast(layer as Module));
    self.keep('mask_check');
  },
});

/** What `TransformerEncoder.__init__` asks of a layer before it takes nested tensors. */
function isFast(layer: Module): boolean {
  const attention = layer.modules.get('self_attn');
  if (!(layer instanceof TransformerEncoderLayer) || !attention) return false;
  const eps = (name: string): number | undefined => layer.modules.get(name)?.numberAttribute('eps');
  return (
    !layer.attribute('norm_first') &&
    attention.attribute('batch_first') === true &&
    attention.attribute('_qkv_same_embed_dim') === true &&
    Boolean(attention.parameters.get('in_proj_bias')) &&
    layer.attribute('activation_relu_or_gelu') !== 0 &&
    eps('norm1') === eps('norm2') &&
    attention.numberAttribute('num_heads') % 2 === 0
  );
}

const TransformerDecoder = described(path, {
  kind: 'TransformerDecoder',
  signature: 'decoder_layer, num_layers, norm=None',
  init: (self) => fillStack(self, self.value('decoder_layer')),
});

const Transformer = described(path, {
  kind: 'Transformer',
  signature:
    'd_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, ' +
    'activation=F.relu, custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, ' +
    `norm_first=False, bias=True, ${factory}`,
  init(self) {
    self.child('encoder', half(self, 'encoder', TransformerEncoderLayer, TransformerEncoder));
    self.child('decoder', half(self, 'decoder', TransformerDecoderLayer, TransformerDecoder));
    for (const [, parameter] of self.layer.namedParameters())
      if (parameter.shape.length > 1) refillXavierUniform(self.generator, parameter);
    self.keep('d_model', 'nhead', 'batch_first');
  },
});

/** A stack of its own, or the one that was given. */
function half(
  self: Construction,
  name: 'encoder' | 'decoder',
  layerClass: typeof TransformerEncoderLayer,
  stackClass: typeof TransformerEncoder,
): Module {
  const custom = self.value(`custom_${name}`);
  if (custom instanceof Module) return custom;
  const args = [
    'd_model',
    'nhead',
    'dim_feedforward',
    'dropout',
    'activation',
    'layer_norm_eps',
    'batch_first',
  ];
  const layer = self.make(
    layerClass,
    [...args, 'norm_first', 'bias'].map((argument) => self.value(argument)),
  );
  return self.make(stackClass, [layer, self.value(`num_${name}_layers`), normOf(self)]);
}

export const transformers = [
  TransformerEncoderLayer,
  TransformerDecoderLayer,
  TransformerEncoder,
  TransformerDecoder,
  Transformer,
];
