/** The layer cards in order. React Aria's list brings reordering by mouse, touch, keyboard and screen reader. */
import { GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { attributeNames } from '../../notebook/class-of-network';
import type { NetworkSpec } from '../../notebook/network';
import type { KernelView } from '../../notebook/views';
import { dropLayers, moveLayer, removeLayer, replaceLayer } from './edits';
import styles from './LayerList.module.css';
import { LayerRow } from './LayerRow';

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
  const { problem } = view;
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder({ keys, target }) {
      if (target.dropPosition === 'on') return;
      onEdit(dropLayers(network, new Set([...keys].map(String)), String(target.key), target.dropPosition));
    },
  });

  const layers = new Map(view.network.layers.map((layer) => [layer.id, layer]));
  const names = attributeNames(network);
  // Shapes are inferred once for every batch size: the first axis is this page's batch.
  const shapeOf = (id: string) => {
    const shape = problem ? problem.shapes[id] : layers.get(id)?.outputShape;
    return shape ? [view.batchSize, ...shape.slice(1)] : null;
  };

  return (
    <GridList
      aria-label={t('network.list')}
      className={styles.list ?? ''}
      selectionMode="none"
      keyboardNavigationBehavior="tab"
      dragAndDropHooks={dragAndDropHooks}
    >
      {network.layers.map((card, i) => (
        <GridListItem
          key={card.id}
          id={card.id}
          textValue={t('network.layer', { index: i + 1, kind: card.kind })}
          className={styles.item ?? ''}
        >
          <LayerRow
            card={card}
            index={i + 1}
            isLast={i === network.layers.length - 1}
            attribute={names.get(card.id) ?? ''}
            layer={problem ? undefined : layers.get(card.id)}
            shape={shapeOf(card.id)}
            error={problem?.layerId === card.id ? problem.error : null}
            onChange={(changed) => onEdit(replaceLayer(network, changed))}
            onMove={(by) => onEdit(moveLayer(network, card.id, by))}
            onRemove={() => onEdit(removeLayer(network, card.id))}
          />
        </GridListItem>
      ))}
    </GridList>
  );
}
