/** What `torch.serialization.add_safe_globals` needs for a file, as the names stand in code. */
import { classesByPath } from '../torch/nn/registry';
import { allowedGlobals } from '../torch/serialization/pickle/names';

/** `torch.nn.Linear` for `torch.nn.modules.linear.Linear`; `null` for anything but a layer of torch. */
export function safeName(path: string): string | null {
  return classesByPath.has(path) ? path.replace(/^torch\.nn\.modules\.\w+\./, 'torch.nn.') : null;
}

/** The whole list for a file that names these, its own class first; `null` where it would hold what no list should. */
export function allowList(globals: readonly string[], ownClass: string, className: string): string[] | null {
  const unsafe = globals.filter((path) => !allowedGlobals.has(path.replace(/^__builtin__\./, 'builtins.')));
  const names = unsafe.map((path) => (path === ownClass ? className : safeName(path)));
  if (names.includes(null) || !names.includes(className)) return null;
  const others = names.filter((name): name is string => name !== null && name !== className);
  return [className, ...new Set(others)];
}
