// Sets theme and language on <html> before anything is painted, so that a dark page never flashes white.
// A classic script and a file of its own: the page's policy allows no inline script, and a module would run too late.
// It reads what src/store/settings.ts keeps, by the same rules.
(() => {
  const html = document.documentElement;
  const asked = new URLSearchParams(location.search);
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('matchbook.settings')) ?? {};
  } catch {
    // A frame of another site may have no storage.
  }

  const themes = ['light', 'dark', 'projector'];
  const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  html.dataset.theme = [asked.get('theme'), kept.theme].find((theme) => themes.includes(theme)) ?? preferred;

  const languages = ['zh', 'en'];
  const reads = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  const language = [asked.get('lang'), kept.language].find((name) => languages.includes(name)) ?? reads;
  html.lang = language === 'zh' ? 'zh-CN' : 'en';
})();
