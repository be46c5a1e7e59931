/** The fields of a layer card; their labels are PyTorch's argument names. */
import { limits } from '../../notebook/document';
import type { LayerCard } from '../../notebook/network';
import { NumberField } from '../controls/NumberField';
import styles from './LayerCard.module.css';

export function LayerFields({ card, onChange }: { card: LayerCard; onChange: (card: LayerCard) => void }) {
  const width = { integer: true, min: 1, max: limits.width } as const;
  switch (card.kind) {
    case 'Linear':
      return (
        <>
          <NumberField
            label={<code>in_features</code>}
            value={card.in_features}
            {...width}
            onChange={(in_features) => onChange({ ...card, in_features })}
          />
          <NumberField
            label={<code>out_features</code>}
            value={card.out_features}
            {...width}
            onChange={(out_features) => onChange({ ...card, out_features })}
          />
          <label className={styles.check}>
            <code>bias</code>
            <input
              type="checkbox"
              checked={card.bias}
              onChange={(event) => onChange({ ...card, bias: event.target.checked })}
            />
          </label>
        </>
      );
    case 'BatchNorm1d':
      return (
        <>
          <NumberField
            label={<code>num_features</code>}
            value={card.num_features}
            {...width}
            onChange={(num_features) => onChange({ ...card, num_features })}
          />
          <NumberField
            label={<code>momentum</code>}
            value={card.momentum}
            onChange={(momentum) => onChange({ ...card, momentum })}
          />
          <NumberField
            label={<code>eps</code>}
            value={card.eps}
            onChange={(eps) => onChange({ ...card, eps })}
          />
        </>
      );
    case 'Dropout':
      return <NumberField label={<code>p</code>} value={card.p} onChange={(p) => onChange({ ...card, p })} />;
    case 'ReLU':
      return <code className={styles.formula}>max(0, x)</code>;
  }
}
