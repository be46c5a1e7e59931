/** The shelf: files the learner saved or uploaded, kept in the kernel until they are discarded. */
import { Generator } from '../../torch/random/generator';
import type { ByteSource } from '../../torch/serialization/byte-source';
import type { Statement } from '../statements';
import type { ErrorView, ShelfFile } from '../views';
import { BlobSource } from './blob-source';
import { errorView } from './define';
import { fileCode } from './file-code';
import { accuracy } from './fit';
import type { Session } from './session';

export interface Kept {
  readonly data: Blob;
  /** The same, by ranges; another one once the file is written over. */
  readonly source: ByteSource;
  readonly view: ShelfFile;
  /** Accuracy in evaluation of the model that was saved; `null` for uploads. */
  readonly accuracy: number | null;
}

export class Shelf {
  private readonly files = new Map<string, Kept>();
  private written = 0;

  view(): ShelfFile[] {
    return [...this.files.values()].map(({ view }) => view);
  }

  get(name: string): Kept | null {
    return this.files.get(name) ?? null;
  }

  blobOf(name: string): Blob | null {
    return this.files.get(name)?.data ?? null;
  }

  sourceOf(name: string): ByteSource | null {
    return this.files.get(name)?.source ?? null;
  }

  /** A name that is not there copies nothing. */
  copy(name: string, as: string): void {
    const kept = this.files.get(name);
    if (kept) this.put({ ...kept, view: { ...kept.view, name: as } });
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
      const { savedParts } = await fileCode();
      const data = new Blob([...(await savedParts(session, defined, statement))] as BlobPart[]);
      const right = await accuracy(session, defined.model, 'eval', new Generator(0)).catch(() => null);
      await this.keep(file, data, 'saved', right);
      return null;
    } catch (error) {
      return errorView(error);
    }
  }

  /** Raises Refusal for a file that cannot be read. */
  async upload(name: string, data: Blob): Promise<void> {
    await this.keep(name, data, 'uploaded', null);
  }

  private async keep(
    name: string,
    data: Blob,
    origin: ShelfFile['origin'],
    right: number | null,
  ): Promise<void> {
    const { describeFile } = await fileCode();
    const source = new BlobSource(data);
    this.put({ data, source, view: await describeFile(name, source, origin), accuracy: right });
  }

  /** The newest file stands last, also when it takes the place of an older one. */
  private put(kept: Omit<Kept, 'view'> & { readonly view: Omit<ShelfFile, 'version'> }): void {
    const { name } = kept.view;
    this.files.delete(name);
    this.files.set(name, { ...kept, view: { ...kept.view, version: ++this.written } });
  }
}
