/** Real PyTorch, for tests that open what the page wrote or upload what PyTorch wrote. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The version whose behaviour the page shows. */
const wantedVersion = '2.13.';

export class PyTorch {
  readonly #python: string;

  constructor(python: string) {
    this.#python = python;
  }

  /**
   * Runs a program with `import sys, torch` done and `args` in `sys.argv[1:]`.
   * @returns what it printed
   * @throws with Python's own traceback where the program fails
   */
  run(program: string, ...args: string[]): string {
    const { status, stdout, stderr, error } = python(this.#python, `import sys, torch\n${program}`, args);
    if (status !== 0) throw new Error(`Python ended with ${status ?? error}\n${stderr}`);
    return stdout;
  }

  /** Like `run`, for a program that prints JSON. */
  json(program: string, ...args: string[]): unknown {
    return JSON.parse(this.run(program, ...args));
  }
}

let known: PyTorch | undefined | null = null;

/** Looks once per test process. */
export function findPyTorch(): PyTorch | undefined {
  if (known !== null) return known;
  const found = findPython();
  known = found === undefined ? undefined : new PyTorch(found);
  return known;
}

/** A Python with PyTorch: $MATCHBOOK_PYTHON, what .ci/run installed, then those on the path. */
export function findPython(): string | undefined {
  const asked = process.env.MATCHBOOK_PYTHON;
  const installed = ['.matchbook/python/bin/python', '.matchbook/python/Scripts/python.exe'];
  const local = installed.map((path) => join(process.cwd(), path)).filter((path) => existsSync(path));
  return (asked ? [asked] : [...local, 'python3', 'python']).find(hasPyTorch);
}

/** Asks the package's own record: importing torch takes seconds, and every program does it anyway. */
function hasPyTorch(path: string): boolean {
  const version = python(path, 'from importlib.metadata import version; print(version("torch"))', []);
  return version.stdout?.startsWith(wantedVersion) ?? false;
}

function python(path: string, program: string, args: string[]) {
  return spawnSync(path, ['-c', program, ...args], {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 2 ** 20,
  });
}
