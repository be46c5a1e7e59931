/** What a saved dict is made of: the parts of a checkpoint, and the versions a state_dict keeps of its modules. */
import { dtypes } from '../../dtype';
import { fieldsOf, isModule } from './contents';
import type { DescribedDict, DescribedValue } from './pickle-types';
import { cut, pythonText } from './python-text';
import type { CheckpointPart, MetadataEntry, TensorEntry } from './types';

/** Parts that are listed. */
const LISTED = 1000;

/** Of a dict that holds something else than tensors; none for any other value. */
export function partsOf(root: DescribedValue, tensors: readonly TensorEntry[]): CheckpointPart[] {
  if (root.kind !== 'dict' || root.entries.every(([, value]) => value.kind === 'tensor')) return [];
  const byKey = new Map<string | number | undefined, TensorEntry[]>();
  for (const tensor of tensors) {
    const [key] = tensor.path;
    const list = byKey.get(key);
    if (list) list.push(tensor);
    else byKey.set(key, [tensor]);
  }
  return root.entries.slice(0, LISTED).map(([key, value]) => {
    const name = key.kind === 'str' ? cut(key.value, 1000) : pythonText(key);
    const inside = byKey.get(key.kind === 'int' ? Number(key.text) : name) ?? [];
    const kind = kindOf(value);
    return {
      key: name,
      kind,
      tensors: inside.length,
      bytes: inside.reduce((sum, { numel, dtype }) => sum + numel * dtypes[dtype].itemsize, 0),
      text: kind === 'value' || kind === 'call' ? pythonText(value) : '',
    };
  });
}

function kindOf(value: DescribedValue): CheckpointPart['kind'] {
  if (isModule(value)) return 'model';
  if (value.kind === 'tensor' || value.kind === 'call') return value.kind;
  if (value.kind === 'dict') return kindOfDict(value);
  return 'items' in value || value.kind === 'object' ? 'container' : 'value';
}

function kindOfDict(dict: DescribedDict): CheckpointPart['kind'] {
  const fields = fieldsOf(dict);
  if (fields.has('state') && fields.has('param_groups')) return 'optimizer';
  const isStateDict = dict.entries.length > 0 && dict.entries.every(([, value]) => value.kind === 'tensor');
  return isStateDict || fieldsOf(dict.attributes).has('_metadata') ? 'state_dict' : 'container';
}

/** `_metadata` of a state_dict, or of the first one in a checkpoint. */
export function metadataOf(root: DescribedValue): MetadataEntry[] {
  if (root.kind !== 'dict') return [];
  const own = fieldsOf(root.attributes).get('_metadata');
  if (own?.kind === 'dict') {
    return own.entries.map(([key, value]) => {
      const version = fieldsOf(value).get('version');
      return {
        key: key.kind === 'str' ? cut(key.value, 1000) : pythonText(key),
        version: version?.kind === 'int' ? Number(version.text) : null,
        text: pythonText(value),
      };
    });
  }
  const part = root.entries.find(
    ([, value]) => value.kind === 'dict' && fieldsOf(value.attributes).has('_metadata'),
  );
  return part ? metadataOf(part[1]) : [];
}
