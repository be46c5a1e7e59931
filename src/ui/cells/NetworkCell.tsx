/** Define the network: layer cards at the left, the class they stand for and its print at the right. */

import { limits } from '../../notebook/document';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Code } from '../controls/Code';
import { ErrorText } from '../controls/ErrorText';
import { addLayer, layerKinds } from '../editor/edits';
import { LayerList } from '../editor/LayerList';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { InMode } from '../switch/InMode';
import { Cell } from './Cell';
import cell from './Cell.module.css';
import styles from './NetworkCell.module.css';

export function NetworkCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const network = useNotebook((s) => s.network);
  const { editNetwork } = useNotebook((s) => s.actions);
  const { problem } = view;
  return (
    <Cell id="network" view={view} title={t('network.title')} stale={false}>
      <div className={styles.columns}>
        <div className={styles.cards}>
          <InMode>
            <LayerList network={network} view={view} onEdit={editNetwork} />
          </InMode>
          {problem && problem.layerId === null && <ErrorText error={problem.error} />}
          <fieldset className={styles.add} aria-label={t('network.addLabel')}>
            {layerKinds.map((kind) => (
              <Button
                key={kind}
                aria-label={t('network.add', { kind })}
                disabled={network.layers.length >= limits.layers}
                onClick={() => editNetwork(addLayer(network, kind))}
              >
                <Icon name="plus" />
                {kind}
              </Button>
            ))}
          </fieldset>
        </div>
        <div className={`${styles.source} ${problem ? styles.stale : ''}`}>
          <Code text={view.network.code} label={t('network.code')} />
          <p className={cell.note}>
            {t('network.total', { parameters: view.network.parameters, buffers: view.network.buffers })}
          </p>
          {problem && <p className={cell.note}>{t('network.stale')}</p>}
        </div>
      </div>
      <div className={`${styles.source} ${problem ? styles.stale : ''}`}>
        <h3>
          <code>print(tudui)</code>
        </h3>
        <Code text={view.network.printed} label="print(tudui)" />
      </div>
    </Cell>
  );
}
