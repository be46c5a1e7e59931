/** The program of a case: its classes, files and imports, and the names its allow-lists give. */

import { classesByPath } from '../../src/torch/nn/registry';
import type { ClassSpec } from '../../src/torch/program/class-spec';
import { Program } from '../../src/torch/program/program';
import { asList, asObject, classSpecs } from '../../src/torch/program/spec-json';
import { PyGlobal } from '../../src/torch/python/values';
import type { SafeGlobals } from '../../src/torch/serialization/pickle/restricted-unpickler';
import type { JsonObject } from './corpus-case';

export interface CaseProgram {
  readonly program: Program;
  /** Classes a `build` step may name, by module. */
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, ClassSpec>>;
}

export function caseProgram(env: JsonObject): CaseProgram {
  const main = classSpecs(env.main ?? []);
  const files = new Map<string, readonly ClassSpec[]>();
  const classes = new Map([['__main__', main]]);
  for (const [path, specs] of Object.entries(asObject(env.files ?? {}))) {
    // Python text is a file all the same; its classes are not known here.
    const known = typeof specs === 'string' ? new Map<string, ClassSpec>() : classSpecs(specs);
    files.set(path, [...known.values()]);
    classes.set(path.replace(/\.py$/, '').replaceAll('/', '.'), known);
  }
  const program = new Program({
    main: [...main.values()],
    files,
    fromImports: asList(env.from_imports ?? []).map((pair) => asList(pair).map(String) as [string, string]),
    aliases: new Map(Object.entries(asObject(env.alias ?? {})).map(([from, to]) => [from, String(to)])),
    directory: '<dir>',
    sitePackages: '<site-packages>',
  });
  return { program, classes };
}

/** `safe_globals([...])`: expressions that name a class, or `(class, "module.name")`. */
export function safeGlobals(expressions: readonly string[], program: Program): SafeGlobals {
  return new Map(
    expressions.map((expression): [string, PyGlobal] => {
      const pair = /^\((.+),\s*"(.+)"\)$/.exec(expression);
      const cls = classNamed(pair ? pair[1] : expression, program);
      return [pair ? pair[2] : `${cls.module}.${cls.name}`, cls];
    }),
  );
}

function classNamed(expression: string, program: Program): PyGlobal {
  const path = expression.replace(/^__import__\("(\w+)"\)/, '$1').replace(/^nn\./, 'torch.nn.');
  const parts = path.split('.');
  const name = parts.pop() as string;
  if (parts.length === 0) return program.findClass('__main__', name);
  if (parts.join('.') === 'torch.nn') {
    const known = [...classesByPath.keys()].find((full) => full.endsWith(`.${name}`));
    if (known) return new PyGlobal(known.slice(0, known.lastIndexOf('.')), name);
  }
  return new PyGlobal(parts.join('.'), name);
}
