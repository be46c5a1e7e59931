/** What a file is, told by its content, without running any of it or reading its tensors. */
import type { ByteSource } from '../../torch/serialization/byte-source';
import { openFile } from '../../torch/serialization/describe/open-file';
import { globalText } from '../../torch/serialization/describe/python-text';
import { classPath, ownClass } from '../own-class';
import type { ShelfFile } from '../views';
import { layersToAllow } from './load/allow-list';

/** What its content tells; the rest is how it came here. */
export type Described = Omit<ShelfFile, 'version' | 'origin' | 'restored' | 'accuracy' | 'code'>;

/** Keys the page lists of one file. */
const LISTED = 500;

export async function describeFile(name: string, source: ByteSource): Promise<Described> {
  const { description } = await openFile(source);
  const { identity: verdict, tensors, pickles } = description;
  const { id } = verdict;
  const listed = id === 'state_dict' ? tensors.filter(({ path }) => path.length === 1).slice(0, LISTED) : [];
  const globals = [...new Set(pickles.flatMap((pickle) => pickle.globals.map(globalText)))];
  const own = ownClass({ globals });
  return {
    name,
    kind: id === 'state_dict' || id === 'model' ? id : 'other',
    bytes: source.size,
    verdict,
    keys: listed.map(({ name: key, shape, dtype }) => ({ name: key, shape, dtype })),
    globals,
    layersToAllow: own && layersToAllow(globals, classPath(own)),
  };
}
