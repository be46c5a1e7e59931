/** The page: the notebook its address names or the inspector beside it, and language and theme on the document. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { useNotebook } from '../store/notebook';
import './global.css';
import { showLanguage } from './i18n';
import { Notebook } from './page/Notebook';
import { placeOf } from './place';

const InspectPage = lazy(() =>
  import('./inspect/InspectPage').then((module) => ({ default: module.InspectPage })),
);

export function App() {
  const { language, theme } = useNotebook((s) => s.settings);
  useEffect(() => void showLanguage(language), [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const [path, navigate] = useHashLocation();
  const place = placeOf(path);
  const link = place.page === 'notebook' ? place.link : null;
  const isNotebook = place.page === 'notebook';
  const { start } = useNotebook((s) => s.actions);
  // The way back leads to the notebook that was open, which may be one of a link.
  const notebook = useRef('/');
  useEffect(() => {
    // The inspector leaves the notebook as it is.
    if (!isNotebook) return;
    notebook.current = path;
    void start(link);
  }, [isNotebook, link, path, start]);
  if (place.page === 'notebook') return <Notebook />;
  return (
    <Suspense>
      <InspectPage file={place.file} other={place.other} onBack={() => navigate(notebook.current)} />
    </Suspense>
  );
}
