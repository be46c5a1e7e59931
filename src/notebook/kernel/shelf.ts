/** The shelf: files the learner saved or uploaded, kept in the kernel until they are discarded. */
import { UserModule } from '../../torch/program/user-module';
import { save } from '../../torch/serialization/save';
import type { HomeModule, Statement } from '../statements';
import type { ErrorView, ShelfFile } from '../views';
import { errorView } from './define';
import type { Session } from './session';

export interface Kept {
  readonly bytes: Uint8Array;
  readonly view: ShelfFile;
  /** Accuracy in evaluation of the model that was saved; `null` for uploads. */
  readonly accuracy: number | null;
}

export class Shelf {
  private readonly files = new Map<string, Kept>();

  view(): ShelfFile[] {
    return [...this.files.values()].map(({ view }) => view);
  }

  get(name: string): Kept | null {
    return this.files.get(name) ?? null;
  }

  bytesOf(name: string): Uint8Array | null {
    return this.files.get(name)?.bytes ?? null;
  }

  discard(name: string): void {
    this.files.delete(name);
  }

  save(session: Session, statement: Extract<Statement, { type: 'save' }>): ErrorView | null {
    void [session, statement, UserModule, save, errorView];
    return null;
  }

  async upload(name: string, bytes: Uint8Array): Promise<void> {
    void [name, bytes];
  }
}
export type { HomeModule };
