// Sets theme and language on <html> before anything is painted, so that a dark page never flashes white.
// A classic script and a file of its own: the page's policy allows no inline script, and a module would run too late.
(() => {
  const html = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // a frame of another site may have no storage
    }
  };

  const themes = ['light', 'dark', 'projector'];
  const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const theme = [asked.get('theme'), stored('matchbook.theme')].find((name) => themes.includes(name));
  html.dataset.theme = theme ?? preferred;

  const language = asked.get('lang') ?? stored('matchbook.language') ?? navigator.language;
  html.lang = language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
})();
