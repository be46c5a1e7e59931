/** What BatchNorm and InstanceNorm share (torch/nn/modules/batchnorm.py, _NormBase). */
import { pyStr } from '../python/repr';
import { sizesOf } from '../sizes';
import { Parameter, Tensor } from '../tensor';
import { filled, written } from './init';
import type { Module } from './module';
import type { BoundArguments } from './signature';

/** Version 2 added `num_batches_tracked`. */
export const NORM_VERSION = 2;

/** Arguments the layer keeps as attributes. */
const recorded = ['num_features', 'eps', 'momentum', 'affine', 'track_running_stats'];

export function initNorm({ attributes, parameters, buffers }: Module, args: BoundArguments): void {
  for (const name of recorded) attributes.set(name, args.get(name) ?? null);
  const features = args.get('num_features') ?? null;
  const affine = Boolean(args.get('affine'));
  const track = Boolean(args.get('track_running_stats'));
  const shape = affine ? sizesOf('empty', [features]) : track ? sizesOf('zeros', [features]) : [];
  parameters.set('weight', affine ? new Parameter(filled(shape, 1)) : null);
  parameters.set('bias', affine && args.get('bias') ? new Parameter(filled(shape, 0)) : null);
  buffers.set('running_mean', track ? filled(shape, 0) : null);
  buffers.set('running_var', track ? filled(shape, 1) : null);
  buffers.set('num_batches_tracked', track ? written(Tensor.int64([0], [])) : null);
}

/** 2.13 prints `bias=` after `affine=`. */
export function normRepr(layer: Module): string {
  const show = (name: string): string => pyStr(layer.attribute(name));
  const bias = layer.parameters.get('bias') ? 'True' : 'False';
  return (
    `${show('num_features')}, eps=${show('eps')}, momentum=${show('momentum')}, affine=${show('affine')}, ` +
    `bias=${bias}, track_running_stats=${show('track_running_stats')}`
  );
}
