/** Where one may go in a long page. At the left of a wide one, a row under the verdict otherwise. */
import { useTranslation } from '../i18n/use-translation';
import { sectionId } from './Section';
import styles from './SectionNav.module.css';

export type SectionName = 'verdict' | 'keys' | 'modules' | 'parts' | 'pickle' | 'archive';

export function SectionNav({ sections }: { sections: readonly string[] }) {
  const { t } = useTranslation();
  if (sections.length < 2) return null;
  return (
    <nav className={styles.nav} aria-label={t('inspect.sections')}>
      <ul>
        {sections.map((id) => (
          <li key={id}>
            <button type="button" onClick={() => goToSection(id)}>
              {t(`inspect.${id as SectionName}.title`)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Its heading takes focus, so that the next Tab is inside it. */
function goToSection(id: string): void {
  const section = document.getElementById(sectionId(id));
  section?.scrollIntoView({ block: 'start' });
  section?.querySelector<HTMLElement>('h1, h2')?.focus({ preventScroll: true });
}
