/** Parameters of the methods of `nn.Module` (torch/nn/modules/module.py). */
import { type BoundArguments, bind, type CallArguments, type ParameterSpec } from './signature';

const target: ParameterSpec = { name: 'target' };
const device: ParameterSpec = { name: 'device', default: null };
const prefix: ParameterSpec = { name: 'prefix', default: '' };
const recurse: ParameterSpec = { name: 'recurse', default: true };
const unrepeated: ParameterSpec = { name: 'remove_duplicate', default: true };
const child: readonly ParameterSpec[] = [{ name: 'name' }, { name: 'module' }];

export const moduleMethods = {
  add_module: child,
  bfloat16: [],
  children: [],
  cpu: [],
  cuda: [device],
  double: [],
  eval: [],
  float: [],
  get_buffer: [target],
  get_parameter: [target],
  get_submodule: [target],
  half: [],
  ipu: [device],
  load_state_dict: [
    { name: 'state_dict' },
    { name: 'strict', default: true },
    { name: 'assign', default: false },
  ],
  mtia: [device],
  named_buffers: [prefix, recurse, unrepeated],
  named_modules: [{ name: 'memo', default: null }, prefix, unrepeated],
  named_parameters: [prefix, recurse, unrepeated],
  parameters: [recurse],
  register_buffer: [{ name: 'name' }, { name: 'tensor' }, { name: 'persistent', default: true }],
  register_module: child,
  register_parameter: [{ name: 'name' }, { name: 'param' }],
  requires_grad_: [{ name: 'requires_grad', default: true }],
  train: [{ name: 'mode', default: true }],
  xpu: [device],
  zero_grad: [{ name: 'set_to_none', default: true }],
} as const satisfies Readonly<Record<string, readonly ParameterSpec[]>>;

export type ModuleMethod = keyof typeof moduleMethods;

/** Raises TypeError for arguments that the method does not take. */
export function bindMethod(method: ModuleMethod, call: CallArguments): BoundArguments {
  return bind('Module', moduleMethods[method], call, method);
}
