/** Runs the friend's program: nothing is imported and nothing executed, only what the load lab's choices can say. */
import { PythonError } from '../../../torch/errors';
import { type IncompatibleKeys, loadStateDict } from '../../../torch/nn/load-state-dict';
import { Module } from '../../../torch/nn/module';
import type { ClassSpec } from '../../../torch/program/class-spec';
import { Program } from '../../../torch/program/program';
import { UserModule } from '../../../torch/program/user-module';
import { shortTypeName, typeName } from '../../../torch/python/type-name';
import { PyDevice, PyDict, type PyValue } from '../../../torch/python/values';
import { Generator } from '../../../torch/random/generator';
import { load, noSuchFile } from '../../../torch/serialization/load';
import { Refusal } from '../../../torch/serialization/refusal';
import type { LoadProgram } from '../../load-program';
import type { Stage } from './traceback';

/** Folder of the friend's script, as it stands in messages. */
const DIRECTORY = '/home/friend/project';

export interface Failed {
  readonly stage: Stage;
  /** Which of the loading statements raised. */
  readonly statement: number;
  readonly error: PythonError | Refusal;
}

export interface Executed {
  readonly model: Module | null;
  /** What torch.load gave, when it got that far. */
  readonly loaded: PyValue | undefined;
  readonly keys: IncompatibleKeys | null;
  readonly failed: Failed | null;
}

/** `bytes` is `null` when the file is not there. `spec` is the friend's `Net`. */
export function execute(program: LoadProgram, spec: ClassSpec, bytes: Uint8Array | null): Executed {
  const out: { -readonly [K in keyof Executed]: Executed[K] } = {
    model: null,
    loaded: undefined,
    keys: null,
    failed: null,
  };
  const statements = statementsOf(program, spec, bytes, out);
  for (const [i, [stage, run]] of statements.entries()) {
    try {
      run();
    } catch (error) {
      if (!(error instanceof PythonError || error instanceof Refusal)) throw error;
      out.failed = { stage, statement: i, error };
      break;
    }
  }
  return out;
}

function statementsOf(
  program: LoadProgram,
  spec: ClassSpec,
  bytes: Uint8Array | null,
  out: { -readonly [K in keyof Executed]: Executed[K] },
): readonly (readonly [Stage, () => void])[] {
  const loadFile = (): void => {
    out.loaded = torchLoad(program, spec, bytes);
  };
  const evaluate = (): void => {
    if (out.model) out.model.eval();
    else
      throw new PythonError(
        'AttributeError',
        `'${instanceName(out.loaded ?? null)}' object has no attribute 'eval'`,
      );
  };
  if (program.how === 'model') {
    return [
      [
        'load',
        () => {
          loadFile();
          out.model = out.loaded instanceof Module ? out.loaded : null;
        },
      ],
      ['eval', evaluate],
    ];
  }
  return [
    [
      'construct',
      () => {
        if (program.classHome === 'missing') throw new PythonError('NameError', "name 'Net' is not defined");
        out.model = UserModule.create(spec, new Generator(0), moduleOf(program));
      },
    ],
    ['load', loadFile],
    [
      'load_state_dict',
      () => {
        out.keys = loadStateDict(out.model as Module, out.loaded ?? null, { strict: program.strict });
      },
    ],
    ['eval', evaluate],
  ];
}

/** Classes written in C carry their module in an AttributeError, others do not. */
function instanceName(value: PyValue): string {
  return value instanceof PyDict ? typeName(value) : shortTypeName(value);
}

function moduleOf({ classHome }: LoadProgram): string {
  return classHome === 'main' || classHome === 'missing' ? '__main__' : classHome;
}

function torchLoad(program: LoadProgram, spec: ClassSpec, bytes: Uint8Array | null): PyValue {
  if (!bytes) throw noSuchFile(program.file);
  return load(bytes, {
    fileName: program.file,
    program: friendProgram(program, spec),
    ...(program.weightsOnly === 'False' && { weightsOnly: false }),
    ...(program.mapLocation === 'cpu' && { mapLocation: new PyDevice('cpu') }),
  });
}

function friendProgram({ classHome }: LoadProgram, spec: ClassSpec): Program {
  const base = { directory: DIRECTORY, mainRepr: `<module '__main__' from '${DIRECTORY}/load.py'>` };
  if (classHome === 'main') return new Program({ ...base, main: [spec] });
  if (classHome === 'missing') return new Program(base);
  return new Program({
    ...base,
    files: new Map([[`${classHome.replaceAll('.', '/')}.py`, [spec]]]),
    fromImports: [[classHome, spec.className]],
  });
}
