/** Whom Dropout drops: the mask of this forward, and what the kept ones are multiplied by. */
import { useState } from 'react';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { DropoutFigure } from '../network/DropoutFigure';
import { Cell } from './Cell';
import cell from './Cell.module.css';
import { LayerChoice } from './LayerChoice';
import type { RowProps } from './SwitchCell';

export function DropoutCell({ view, row, onRow }: RowProps & { view: KernelView }) {
  const { t } = useTranslation();
  const { forward } = useNotebook((s) => s.actions);
  const [chosen, setChosen] = useState('');
  const present = view.network.layers.some(({ kind }) => kind === 'Dropout');
  const drops = view.forward?.dropout ?? [];
  const shown = drops.find((drop) => drop.layerId === chosen) ?? drops[0];
  const resting = view.mode === 'eval';
  return (
    <Cell
      id="dropout"
      view={view}
      title={t('dropout.title')}
      actions={
        present && (
          <Button look={resting ? 'plain' : 'primary'} disabled={resting} onClick={() => forward('dropout')}>
            {resting ? t('dropout.resting') : t('dropout.draw')}
          </Button>
        )
      }
    >
      {shown && view.forward ? (
        <>
          <LayerChoice
            view={view}
            ids={drops.map((drop) => drop.layerId)}
            value={shown.layerId}
            onChange={setChosen}
          />
          <DropoutFigure
            view={shown}
            mode={view.forward.mode}
            shape={view.forward.activations[shown.layerId].shape}
            row={row}
            onRow={onRow}
          />
        </>
      ) : (
        <p className={cell.note}>{present ? t('dropout.first') : t('dropout.absent')}</p>
      )}
    </Cell>
  );
}
