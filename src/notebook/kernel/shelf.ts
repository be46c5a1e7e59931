/** The shelf: files the learner saved or uploaded, kept in the kernel until they are discarded. */
import { Generator } from '../../torch/random/generator';
import type { ByteSource } from '../../torch/serialization/byte-source';
import { Refusal } from '../../torch/serialization/refusal';
import { copyCode, epochsDone, saveCode, writtenCode } from '../code';
import type { KeptFile, Statement } from '../statements';
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
}

type Came = Pick<ShelfFile, 'origin' | 'restored' | 'accuracy' | 'code'>;

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
  async copy(statement: Extract<Statement, { type: 'copy' }>): Promise<void> {
    const { file, as, bytes } = statement;
    const kept = this.files.get(file);
    if (!kept) return;
    const { origin, accuracy: right, code: before } = kept.view;
    const code = before && `${before}\n${copyCode(statement)}`;
    const came = { origin, restored: false, accuracy: right, code };
    if (bytes === undefined) this.put({ ...kept, view: { ...kept.view, ...came, name: as } });
    else await this.keep(as, kept.data.slice(0, bytes), came);
  }

  /** A file that no torch.save wrote. */
  async write({ file, what }: Extract<Statement, { type: 'write' }>): Promise<void> {
    const { writtenBytes } = await fileCode();
    const data = new Blob([writtenBytes(what) as BlobPart]);
    const code = writtenCode(what, file);
    await this.keep(file, data, { origin: 'saved', restored: false, accuracy: null, code });
  }

  discard(name: string): void {
    this.files.delete(name);
  }

  /** What `saveCode` says: a file of that name is written over. */
  async save(session: Session, statement: Extract<Statement, { type: 'save' }>): Promise<ErrorView | null> {
    const { defined } = session;
    if (!defined) return null;
    const { file, what } = statement;
    try {
      const { savedParts } = await fileCode();
      const data = new Blob([...(await savedParts(session, defined, statement))] as BlobPart[]);
      const right = await accuracy(session, defined.model, 'eval', new Generator(0)).catch(() => null);
      const code = saveCode(what, file, epochsDone(session.training.loss.length, session.data.n));
      await this.keep(file, data, { origin: 'saved', restored: false, accuracy: right, code });
      return null;
    } catch (error) {
      return errorView(error);
    }
  }

  /** Raises Refusal for a file that cannot be read. */
  async upload(name: string, data: Blob): Promise<void> {
    await this.keep(name, data, { origin: 'uploaded', restored: false, accuracy: null, code: null });
  }

  /** A file that can no longer be read is left out. */
  async restore(files: readonly KeptFile[]): Promise<void> {
    for (const { name, data, origin, accuracy: right, code } of files) {
      if (this.files.has(name)) continue;
      await this.keep(name, data, { origin, restored: true, accuracy: right, code }).catch((error) => {
        if (!(error instanceof Refusal)) throw error;
      });
    }
  }

  private async keep(name: string, data: Blob, came: Came): Promise<void> {
    const { describeFile } = await fileCode();
    const source = new BlobSource(data);
    this.put({ data, source, view: { ...(await describeFile(name, source)), ...came } });
  }

  /** The newest file stands last, also when it takes the place of an older one. */
  private put(kept: Omit<Kept, 'view'> & { readonly view: Omit<ShelfFile, 'version'> }): void {
    const { name } = kept.view;
    this.files.delete(name);
    this.files.set(name, { ...kept, view: { ...kept.view, version: ++this.written } });
  }
}
