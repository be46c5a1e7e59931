/** The page: opens the notebook its address names, and keeps language and theme on the document. */
import { useEffect, useRef } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Router, useRoute } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useNotebook } from '../store/notebook';
import './global.css';
import { showLanguage } from './i18n';
import { Notebook } from './page/Notebook';

export function App() {
  const { language, theme } = useNotebook((s) => s.settings);
  useEffect(() => void showLanguage(language), [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <I18nProvider locale={language === 'zh' ? 'zh-CN' : 'en-US'}>
      <Router hook={useHashLocation}>
        <Opened />
      </Router>
    </I18nProvider>
  );
}

/** `#/` is the first notebook, `#/n/m1.<payload>` the one in the link. */
function Opened() {
  const [isLink, params] = useRoute('/n/*?');
  const { start } = useNotebook((s) => s.actions);
  const link = isLink ? (params['*'] ?? '') : null;
  const opened = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (opened.current === link) return;
    opened.current = link;
    void start(link);
  }, [link, start]);
  return <Notebook />;
}
