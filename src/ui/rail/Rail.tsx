/** Engine, seed and shelf: at the right of a wide page, a drawer of a narrow one, two tabs of a phone. */
import { memo } from 'react';
import type { KernelView } from '../../notebook/views';
import { Shelf } from '../shelf/Shelf';
import { EngineList } from './EngineList';
import styles from './Rail.module.css';
import { Seed } from './Seed';

export const Rail = memo(function Rail({ view }: { view: KernelView }) {
  return (
    <>
      <div className={styles.block} data-block="engine">
        <EngineList engine={view.engine} />
      </div>
      <div className={styles.block} data-block="engine">
        <Seed seed={view.seed} draws={view.draws} />
      </div>
      <div className={styles.block} data-block="shelf">
        <Shelf files={view.shelf} />
      </div>
    </>
  );
});
