/** The one sentence under the network figure: which colour means what, and what this forward did. */

import fig from '../charts/figure.module.css';
import { formatTable } from '../charts/number-format';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import type { FigureModel } from './network-model';

export function NetworkCaption({ model, id }: { model: FigureModel; id: string }) {
  const { t } = useTranslation();
  const sensitive = model.columns.some((column) => column.sensitive);
  const drew = model.columns.some((column) => column.dropped !== null);
  const hasValues = model.columns[0]!.values !== null;
  const key = !hasValues
    ? 'figure.network.captionEmpty'
    : !sensitive
      ? 'figure.network.captionSame'
      : model.mode === 'train'
        ? 'figure.network.captionTrain'
        : 'figure.network.captionEval';
  return (
    <figcaption className={fig.caption} id={id}>
      <Rich id={key} />
      {hasValues && drew && t('figure.network.captionDropped')}
      {model.probability && (
        <span className="sr">
          {t('figure.network.captionAnswer', {
            row: model.row + 1,
            label: model.probability.label,
            value: formatTable(model.probability.value),
          })}
        </span>
      )}
    </figcaption>
  );
}
