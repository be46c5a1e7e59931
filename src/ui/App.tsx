/** The page: opens the notebook its address names, and keeps language and theme on the document. */
import { useEffect } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { useNotebook } from '../store/notebook';
import { linkIn } from './address';
import './global.css';
import { showLanguage } from './i18n';
import { Notebook } from './page/Notebook';

export function App() {
  const { language, theme } = useNotebook((s) => s.settings);
  useEffect(() => void showLanguage(language), [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const [path] = useHashLocation();
  const { start } = useNotebook((s) => s.actions);
  const link = linkIn(path);
  useEffect(() => void start(link), [link, start]);
  return <Notebook />;
}
