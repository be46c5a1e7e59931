/** The one sentence under the network figure: which colour means what, and what this forward did. */
import { Trans, useTranslation } from 'react-i18next';
import fig from '../charts/figure.module.css';
import { formatTable } from '../charts/number-format';
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
      <Trans t={t} i18nKey={key} components={{ mode: <b /> }} />
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
