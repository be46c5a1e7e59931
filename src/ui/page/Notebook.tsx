/** The notebook: a column of cells, outline left, engine, seed and shelf right. */
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { useNotebook } from '../../store/notebook';
import { CurrentCell } from '../cells/Cell';
import type { CellId } from '../cells/cell-ids';
import { useTranslation } from '../i18n/use-translation';
import { Rail } from '../rail/Rail';
import { DropTarget } from '../shelf/DropTarget';
import { Announcer } from './Announcer';
import { Bar } from './Bar';
import { Column } from './Column';
import styles from './Notebook.module.css';
import { Notices } from './Notices';
import { Outline } from './Outline';
import { PhoneTabs } from './PhoneTabs';
import type { Panel } from './panel';
import { SettingsDialog } from './SettingsDialog';
import { ShareDialog } from './ShareDialog';
import { goToCell, useCurrentCell } from './use-current-cell';
import { useInView } from './use-in-view';
import { useMedia, WIDE } from './use-media';
import { useShortcuts } from './use-shortcuts';

export function Notebook() {
  const { t } = useTranslation();
  const view = useNotebook((s) => s.view);
  // A flip is drawn at the switch first, the rest of the page in the time that is left; so is the page when it opens.
  const later = useDeferredValue(view, null);
  const { flip } = useNotebook((s) => s.actions);
  const { shortcuts } = useNotebook((s) => s.settings);
  const [panel, setPanel] = useState<Panel>('notebook');
  const [dialog, setDialog] = useState<'share' | 'settings' | null>(null);
  const [bigSwitch, setBigSwitch] = useState<Element | null>(null);
  const bigSwitchInView = useInView(bigSwitch);
  const current = useCurrentCell(later !== null);
  const wide = useMedia(WIDE);

  const share = useCallback(() => setDialog('share'), []);
  const help = useCallback(() => setDialog('settings'), []);
  useShortcuts({ singleKeys: shortcuts, current, onFlip: flip, onHelp: help });
  useEscape(panel !== 'notebook', () => setPanel('notebook'));

  const go = useCallback((id: CellId) => {
    setPanel('notebook');
    // The column is inert while a drawer is open: it takes focus in the next frame.
    requestAnimationFrame(() => goToCell(id));
  }, []);
  const covered = panel !== 'notebook' && !wide;

  return (
    <div data-panel={panel} className={styles.notebook}>
      <button type="button" className={styles.skip} onClick={() => go('network')}>
        {t('bar.skip')}
      </button>
      <Bar showSwitch={!bigSwitchInView} panel={panel} onPanel={setPanel} onShare={share} onSettings={help} />
      <Notices />
      <div className={styles.page}>
        <nav className={`${styles.side} ${styles.outline}`} aria-label={t('bar.outline')}>
          <Outline current={current} counts={later?.counts} onGo={go} />
        </nav>
        <main className={styles.column} inert={covered} aria-busy={view === null}>
          <CurrentCell value={current}>
            <Column view={view} later={later} switchRef={setBigSwitch} />
          </CurrentCell>
        </main>
        <aside className={`${styles.side} ${styles.rail}`} aria-label={t('bar.shelf')}>
          {later && <Rail view={later} />}
        </aside>
      </div>
      <PhoneTabs panel={panel} onPanel={setPanel} />
      {view && <Announcer view={view} />}
      <DropTarget />
      {dialog === 'share' && <ShareDialog onClose={() => setDialog(null)} />}
      {dialog === 'settings' && <SettingsDialog onClose={() => setDialog(null)} />}
    </div>
  );
}

function useEscape(active: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEscape();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
