/** What a file is in one line: an id of the page's catalogue with what the line names. */
import type { Identity } from '../../torch/serialization/identify';
import type { ShelfFile } from '../views';

type Verdict = ShelfFile['verdict'];

export function verdictOf({ id, params }: Identity, keys: ShelfFile['keys']): Verdict {
  switch (id) {
    case 'state_dict':
      return { id, params: { keys: keys.length, count: keys.length } };
    case 'model':
      return { id, params: { cls: `${params.module}.${params.class}` } };
    case 'dangerous':
      return { id, params };
    case 'brokenZip':
      // Without a directory nothing says what is missing: the end is.
      return { id: params.missing === 'directory' ? 'truncated' : 'broken', params: {} };
    case 'zip':
      return { id: 'zip_other', params: {} };
    case 'lfsPointer':
      return { id: 'lfs', params: {} };
    default:
      return { id, params: {} };
  }
}
