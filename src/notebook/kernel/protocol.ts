/** What crosses between the page and the kernel's worker. */
import type { LabCell, Statement } from '../statements';
import type { KernelView } from '../views';
import type { InspectionAnswer, InspectionRequest } from './inspect/inspections';

/** Statements that were run together, from the lab that sent them. */
export interface Batch {
  readonly statements: readonly Statement[];
  readonly cell: LabCell | null;
}

export type Ask =
  | ({ readonly kind: 'execute' } & Batch)
  /** What an earlier kernel has done, done again; shown once, when all of it is. */
  | { readonly kind: 'replay'; readonly batches: readonly Batch[] }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'inspect'; readonly request: InspectionRequest };

/** Before anything else: the lock that tells of the worker's end. */
export interface Birth {
  readonly kind: 'live';
  readonly lock: string;
}

/** What `id` asked is no longer wanted: a long reading ends, and is answered `null`. */
export interface Cancel {
  readonly kind: 'cancel';
  readonly id: number;
}

export type KernelRequest = { readonly kind: 'ask'; readonly id: number; readonly ask: Ask } | Birth | Cancel;

export type KernelMessage =
  | { readonly kind: 'living' }
  | { readonly kind: 'view'; readonly view: KernelView }
  /** Bytes that a long reading has done of all there are. */
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  /** A defect of this program, not an error of PyTorch's. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** What is answered: nothing once statements have run. */
export type Answer = undefined | Blob | InspectionAnswer | null;
