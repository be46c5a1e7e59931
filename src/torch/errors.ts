/**
 * Python's exceptions as one class. The exact text of each error stands beside the code that raises it;
 * here is only what Python adds when it shows one.
 */

/** Exception classes that live outside `builtins`, with the module a traceback shows before their name. */
const definedIn: Partial<Record<PythonErrorType, string>> = {
  SafetensorError: 'safetensors._safetensors_rust',
  error: 'struct',
  UnpicklingError: '_pickle',
  PicklingError: '_pickle',
};

export type PythonErrorType =
  | 'AssertionError'
  | 'AttributeError'
  | 'EOFError'
  | 'FileNotFoundError'
  | 'ImportError'
  | 'IndexError'
  | 'KeyError'
  | 'LookupError'
  | 'ModuleNotFoundError'
  | 'NameError'
  | 'NotImplementedError'
  | 'OSError'
  | 'OverflowError'
  | 'PicklingError'
  | 'RecursionError'
  | 'RuntimeError'
  | 'SafetensorError'
  | 'TypeError'
  | 'UnicodeDecodeError'
  | 'UnicodeEncodeError'
  | 'UnpicklingError'
  | 'ValueError'
  | 'error';

/** What PyTorch has and this program does not: never PyTorch's own error, and never shown as one. */
export class NotBuilt extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'NotBuilt';
  }
}

/** An exception that real PyTorch would raise, with its exact class and text. */
export class PythonError extends Error {
  readonly type: PythonErrorType;

  constructor(type: PythonErrorType, message: string) {
    super(message);
    this.name = 'PythonError';
    this.type = type;
  }

  /** Module of the exception class, `null` for builtins. */
  get module(): string | null {
    return definedIn[this.type] ?? null;
  }

  /** The last line of a traceback: `RuntimeError: mat1 and mat2 ...`. */
  get shown(): string {
    const name = this.module ? `${this.module}.${this.type}` : this.type;
    return this.message === '' ? name : `${name}: ${this.message}`;
  }
}
