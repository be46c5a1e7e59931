/** One layer as a card: name, fields, shape out, and the error if this layer raises it. */
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { LayerCard } from '../../notebook/network';
import type { ErrorView, LayerView } from '../../notebook/views';
import { formatShape } from '../charts/number-format';
import { Button } from '../controls/Button';
import { ErrorText } from '../controls/ErrorText';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import styles from './LayerCard.module.css';
import { LayerFields } from './LayerFields';

export interface LayerRowProps {
  readonly card: LayerCard;
  /** From 1. */
  readonly index: number;
  readonly isLast: boolean;
  /** Its name in `class Net`. */
  readonly attribute: string;
  /** The layer it became; absent while the network is not valid. */
  readonly layer: LayerView | undefined;
  /** `null` when it cannot be told. */
  readonly shape: readonly number[] | null;
  readonly error: ErrorView | null;
  readonly onChange: (card: LayerCard) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** What a screen reader calls it. */
export const layerName = (t: TFunction, { card, index }: Pick<LayerRowProps, 'card' | 'index'>): string =>
  t('network.layer', { index, kind: card.kind });

export function LayerRow({
  card,
  index,
  isLast,
  attribute,
  layer,
  shape,
  error,
  grip,
  ...on
}: LayerRowProps & { grip: ReactNode }) {
  const { t } = useTranslation();
  const name = layerName(t, { card, index });
  const heeds = card.kind === 'BatchNorm1d' || card.kind === 'Dropout';
  return (
    <div className={`${styles.card} ${heeds ? styles.heeds : ''} ${error ? styles.broken : ''}`}>
      {grip}
      <h3 className={styles.name}>
        {card.kind} <code className={styles.attribute}>{attribute}</code>
        {layer && layer.parameters > 0 && (
          <span className={styles.counts}>
            {t('network.parameters', { count: layer.parameters })}
            {layer.buffers > 0 && `${t('network.and')}${t('network.buffers', { count: layer.buffers })}`}
          </span>
        )}
      </h3>
      <div className={styles.tools}>
        <Button
          look="quiet"
          aria-label={t('network.up', { layer: name })}
          disabled={index === 1}
          onClick={() => on.onMove(-1)}
        >
          <Icon name="up" />
        </Button>
        <Button
          look="quiet"
          aria-label={t('network.down', { layer: name })}
          disabled={isLast}
          onClick={() => on.onMove(1)}
        >
          <Icon name="down" />
        </Button>
        <Button
          look="quiet"
          aria-label={t('network.remove', { layer: name })}
          // A notebook has at least one layer: a link to none would not open.
          disabled={index === 1 && isLast}
          onClick={on.onRemove}
        >
          <Icon name="close" />
        </Button>
      </div>
      <div className={styles.fields}>
        <LayerFields card={card} onChange={on.onChange} />
        <p className={styles.out}>
          <span className="sr">{t('network.shape')}</span>
          <code>→ {shape ? formatShape(shape) : t('network.unknown')}</code>
        </p>
      </div>
      {error && (
        <div className={styles.error}>
          <ErrorText error={error} />
        </div>
      )}
    </div>
  );
}
