/** A file of a project as the Python it holds. */
import { moduleSource } from '../torch/program/source';
import { friendClass } from './friend-class';
import type { NetworkSpec } from './network';
import type { ProjectFile } from './project';

/** Line by line; none for a file that defines nothing. */
export function fileCode(network: NetworkSpec, { defines }: ProjectFile): readonly string[] {
  return defines
    ? moduleSource([friendClass(network, defines)])
        .trimEnd()
        .split('\n')
    : [];
}
