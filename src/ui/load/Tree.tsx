/** Files of a project, as the two spaces a level of each line say. */
import { Icon } from '../icons/Icon';
import styles from './Machines.module.css';

export function Tree({
  lines,
  classIn,
  className = 'Net',
}: {
  lines: readonly string[];
  /** The file that defines the class. */
  classIn: string | null;
  className?: string;
}) {
  return (
    <ul className={styles.tree}>
      {lines.map((line) => {
        const name = line.trimStart();
        const level = (line.length - name.length) / 2;
        return (
          <li key={line} style={{ paddingInlineStart: `${level * 1.25}rem` }}>
            <Icon name={name.endsWith('/') ? 'folder' : 'page'} />
            <code>{name}</code>
            {name === classIn && <code className={styles.holds}>class {className}</code>}
          </li>
        );
      })}
    </ul>
  );
}
