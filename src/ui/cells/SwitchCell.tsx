/** Flip the switch: the same batch forward, in train and in eval. */
import type { Ref } from 'react';
import { limits } from '../../notebook/document';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { ErrorText } from '../controls/ErrorText';
import { Stepper } from '../controls/Stepper';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { NetworkFigure } from '../network/NetworkFigure';
import { ModeSwitch } from '../switch/ModeSwitch';
import { Cell } from './Cell';
import cell from './Cell.module.css';

export interface RowProps {
  /** The row of the batch that the figures talk about, from 0. */
  readonly row: number;
  readonly onRow: (row: number) => void;
}

export function SwitchCell({
  view,
  row,
  onRow,
  switchRef,
}: RowProps & { view: KernelView; switchRef: Ref<HTMLFieldSetElement> }) {
  const { t } = useTranslation();
  const { setBatchSize, forward } = useNotebook((s) => s.actions);
  return (
    <Cell
      id="switch"
      view={view}
      title={t('switch.title')}
      actions={
        <>
          <Stepper
            label={t('switch.batch')}
            value={view.batchSize}
            min={1}
            max={limits.batchSize}
            onChange={setBatchSize}
          />
          <Button look="primary" onClick={() => forward('switch')}>
            <Icon name="play" />
            {t('switch.run')}
          </Button>
        </>
      }
    >
      <ModeSwitch layers={view.network.layers} ref={switchRef} />
      {view.forwardError && (
        <>
          <ErrorText error={view.forwardError.error} />
          <p className={cell.note}>
            <Rich id={view.batchSize === 1 ? 'switch.batchOfOne' : 'switch.failed'} />
          </p>
        </>
      )}
      {view.forward ? (
        <NetworkFigure view={view} row={row} onRow={onRow} />
      ) : (
        <p className={cell.note}>{t('switch.first')}</p>
      )}
    </Cell>
  );
}
