import { describe, expect, test } from 'vitest';
import { firstNotebook } from './document';
import { plainProgram } from './load-program';
import { layoutOf, type Project, type ProjectClass, projectOf, runImport } from './project';
import { fileCode } from './project-code';
import {
  hasRoom,
  moduleFault,
  newPath,
  pathFault,
  withClass,
  withFile,
  withImport,
  withMoved,
  without,
} from './project-edits';
import { treeRows } from './project-tree';
import { firstSender, senderError, senderLayout } from './sender';

const net: ProjectClass = { className: 'Net', layers: 'same', forward: 'same' };
const project = projectOf({ ...plainProgram, className: 'Net', classHome: 'train' });

const names = ({ files }: Project) =>
  files.map(({ path, defines }) => (defines ? `${path} ${defines.className}` : path)).sort();
const says = ({ takes, className }: Project) => `from ${takes} import ${className}`;
const raised = (one: Project): string => {
  try {
    return runImport(one, '/p', 'name');
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a file that is moved', () => {
  test('takes the import of the script with it', () => {
    const moved = withMoved(project, 'train.py', 'src/net.py');
    expect(names(moved)).toEqual(['load.py', 'src/net.py Net']);
    expect(says(moved)).toBe('from src.net import Net');
    expect(says(withMoved(moved, 'src/net.py', 'src/__init__.py'))).toBe('from src import Net');
    expect(raised(moved)).toBe('class');
  });

  test('leaves the import where the script cannot reach it', () => {
    const inTools = withMoved(project, 'load.py', 'tools/load.py');
    expect(says(inTools)).toBe('from train import Net');
    expect(raised(inTools)).toBe("No module named 'train'");
    expect(raised(withMoved(inTools, 'train.py', 'tools/train.py'))).toBe('class');
  });

  test('behind a folder of its name is not found under it', () => {
    const shadowed = withFile(project, 'train/__init__.py');
    expect(raised(shadowed)).toBe("cannot import name 'Net' from 'train' (/p/train/__init__.py)");
    expect(raised(withFile(project, 'train/net.py'))).toBe('class');
  });
});

describe('a class', () => {
  test('takes its name in the script with it', () => {
    const renamed = withClass(project, 'train.py', { ...net, className: 'MyNet' });
    expect(says(renamed)).toBe('from train import MyNet');
    expect(says(withClass(withFile(renamed, 'b.py'), 'b.py', net))).toBe('from train import MyNet');
  });

  test('that goes leaves an import of nothing', () => {
    const empty = withClass(project, 'train.py', null);
    expect(raised(empty)).toBe("cannot import name 'Net' from 'train' (/p/train.py)");
    expect(raised(without(project, 'train.py'))).toBe("No module named 'train'");
    expect(layoutOf(empty, net)).toMatchObject({
      classIn: 'none',
      others: [{ path: 'train.py', defines: null }],
    });
  });

  test('is written in the script, or imported, or neither', () => {
    const here = withClass(project, 'load.py', net);
    expect([here.takes, names(here)]).toEqual(['__main__', ['load.py Net', 'train.py Net']]);
    expect(withClass(here, 'load.py', null).takes).toBe(null);
    const imported = withImport(here, 'train');
    expect([imported.takes, names(imported)]).toEqual(['train', ['load.py', 'train.py Net']]);
    expect(names(without(project, 'load.py'))).toEqual(names(project));
  });

  test('is shown as the Python of its file', () => {
    const code = (defines: ProjectClass | null) => fileCode(firstNotebook.network, { path: 'a.py', defines });
    expect(code(null)).toBe(null);
    expect(code(net)).toContain('class Net(nn.Module):\n    def __init__(self):');
    expect(code({ ...net, layers: 'wider' })).toContain('self.fc1 = nn.Linear(2, 32)');
    expect(code({ ...net, className: 'MyNet' })).toContain('class MyNet(nn.Module):');
  });
});

test('a path is one Python can import, and free', () => {
  const faults = (...paths: string[]) => paths.map((path) => pathFault(project, path, 'train.py'));
  expect(faults('train.py', 'a.py', 'src/__init__.py', 'a/b/c.py')).toEqual([null, null, null, null]);
  expect(faults('', 'a', '1.py', 'a-b.py', 'a/b/c/d.py', '/a.py', 'class.py', '__main__.py')).toEqual(
    Array(8).fill('form'),
  );
  expect(faults('torch.py', 'src/random.py', 'os/a.py')).toEqual(Array(3).fill('python'));
  expect(faults('load.py')).toEqual(['taken']);
  const modules = ['models.net', 'a b', 'torch.nn', 'load'].map((module) => moduleFault(project, module));
  expect(modules).toEqual([null, 'form', 'python', 'self']);
  expect(newPath(withFile(project, newPath(project)))).toBe('new_1.py');
  let full = project;
  while (hasRoom(full)) full = withFile(full, newPath(full));
  expect(full.files.length).toBe(12);
});

test('the choices move the class and leave the other files alone', () => {
  const layout = layoutOf(withFile(project, 'src/__init__.py'), net);
  expect(names(projectOf({ ...layout, classHome: 'src.train' }))).toEqual([
    'load.py',
    'src/__init__.py',
    'src/train.py Net',
  ]);
  expect(names(projectOf({ ...layout, classHome: '__main__' }))).toEqual(['load.py Net', 'src/__init__.py']);
});

test('a tree has folders first, then files, the script last, and what is gone', () => {
  const moved = withMoved(project, 'train.py', 'src/train.py');
  const drawn = treeRows(withFile(moved, 'a.py'), ['b.pth'], 'models/net.py').map(
    ({ name, level, holds, gone }) => `${'  '.repeat(level)}${name}${holds ?? ''}${gone ? ' gone' : ''}`,
  );
  expect(drawn).toEqual([
    'project/',
    '  models/ gone',
    '    net.py gone',
    '  src/',
    '    train.pyNet',
    '  a.py',
    '  load.py',
    '  b.pth',
  ]);
});

test('main.py that cannot have its class saves nothing', () => {
  expect(senderError(senderLayout(firstSender, 'train', 'Net'))).toBe(null);
  expect(senderError(senderLayout({ ...firstSender, classIn: 'none' }, 'train', 'Net'))).toEqual({
    type: 'ModuleNotFoundError',
    message: "No module named 'train'",
  });
  expect(senderError(senderLayout(firstSender, 'main', 'Net'))?.message).toContain('circular import');
});
