/** What `torch.serialization.add_safe_globals` needs for a file, as the names stand in code. */
import { classesByPath } from '../../../torch/nn/registry';
import { allowedGlobals } from '../../../torch/serialization/pickle/names';

/** `torch.nn.Linear` for `torch.nn.modules.linear.Linear`; `null` for anything but a layer of torch. */
export function safeName(path: string): string | null {
  return classesByPath.has(path) ? path.replace(/^torch\.nn\.modules\.\w+\./, 'torch.nn.') : null;
}

/**
 * The layers of torch a file names that no load takes by itself, beside the learner's own class; `null` where it names
 * something no list should hold.
 */
export function layersToAllow(globals: readonly string[], ownClass: string | null): string[] | null {
  const others = globals.filter(
    (path) => path !== ownClass && !allowedGlobals.has(path.replace(/^__builtin__\./, 'builtins.')),
  );
  const names = others.map(safeName);
  return names.includes(null) ? null : [...new Set(names as string[])];
}
