/** The friend's program as torch.load sees it: names of classes, the allow-list, the machine. */
import { Program } from '../../../torch/program/program';
import { PyDevice, PyGlobal } from '../../../torch/python/values';
import type { LoadOptions } from '../../../torch/serialization/load';
import type { SafeGlobals } from '../../../torch/serialization/pickle/restricted-unpickler';
import { weightsOnlyDefault } from '../../../torch/serialization/weights-only-default';
import { friendClass } from '../../friend-class';
import type { LoadProgram } from '../../load-program';
import type { NetworkSpec } from '../../network';
import { folderOf, projectOf } from '../../project';
import { safeName } from './allow-list';

/** Folder of the friend's project, as it stands in messages. */
export const DIRECTORY = '/home/friend/project';

/** The friend's machine has one GPU or none. */
const GPUS = 1;

export function loadOptions(
  program: LoadProgram,
  network: NetworkSpec,
  globals: readonly string[],
): LoadOptions {
  const { mapLocation, mmap, cuda, file } = program;
  return {
    fileName: file,
    program: friendProgram(program, network),
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

function friendProgram(program: LoadProgram, network: NetworkSpec): Program {
  const { classHome, className, alias, python } = program;
  const { script, files } = projectOf(program);
  const folder = folderOf(script);
  const defined = files.map(
    ({ path, defines }) => [path, defines ? [friendClass(network, defines)] : []] as const,
  );
  const imports = classHome !== null && classHome !== '__main__';
  return new Program({
    directory: folder === '' ? DIRECTORY : `${DIRECTORY}/${folder.slice(0, -1)}`,
    mainRepr: `<module '__main__' from '${DIRECTORY}/${script}'>`,
    python,
    script: script.slice(folder.length),
    main: new Map(defined).get(script) ?? [],
    files: new Map(
      defined.flatMap(([path, classes]) =>
        path.startsWith(folder) ? [[path.slice(folder.length), classes]] : [],
      ),
    ),
    fromImports: imports ? [[classHome, className]] : [],
    aliases: new Map(alias === null || classHome === null ? [] : [[alias, classHome]]),
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
