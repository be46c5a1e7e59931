/** The page: the notebook its address names or the inspector beside it, and language and theme on the document. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useHashLocation } from 'wouter/use-hash-location';
import { useNotebook } from '../store/notebook';
import './global.css';
import { showLanguage } from './i18n';
import { Notebook } from './page/Notebook';
import { type Place, placeOf } from './place';

const InspectPage = lazy(() =>
  import('./inspect/InspectPage').then((module) => ({ default: module.InspectPage })),
);

export function App() {
  const { language, theme } = useNotebook((s) => s.settings);
  useEffect(() => void showLanguage(language), [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <I18nProvider locale={language === 'zh' ? 'zh-CN' : 'en-US'}>
      <Opened />
    </I18nProvider>
  );
}

/** The inspector leaves the notebook as it is. */
const ANY = Symbol('any');

function Opened() {
  const [path, navigate] = useHashLocation();
  const place = placeOf(path);
  useStart(place);
  // The way back leads to the notebook that was open, which may be one of a link.
  const notebook = useRef('/');
  useEffect(() => {
    if (placeOf(path).page === 'notebook') notebook.current = path;
  }, [path]);
  if (place.page === 'notebook') return <Notebook />;
  return (
    <Suspense>
      <InspectPage file={place.file} other={place.other} onBack={() => navigate(notebook.current)} />
    </Suspense>
  );
}

/** Opens a notebook once: on the way through the inspector and back it stays as it is. */
function useStart(place: Place): void {
  const { start } = useNotebook((s) => s.actions);
  const opened = useRef<string | null | undefined>(undefined);
  const link = place.page === 'notebook' ? place.link : ANY;
  useEffect(() => {
    if (opened.current === link || (link === ANY && opened.current !== undefined)) return;
    opened.current = link === ANY ? null : link;
    void start(opened.current);
  }, [link, start]);
}
