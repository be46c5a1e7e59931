/** The shelf: files the learner saved or uploaded, kept in the kernel until they are discarded. */
import { Generator } from '../../torch/random/generator';
import type { ByteSource } from '../../torch/serialization/byte-source';
import { openFile } from '../../torch/serialization/describe/open-file';
import { globalText } from '../../torch/serialization/describe/python-text';
import type { Statement } from '../statements';
import type { ErrorView, ShelfFile } from '../views';
import { BlobSource } from './blob-source';
import { errorView } from './define';
import { accuracy } from './fit';
import { savedParts } from './saved';
import type { Session } from './session';

export interface Kept {
  readonly data: Blob;
  /** The same, by ranges; another one once the file is written over. */
  readonly source: ByteSource;
  readonly view: ShelfFile;
  /** Accuracy in evaluation of the model that was saved; `null` for uploads. */
  readonly accuracy: number | null;
}

/** Keys the page lists of one file. */
const LISTED = 500;

export class Shelf {
  private readonly files = new Map<string, Kept>();

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

  discard(name: string): void {
    this.files.delete(name);
  }

  /** What `saveCode` says: a file of that name is written over. */
  async save(session: Session, statement: Extract<Statement, { type: 'save' }>): Promise<ErrorView | null> {
    const { defined } = session;
    if (!defined) return null;
    const { file } = statement;
    try {
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

  /** The newest file stands last, also when it takes the place of an older one. */
  private async keep(
    name: string,
    data: Blob,
    origin: ShelfFile['origin'],
    right: number | null,
  ): Promise<void> {
    const source = new BlobSource(data);
    const view = await describe(name, source, origin);
    this.files.delete(name);
    this.files.set(name, { data, source, view, accuracy: right });
  }
}

/** What a file is, told by its content, without running any of it or reading its tensors. */
async function describe(name: string, source: ByteSource, origin: ShelfFile['origin']): Promise<ShelfFile> {
  const { description } = await openFile(source);
  const { identity: verdict, tensors, pickles } = description;
  const { id } = verdict;
  const listed = id === 'state_dict' ? tensors.filter(({ path }) => path.length === 1).slice(0, LISTED) : [];
  const globals = pickles.flatMap((pickle) => pickle.globals.map(globalText));
  return {
    name,
    kind: id === 'state_dict' || id === 'model' ? id : 'other',
    bytes: source.size,
    origin,
    verdict,
    keys: listed.map(({ name: key, shape, dtype }) => ({ name: key, shape, dtype })),
    globals: [...new Set(globals)],
  };
}
