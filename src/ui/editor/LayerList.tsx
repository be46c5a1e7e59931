/** The layer cards in order. */
import { useRef } from 'react';
import { attributeNames } from '../../notebook/class-of-network';
import type { NetworkSpec } from '../../notebook/network';
import type { KernelView } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { dropLayers, moveLayer, removeLayer, replaceLayer } from './edits';
import card from './LayerCard.module.css';
import styles from './LayerList.module.css';
import { LayerRow, type LayerRowProps } from './LayerRow';
import { useReorderable } from './use-reorderable';

export function LayerList({
  network,
  view,
  onEdit,
}: {
  network: NetworkSpec;
  view: KernelView;
  onEdit: (network: NetworkSpec) => void;
}) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const Reorderable = useReorderable(list);
  const label = t('network.list');
  const rows = layerRows(network, view, onEdit);
  const plain = (
    <ul ref={list} aria-label={label} className={styles.list}>
      {rows.map((row) => (
        <li key={row.card.id}>
          <LayerRow
            {...row}
            grip={
              <span className={card.grip}>
                <Icon name="grip" />
              </span>
            }
          />
        </li>
      ))}
    </ul>
  );
  if (Reorderable) {
    const drop = (ids: ReadonlySet<string>, target: string, position: 'before' | 'after') =>
      onEdit(dropLayers(network, ids, target, position));
    return <Reorderable label={label} rows={rows} plain={plain} onDrop={drop} />;
  }
  return plain;
}

function layerRows(
  network: NetworkSpec,
  view: KernelView,
  onEdit: (network: NetworkSpec) => void,
): LayerRowProps[] {
  const { problem } = view;
  const layers = new Map(view.network.layers.map((layer) => [layer.id, layer]));
  const names = attributeNames(network);
  // Shapes are inferred once for every batch size: the first axis is this page's batch.
  const shapeOf = (id: string) => {
    const shape = problem ? problem.shapes[id] : layers.get(id)?.outputShape;
    return shape ? [view.batchSize, ...shape.slice(1)] : null;
  };
  return network.layers.map((card, i) => ({
    card,
    index: i + 1,
    isLast: i === network.layers.length - 1,
    attribute: names.get(card.id) ?? '',
    layer: problem ? undefined : layers.get(card.id),
    shape: shapeOf(card.id),
    error: problem?.layerId === card.id ? problem.error : null,
    onChange: (changed) => onEdit(replaceLayer(network, changed)),
    onMove: (by) => onEdit(moveLayer(network, card.id, by)),
    onRemove: () => onEdit(removeLayer(network, card.id)),
  }));
}
