// Runs before the first paint: says that scripts work, and brings back a stored choice of light or dark.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const stored = document.cookie.match(/(?:^|; )theme=(light|dark)(?:;|$)/);
  if (stored) root.dataset.bsTheme = stored[1];
})();
