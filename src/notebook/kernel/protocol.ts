/** What crosses between the page and the kernel's worker. */
import type { LabCell, Statement } from '../statements';
import type { KernelView } from '../views';

export type KernelRequest =
  | {
      readonly kind: 'execute';
      readonly id: number;
      readonly statements: readonly Statement[];
      readonly cell: LabCell | null;
    }
  | { readonly kind: 'file'; readonly id: number; readonly name: string };

export type KernelMessage =
  | { readonly kind: 'view'; readonly view: KernelView }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'file'; readonly id: number; readonly blob: Blob | null }
  /** A defect of this program, not an error of PyTorch's. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
