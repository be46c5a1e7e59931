/** What crosses between the page and the kernel's worker. */
import type { LabCell, Statement } from '../statements';
import type { KernelView } from '../views';
import type { InspectionAnswer, InspectionRequest } from './inspect/inspections';

export type KernelRequest =
  | {
      readonly kind: 'execute';
      readonly id: number;
      readonly statements: readonly Statement[];
      readonly cell: LabCell | null;
    }
  | { readonly kind: 'file'; readonly id: number; readonly name: string }
  | { readonly kind: 'inspect'; readonly id: number; readonly request: InspectionRequest };

export type KernelMessage =
  | { readonly kind: 'view'; readonly view: KernelView }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  /** A defect of this program, not an error of PyTorch's. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** What a request is answered: nothing once statements have run. */
export type Answer = undefined | Blob | InspectionAnswer | null;
