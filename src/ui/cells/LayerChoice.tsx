/** Which of several layers of one kind a figure shows; nothing while there is only one. */

import type { KernelView } from '../../notebook/views';
import { Choice } from '../controls/Choice';
import { useTranslation } from '../i18n/use-translation';

export function LayerChoice({
  view,
  ids,
  value,
  onChange,
}: {
  view: KernelView;
  ids: readonly string[];
  value: string;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation();
  if (ids.length < 2) return null;
  const attribute = (id: string) => view.network.layers.find((layer) => layer.id === id)?.attribute ?? id;
  return (
    <Choice
      legend={t('dropout.which')}
      options={ids.map((id) => ({ value: id, label: attribute(id) }))}
      value={value}
      onChange={onChange}
      code
    />
  );
}
