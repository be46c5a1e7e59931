/** The friend's program as torch.load sees it: names of classes, the allow-list, the machine. */
import type { ClassSpec } from '../../../torch/program/class-spec';
import { Program } from '../../../torch/program/program';
import { PyDevice, PyGlobal } from '../../../torch/python/values';
import type { LoadOptions } from '../../../torch/serialization/load';
import type { SafeGlobals } from '../../../torch/serialization/pickle/restricted-unpickler';
import { weightsOnlyDefault } from '../../../torch/serialization/weights-only-default';
import type { LoadProgram } from '../../load-program';
import { modulePath } from '../../load-script';
import { safeName } from './allow-list';

/** Folder of the friend's script, as it stands in messages. */
const DIRECTORY = '/home/friend/project';

/** The friend's machine has one GPU or none. */
const GPUS = 1;

export function loadOptions(program: LoadProgram, spec: ClassSpec, globals: readonly string[]): LoadOptions {
  const { mapLocation, mmap, cuda, file } = program;
  return {
    fileName: file,
    program: friendProgram(program, spec),
    weightsOnly: weightsOnly(program),
    safeGlobals: safeGlobals(program, globals),
    cuda: cuda ? GPUS : 0,
    mmap,
    ...(mapLocation !== 'default' && { mapLocation: new PyDevice(mapLocation) }),
  };
}

export function weightsOnly({ weightsOnly: chosen, torch }: LoadProgram): boolean {
  return chosen === 'default' && weightsOnlyDefault(torch);
}

function friendProgram({ classHome, alias, python }: LoadProgram, spec: ClassSpec): Program {
  const base = { directory: DIRECTORY, mainRepr: `<module '__main__' from '${DIRECTORY}/load.py'>`, python };
  if (classHome === null) return new Program(base);
  const aliases = new Map(alias === null ? [] : [[alias, classHome]]);
  if (classHome === '__main__') return new Program({ ...base, aliases, main: [spec] });
  return new Program({
    ...base,
    aliases,
    files: new Map([[modulePath(classHome), [spec]]]),
    fromImports: [[classHome, spec.className]],
  });
}

/** The class by the module that defines it, torch's layers by the path the file gives them. */
function safeGlobals(
  { safeGlobals: names, classHome, className }: LoadProgram,
  globals: readonly string[],
): SafeGlobals {
  const paths = globals.filter((path) => names.includes(safeName(path) ?? ''));
  if (names.includes(className) && classHome !== null) paths.push(`${classHome}.${className}`);
  return new Map(
    paths.map((path) => {
      const dot = path.lastIndexOf('.');
      return [path, new PyGlobal(path.slice(0, dot), path.slice(dot + 1))];
    }),
  );
}
