/**
 * The layer cards as a list that can be reordered by mouse, touch, keyboard and screen reader. This module carries React
 * Aria, a third of the page's code, and is only ever imported lazily.
 */
import type { ReactNode } from 'react';
import { Button, GridList, GridListItem, I18nProvider, useDragAndDrop } from 'react-aria-components';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import card from './LayerCard.module.css';
import styles from './LayerList.module.css';
import { LayerRow, type LayerRowProps, layerName } from './LayerRow';

export interface ReorderableListProps {
  readonly label: string;
  readonly rows: readonly LayerRowProps[];
  /** The same rows as a list that cannot be reordered. */
  readonly plain: ReactNode;
  readonly onDrop: (ids: ReadonlySet<string>, target: string, position: 'before' | 'after') => void;
}

export function ReorderableList({ label, rows, plain, onDrop }: ReorderableListProps) {
  const { t, language } = useTranslation();
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder({ keys, target }) {
      if (target.dropPosition === 'on') return;
      onDrop(new Set([...keys].map(String)), String(target.key), target.dropPosition);
    },
  });
  return (
    <I18nProvider locale={language === 'zh' ? 'zh-CN' : 'en-US'}>
      <GridList
        aria-label={label}
        className={styles.list ?? ''}
        selectionMode="none"
        keyboardNavigationBehavior="tab"
        dragAndDropHooks={dragAndDropHooks}
        // React Aria knows its rows some frames after its list: without this the page would jump.
        renderEmptyState={() => plain}
      >
        {rows.map((row) => (
          <GridListItem
            key={row.card.id}
            id={row.card.id}
            textValue={layerName(t, row)}
            className={styles.item ?? ''}
          >
            <LayerRow
              {...row}
              grip={
                <Button
                  slot="drag"
                  className={card.grip ?? ''}
                  aria-label={t('network.drag', { layer: layerName(t, row) })}
                >
                  <Icon name="grip" />
                </Button>
              }
            />
          </GridListItem>
        ))}
      </GridList>
    </I18nProvider>
  );
}
