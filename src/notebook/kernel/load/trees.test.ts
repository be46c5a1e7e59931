/** Random project folders, saved in one and loaded in another, as real Python did both (scripts/fixtures/make_trees.py). */
import { describe, expect, test } from 'vitest';
import { PythonError } from '../../../torch/errors';
import { UserModule } from '../../../torch/program/user-module';
import { Generator } from '../../../torch/random/generator';
import { moduleRepr } from '../../../torch/repr/module';
import { globalsInFile } from '../../../torch/serialization/globals-in-file';
import { save } from '../../../torch/serialization/save';
import { classOfNetwork } from '../../class-of-network';
import { firstNotebook } from '../../document';
import { friendClass } from '../../friend-class';
import { type LoadProgram, normalized, plainProgram, programKey } from '../../load-program';
import { loadScript } from '../../load-script';
import { ownClass } from '../../own-class';
import { layoutOf, type Project, projectOf, runImport } from '../../project';
import { execute } from './execute';
import { type FileOnShelf, readingFiles } from './shelf-reader';
import fixture from './testdata/trees.json';
import { traceback } from './traceback';

const { network, seed } = firstNotebook;
const plain = { layers: 'same', forward: 'same' } as const;

/** The module and the class a whole model names when this project saves it. Raises what its script raises. */
function saved(project: Project): { file: FileOnShelf; says: string | null } {
  if (runImport(project, '/home/you/project', 'name') === 'module')
    throw new PythonError('TypeError', "'module' object is not callable");
  const spec = classOfNetwork({ ...network, className: project.className });
  const model = UserModule.create(spec, new Generator(seed)).livingIn(project.takes as string);
  const bytes = save(model, 'tudui_whole_model.pth');
  const own = ownClass({ globals: globalsInFile(bytes) });
  return { file: { bytes, globals: globalsInFile(bytes) }, says: own && `${own.module} ${own.name}` };
}

function stateDict({ className }: Project): FileOnShelf {
  const model = UserModule.create(classOfNetwork({ ...network, className }), new Generator(seed));
  return { bytes: save(model.stateDict(), 'tudui_parameter.pth'), globals: [] };
}

function ending(program: LoadProgram, file: FileOnShelf) {
  const files = readingFiles(network, file, () => {});
  const { failed, keys, model } = execute(program, friendClass(network, program), files);
  const { code, statements } = loadScript(program);
  const said = { code: code.join('\n') };
  if (!failed) return { ...said, printed: keys ? keys.repr : model && moduleRepr(model) };
  const { error, statement } = failed;
  if (!(error instanceof PythonError)) return { ...said, error: 'refused' };
  const { line, stage } = statements[statement];
  const layers = model?.modules.keys() ?? [];
  const lines = traceback({
    ...{ program, stage, error, layers, line, isZip: true, weightsOnly: false, code: code[line] },
  }).map(({ text }) => text);
  const frame = lines.slice(1, /^ {4}[ ~^]*[~^]$/.test(lines[3]) ? 4 : 3).join('\n');
  return { ...said, error: lines.at(-1), line, frame };
}

const text = (id: number | undefined): string | undefined =>
  id === undefined ? undefined : fixture.texts[id];

const told = (project: Project): string =>
  `${project.script}, ${project.takes} ${project.className}: ${project.files
    .map(({ path, defines }) => (defines ? `${path} ${Object.values(defines)}` : path))
    .join('; ')}`;

describe('a project that saves:', () => {
  test.each(fixture.cases.map((c) => ({ name: told(c.mine as Project), c })))('$name', ({ c }) => {
    const mine = c.mine as Project;
    if (c.saveError === undefined) expect(saved(mine).says).toBe(c.saved);
    else expect(() => saved(mine)).toThrow(expect.objectContaining({ shown: text(c.saveError) }));
  });
});

describe('a project that loads what the other one saved:', () => {
  const loads = fixture.cases.filter(({ friends }) => friends);
  test.each(loads.map((c) => ({ name: `${c.program?.file}, ${told(c.friends as Project)}`, c })))(
    '$name',
    ({ c }) => {
      const program = {
        ...plainProgram,
        ...layoutOf(c.friends as Project, plain),
        ...c.program,
      } as LoadProgram;
      const mine = c.mine as Project;
      const want = {
        code: text(c.code),
        printed: c.error === undefined ? text(c.printed) : undefined,
        error: text(c.error),
        line: c.line,
        frame: text(c.frame),
      };
      const file = program.how === 'model' ? saved(mine).file : stateDict(mine);
      expect(ending(program, file)).toEqual(JSON.parse(JSON.stringify(want)));
    },
  );

  test('comes back whole from what the choices say of it', () => {
    for (const { friends } of loads) {
      const project = friends as Project;
      const layout = layoutOf(project, plain);
      expect(projectOf(layout)).toEqual(project);
      const program = { ...plainProgram, ...layout, file: 'a.pth', how: 'model' } as const;
      expect(normalized(program)).toEqual(program);
      expect(programKey({ ...program, others: [...layout.others].reverse() })).toBe(programKey(program));
    }
  });
});
