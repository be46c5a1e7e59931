/** The shelf: files the learner saved or uploaded, kept in the kernel until they are discarded. */
import { Generator } from '../../torch/random/generator';
import type { Statement } from '../statements';
import type { ErrorView, ShelfFile } from '../views';
import { errorView } from './define';
import { fileCode } from './file-code';
import { accuracy } from './fit';
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

  /** What `saveCode` says: a file of that name is written over. */
  async save(session: Session, statement: Extract<Statement, { type: 'save' }>): Promise<ErrorView | null> {
    const { defined } = session;
    if (!defined) return null;
    const { file } = statement;
    try {
      const { savedBytes, describeFile } = await fileCode();
      const bytes = await savedBytes(session, defined, statement);
      const right = await accuracy(session, defined.model, 'eval', new Generator(0)).catch(() => null);
      this.keep({ bytes, view: describeFile(file, bytes, 'saved'), accuracy: right });
      return null;
    } catch (error) {
      return errorView(error);
    }
  }

  async upload(name: string, bytes: Uint8Array): Promise<void> {
    const { describeFile } = await fileCode();
    this.keep({ bytes, view: describeFile(name, bytes, 'uploaded'), accuracy: null });
  }

  /** The newest file stands last, also when it takes the place of an older one. */
  private keep(kept: Kept): void {
    this.files.delete(kept.view.name);
    this.files.set(kept.view.name, kept);
  }
}
