/** A module tree as lines, without what lies in a closed module. */
import type { ModuleNode } from '../../notebook/views/inspection';

export interface TreeLine {
  readonly node: ModuleNode;
  readonly depth: number;
}

/** `closed` holds paths. Walked without recursion: a file may nest as deep as it likes. */
export function treeLines(root: ModuleNode, closed: ReadonlySet<string>): TreeLine[] {
  const lines: TreeLine[] = [];
  const waiting: TreeLine[] = [{ node: root, depth: 0 }];
  for (let line = waiting.pop(); line; line = waiting.pop()) {
    const { node, depth } = line;
    lines.push(line);
    if (closed.has(node.path)) continue;
    for (const child of node.modules.toReversed()) waiting.push({ node: child, depth: depth + 1 });
  }
  return lines;
}
