/** Every value of the drawn row: a line per unit, a column per layer. */

import { FigureTable } from '../charts/FigureTable';
import { formatFull } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';
import type { FigureColumn, FigureModel } from './network-model';

export function NetworkTable({ model }: { model: FigureModel }) {
  const { t } = useTranslation();
  const units = Math.max(...model.columns.map((column) => column.units));
  const cell = (column: FigureColumn, unit: number): string => {
    if (column.dropped?.[unit]) return t('figure.network.dropped');
    const value = column.values?.[unit];
    return value === undefined ? '' : formatFull(value);
  };
  return (
    <FigureTable
      summary={t('figure.network.table')}
      caption={t('figure.network.tableCaption', { row: model.row + 1, rows: model.rows })}
      head={[t('figure.network.unit'), ...model.columns.map((column) => column.attribute)]}
      rows={() =>
        Array.from({ length: units }, (_, unit) => [
          String(unit),
          ...model.columns.map((column) => cell(column, unit)),
        ])
      }
    />
  );
}
