/** Reads which files and names a TypeScript file uses, from its syntax: a comment or a string is neither. */
import { parseSync } from 'vite';

/**
 * Everything a file reaches: imports, exports from, import(), import types, globs, and `new URL(..., import.meta.url)`,
 * by which workers and assets come in. A test reads its fixtures by such addresses, and they are no part of the page.
 */
export function specifiers(path: string, source: string): string[] {
  const found: string[] = [];
  const isTest = /\.test\.tsx?$/.test(path);
  for (const node of nodes(parse(path, source))) {
    if ('source' in node && node.source) found.push(address(path, node.source));
    if (node.type === 'TSExternalModuleReference') found.push(address(path, node.expression));
    if (
      node.type === 'NewExpression' &&
      isName(node.callee, 'URL') &&
      isMeta(node.arguments?.[1], 'url') &&
      !isTest
    ) {
      found.push(address(path, node.arguments?.[0]));
    }
    if (node.type === 'CallExpression' && isMeta(node.callee, 'glob')) {
      const [patterns] = node.arguments ?? [];
      for (const pattern of patterns?.elements ?? [patterns]) found.push(address(path, pattern));
    }
  }
  return found.map((specifier) => specifier.replace(/^!|\?.*$|\.tsx?(\?.*)?$/g, ''));
}

/** A template counts with the folder it starts with. */
function address(path: string, node: Node | undefined): string {
  if (typeof node?.value === 'string') return node.value;
  const folder = node?.quasis?.[0]?.value.raw.match(/^.*\//)?.[0];
  if (folder) return folder;
  throw new Error(`${path}: an address that is put together cannot be checked`);
}

/** The free names a file uses, and the locals that hide them; of `Math` also which member. */
export function names(path: string, source: string): Set<string> {
  const keys = new Set<Node>();
  const found = new Set<string>();
  for (const node of nodes(parse(path, source))) {
    // `a.document` and `{ document: a }` are no names of their own; `{ document }` is.
    if (!node.computed && !node.shorthand)
      for (const key of [node.property, node.key]) if (key) keys.add(key);
    if (node.type === 'Identifier' && !keys.has(node) && node.name) found.add(node.name);
    if (node.type === 'MemberExpression' && isName(node.object, 'Math')) {
      found.add(`Math.${node.property?.name ?? node.property?.value ?? '?'}`);
    }
    // `const { random } = Math` and `const m = Math` would hide it.
    if (node.type === 'VariableDeclarator' && isName(node.init, 'Math')) found.add('Math.random');
  }
  return found;
}

/** What the checks read of a syntax tree (ESTree with TypeScript's nodes). */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly computed?: boolean;
  readonly shorthand?: boolean;
  readonly source?: Node | null;
  readonly expression?: Node;
  readonly callee?: Node;
  readonly arguments?: readonly Node[];
  readonly elements?: readonly Node[];
  readonly object?: Node;
  readonly property?: Node;
  readonly key?: Node;
  readonly init?: Node | null;
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
}

function parse(path: string, source: string): Node {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return program as unknown as Node;
}

/** A tree's nodes, a parent before its children. */
function* nodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodes(each);
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') yield value as Node;
    for (const each of Object.values(value)) yield* nodes(each);
  }
}

const isName = (node: Node | null | undefined, name: string) =>
  node?.type === 'Identifier' && node.name === name;
const isMeta = (node: Node | undefined, name: string) =>
  node?.type === 'MemberExpression' && node.object?.type === 'MetaProperty' && isName(node.property, name);
