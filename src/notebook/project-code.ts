/** A file of a project as the Python it holds. */
import { moduleSource } from '../torch/program/source';
import { friendClass } from './friend-class';
import type { NetworkSpec } from './network';
import type { ProjectFile } from './project';

/** `null` for a file that defines nothing. */
export function fileCode(network: NetworkSpec, { defines }: ProjectFile): string | null {
  return defines && moduleSource([friendClass(network, defines)]).trimEnd();
}
