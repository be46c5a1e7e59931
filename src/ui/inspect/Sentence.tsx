/** What kind of file this is, in one sentence. */

import type { FileDescription } from '../../notebook/views/inspection';
import { kindText } from '../i18n/kernel-text';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';

/** Kinds with a sentence of their own; others are told in the words of the shelf. */
const told = new Set([
  'state_dict',
  'model',
  'checkpoint',
  'object',
  'dangerous',
  'safetensors',
  'legacy',
  'tar',
  'torchscript',
  'pickle',
  'empty',
]);

export function Sentence({ description: { identity, tensors } }: { description: FileDescription }) {
  const { t } = useTranslation();
  if (told.has(identity.id)) return <Rich id={`inspect.sentence.${identity.id}`} values={identity.params} />;
  if (identity.id === 'brokenZip') return t('inspect.sentence.broken');
  return <Rich id="inspect.sentence.other" values={{ what: kindText(t, identity, tensors.length) }} />;
}
