/** BatchNorm keeps two books: this batch's statistics and the running ones. */
import { useState } from 'react';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { BatchNormFigure } from '../network/BatchNormFigure';
import { Cell } from './Cell';
import cell from './Cell.module.css';
import { LayerChoice } from './LayerChoice';

export function BatchNormCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const { feed } = useNotebook((s) => s.actions);
  const [chosen, setChosen] = useState('');
  const [feature, setFeature] = useState(0);
  const books = view.batchNorm;
  const shown = books.find((book) => book.layerId === chosen) ?? books[0];
  return (
    <Cell
      id="batchnorm"
      view={view}
      title={t('batchnorm.title')}
      actions={
        shown && (
          <Button look="primary" onClick={feed}>
            <Icon name="play" />
            {t('batchnorm.feed')}
          </Button>
        )
      }
    >
      {shown ? (
        <>
          <LayerChoice
            view={view}
            ids={books.map((book) => book.layerId)}
            value={shown.layerId}
            onChange={setChosen}
          />
          <BatchNormFigure
            view={shown}
            mode={view.forward?.mode ?? view.mode}
            feature={feature}
            onFeature={setFeature}
          />
        </>
      ) : (
        <p className={cell.note}>{t('batchnorm.absent')}</p>
      )}
    </Cell>
  );
}
