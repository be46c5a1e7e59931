/** Runs the friend's program statement by statement: nothing is imported and nothing executed, only what the load lab's choices can say. */
import { PythonError } from '../../../torch/errors';
import { DataParallel } from '../../../torch/nn/data-parallel';
import { checkInputOnCpu } from '../../../torch/nn/device-mismatch';
import { type IncompatibleKeys, loadStateDict } from '../../../torch/nn/load-state-dict';
import { Module } from '../../../torch/nn/module';
import { OptimizedModule } from '../../../torch/nn/optimized-module';
import type { ClassSpec } from '../../../torch/program/class-spec';
import { UserModule } from '../../../torch/program/user-module';
import type { PyValue } from '../../../torch/python/values';
import { Generator } from '../../../torch/random/generator';
import { Refusal } from '../../../torch/serialization/refusal';
import { type LoadProgram, normalized } from '../../load-program';
import { CALL_SHAPE, loadScript, type Stage } from '../../load-script';
import { type Project, pathOf, projectOf, runImport } from '../../project';
import { DIRECTORY } from './friend-program';
import { attributeOf, itemOf, notCallable, withoutPrefix } from './python-values';
import { changedSince, onMeta, snapshot } from './tensors';

export interface Failed {
  /** What failed. */
  readonly stage: Stage;
  /** Which of the script's statements raised. */
  readonly statement: number;
  readonly error: PythonError | Refusal;
}

export interface Executed {
  /** What `model` is in the end, where it is a module. */
  readonly model: Module | null;
  /** What torch.load gave, when it got that far. */
  readonly loaded: PyValue | undefined;
  /** What went into `load_state_dict`. */
  readonly stateDict: PyValue | undefined;
  readonly keys: IncompatibleKeys | null;
  /** What load_state_dict found missing and unexpected, also where it raised. */
  readonly report: IncompatibleKeys | null;
  /** Keys of the model whose values load_state_dict changed, also where it raised. */
  readonly changed: readonly string[];
  readonly failed: Failed | null;
}

export interface Files {
  /** `torch.load` of the program's file. */
  load(program: LoadProgram): PyValue;
  /** Without data: the model's own tensors hold none either. */
  readonly dataless: boolean;
}

/** `spec` is the class the script gets. */
export function execute(chosen: LoadProgram, spec: ClassSpec, files: Files): Executed {
  const program = normalized(chosen);
  const run = new Run(program, spec, files);
  const { statements } = loadScript(program);
  for (const [i, { stage }] of statements.entries()) {
    try {
      run[stage]();
    } catch (error) {
      if (!(error instanceof PythonError || error instanceof Refusal)) throw error;
      // Run again by the load itself, the script fails there first.
      const statement = run.isRunAgain() ? statements.findIndex((one) => one.stage === 'load') : i;
      run.failed = { stage, statement, error };
      break;
    }
  }
  const { loaded, stateDict, keys, report, changed, failed } = run;
  const model = run.model instanceof Module ? run.model : null;
  return { model, loaded, stateDict, keys, report, changed, failed };
}

/** The script's variables, and a method for each statement that works on them. */
class Run implements Record<Stage, () => void> {
  private readonly program: LoadProgram;
  private readonly spec: ClassSpec;
  private readonly files: Files;
  private readonly project: Project;
  private isModule = false;
  model: PyValue | IncompatibleKeys = null;
  loaded: PyValue | undefined;
  stateDict: PyValue | undefined;
  keys: IncompatibleKeys | null = null;
  report: IncompatibleKeys | null = null;
  changed: readonly string[] = [];
  failed: Failed | null = null;

  constructor(program: LoadProgram, spec: ClassSpec, files: Files) {
    this.program = program;
    this.spec = spec;
    this.files = files;
    this.project = projectOf(program);
  }

  import(): void {
    runImport(this.project, DIRECTORY, 'module');
  }

  import_from(): void {
    this.isModule = runImport(this.project, DIRECTORY, 'name') === 'module';
  }

  alias(): void {}

  allow(): void {
    if (this.program.safeGlobals.includes(this.program.className)) this.requireClass();
  }

  construct(): void {
    this.requireClass();
    // `from models import Net`, where `Net` is `models/Net.py`.
    if (this.isModule) throw new PythonError('TypeError', "'module' object is not callable");
    const model = UserModule.create(this.spec, new Generator(0), this.program.classHome ?? '__main__');
    this.model = this.files.dataless ? onMeta(model) : model;
  }

  wrap(): void {
    const model = this.model as Module;
    this.model = this.program.wrap === 'compile' ? OptimizedModule.of(model) : DataParallel.of(model);
  }

  load(): void {
    this.loaded = this.files.load(this.program);
    this.stateDict = this.loaded;
    if (this.program.how === 'model') this.model = this.loaded;
  }

  entry(): void {
    this.stateDict = itemOf(this.loaded ?? null, this.program.entry ?? '');
  }

  strip(): void {
    this.stateDict = withoutPrefix(this.stateDict ?? null, this.program.strip ?? '');
  }

  load_state_dict(): void {
    const { how, file, strict } = this.program;
    const model = this.model as Module;
    const before = this.files.dataless ? null : snapshot(model);
    try {
      const stateDict = how === 'path' ? file : (this.stateDict ?? null);
      const onKeys = (report: IncompatibleKeys): void => {
        this.report = report;
      };
      this.keys = loadStateDict(model, stateDict, { strict, onKeys });
      if (how === 'assigned') this.model = this.keys;
    } finally {
      if (before) this.changed = changedSince(model, before);
    }
  }

  eval(): void {
    const { model } = this;
    if (!(model instanceof Module)) throw attributeOf(model, 'eval');
    model.eval();
  }

  call(): void {
    const { model } = this;
    if (!(model instanceof Module)) throw notCallable(model);
    checkInputOnCpu(model, this.program.torch);
    model.outputShape(CALL_SHAPE);
  }

  /** Whether the file names the script's own module, which has to be imported then. */
  isRunAgain(): boolean {
    const { loaded, project } = this;
    return loaded instanceof UserModule && pathOf(project, loaded.moduleName) === project.script;
  }

  private requireClass(): void {
    const { classHome, className } = this.program;
    if (classHome === null) throw new PythonError('NameError', `name '${className}' is not defined`);
  }
}
