/** The module tree of a whole-model file: what stands in each module's `__dict__`. */

import { useMemo, useState } from 'react';
import type { FileDescription, ModuleNode } from '../../notebook/views/inspection';
import { useTranslation } from '../i18n/use-translation';
import { Cell, ColumnHead, RowHead } from '../rows/cells';
import { Rows } from '../rows/Rows';
import styles from './Modules.module.css';
import { Section } from './Section';
import section from './Section.module.css';
import { treeLines } from './tree-lines';

export function Modules({ model, description }: { model: ModuleNode; description: FileDescription }) {
  const { t } = useTranslation();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => treeLines(model, closed), [model, closed]);
  const count = useMemo(() => treeLines(model, new Set()).length, [model]);
  const elements = (own: ModuleNode['parameters']) =>
    own.reduce((sum, [, tensor]) => sum + (description.tensors[tensor]?.numel ?? 0), 0);
  return (
    <Section
      id="modules"
      title={t('inspect.modules.title')}
      actions={<span className={section.aside}>{count}</span>}
    >
      <Rows
        label={t('inspect.modules.title')}
        tree
        className={styles.modules}
        count={lines.length}
        onExpand={(index, expanded) =>
          setClosed((old) => {
            const path = lines[index]?.node.path ?? '';
            const next = new Set(old);
            if (expanded) next.delete(path);
            else next.add(path);
            return next;
          })
        }
        head={(['module', 'class', 'training', 'tensors'] as const).map((name) => (
          <ColumnHead key={name} className={styles[name]}>
            {name === 'training' ? <code>training</code> : t(`inspect.modules.${name}`)}
          </ColumnHead>
        ))}
        row={(index) => {
          const { node, depth } = lines[index] as (typeof lines)[number];
          const expanded = node.modules.length > 0 ? !closed.has(node.path) : undefined;
          return {
            key: node.path,
            level: depth + 1,
            expanded,
            content: (
              <ModuleCells
                node={node}
                depth={depth}
                expanded={expanded}
                parameters={elements(node.parameters)}
                buffers={elements(node.buffers)}
              />
            ),
          };
        }}
      />
    </Section>
  );
}

function ModuleCells({
  node: { name, class: own, training, attributes },
  depth,
  expanded,
  parameters,
  buffers,
}: {
  node: ModuleNode;
  depth: number;
  expanded: boolean | undefined;
  parameters: number;
  buffers: number;
}) {
  const { t } = useTranslation();
  const settings = attributes.map(([key, text]) => `${key}=${text}`).join(', ');
  return (
    <>
      <RowHead className={styles.module} style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
        <span className={styles.turn} aria-hidden="true">
          {expanded === undefined ? '' : expanded ? '▾' : '▸'}
        </span>
        <code>{name === '' ? t('inspect.modules.root') : name}</code>
      </RowHead>
      <Cell className={styles.class}>
        <code>
          <b>{own.name}</b>
          {settings !== '' && `(${settings})`}
        </code>
        <small>{own.module}</small>
      </Cell>
      <Cell code className={styles.training}>
        {training === null ? '' : training ? 'True' : 'False'}
      </Cell>
      <Cell className={styles.tensors}>
        {parameters > 0 && t('inspect.modules.parameters', { count: parameters })}
        {parameters > 0 && buffers > 0 && t('network.and')}
        {buffers > 0 && t('inspect.modules.buffers', { count: buffers })}
      </Cell>
    </>
  );
}
