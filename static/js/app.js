// What every page does: dialogs, the two keys that work everywhere, notices, light and dark, forms.
(() => {
  'use strict';
  const $ = (selector, from = document) => from.querySelector(selector);

  /** An icon of the sprite. */
  window.icon = (name, extra = '') => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    svg.setAttribute('class', `icon ${extra}`.trim());
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', `${document.body.dataset.icons}#${name}`);
    svg.append(use);
    return svg;
  };

  /** Says something once to people who listen to the page. */
  window.announce = (text) => {
    const place = $('#announce');
    if (place && place.textContent !== text) place.textContent = text;
  };

  // A page that is made to be printed offers it where scripts run.
  for (const button of document.querySelectorAll('[data-prints]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
    if (button.dataset.prints === 'now') addEventListener('load', () => window.print());
  }

  // Where the areas are longer than the window, the one that the page belongs to is in sight.
  const areas = $('.areas');
  const current = areas && $('[aria-current]', areas);
  if (current) {
    new ResizeObserver(() => { areas.scrollTop = current.offsetTop + 1.5 * current.offsetHeight - areas.clientHeight; }).observe(areas);
  }

  // Dialogs. A click beside one closes it, as Esc does.
  const close = (dialog) => dialog?.open && dialog.close();
  document.addEventListener('click', (event) => {
    const opens = event.target.closest('[data-opens]');
    if (opens) {
      opens.closest('[popover]')?.hidePopover();
      document.getElementById(opens.dataset.opens).showModal();
    } else if (event.target.closest('[data-closes]')) {
      close(event.target.closest('dialog'));
    } else if (event.target.matches('dialog[open]')) {
      close(event.target);
    }
  });

  // Single keys can be switched off, for people whose voice or tremor types them by accident.
  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* this page only */ } };
  const single = $('#single-keys');
  if (single) {
    single.checked = remembered('belfry:keys') !== 'off';
    single.addEventListener('change', () => remember('belfry:keys', single.checked ? 'on' : 'off'));
  }
  /** Whether a letter, digit or sign alone is meant as a command. */
  window.isSingleKey = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && (single?.checked ?? true);
  /** Whether what is typed here is text. */
  window.isText = (element) => element.matches('textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])');

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isText(event.target) || !isSingleKey(event) || $('dialog[open]')) return;
    if (event.key === '/') {
      const search = $('[role=search] input');
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === '?') {
      event.preventDefault();
      $('#keys')?.showModal();
    }
  });

  // Notices. The server's fragments arrive here by htmx; what the server could not say is said here.
  const notices = $('#notices');
  /** Shows a notice of one sentence. */
  window.notify = (text, tone = 'bad') => {
    const notice = document.createElement('div');
    const words = document.createElement('p');
    notice.className = `notice is-${tone}`;
    words.textContent = text;
    notice.append(icon(tone === 'ok' ? 'check' : 'alert-triangle'), words);
    notices?.append(notice);
  };
  function closable(notice) {
    const button = document.createElement('button');
    button.className = 'close';
    button.type = 'button';
    button.setAttribute('aria-label', 'Close');
    button.append(icon('x'));
    button.addEventListener('click', () => notice.remove());
    notice.append(button);
  }
  if (notices) {
    new MutationObserver((changes) => {
      for (const node of changes.flatMap((change) => [...change.addedNodes])) {
        if (node.matches?.('.notice')) closable(node);
      }
      while (notices.childElementCount > 3) notices.firstElementChild.remove();
    }).observe(notices, { childList: true });
  }
  for (const failure of ['htmx:sendError', 'htmx:timeout']) {
    document.addEventListener(failure, ({ detail }) => {
      const instead = detail.target?.dataset?.offline;
      if (instead) detail.target.textContent = instead;
      else notify('No connection. Nothing was changed; try again in a moment.');
    });
  }

  // Light, dark, or what the system says. theme.js brings the choice back on the next page.
  const choices = document.querySelectorAll('[data-theme-choice]');
  const showTheme = () => choices.forEach((button) =>
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === (document.documentElement.dataset.bsTheme ?? ''))));
  choices.forEach((button) => button.addEventListener('click', () => {
    const theme = button.dataset.themeChoice;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `theme=${theme}; Path=/; SameSite=Lax; Max-Age=${theme ? 31536000 : 0}${secure}`;
    if (theme) document.documentElement.dataset.bsTheme = theme;
    else delete document.documentElement.dataset.bsTheme;
    showTheme();
  }));
  showTheme();

  // Forms: the first wrong field has the focus; leaving with typed text asks.
  const wrong = (from) => $('[aria-invalid=true]', from)?.focus();
  if (!$('[autofocus]')) wrong(document);
  document.addEventListener('htmx:afterSettle', (event) => event.target.matches?.('form, .form-page') && wrong(event.target));

  let unsaved = false;
  document.addEventListener('input', (event) => { if (event.target.form?.matches('.form-page form')) unsaved = true; });
  document.addEventListener('submit', () => { unsaved = false; });
  addEventListener('beforeunload', (event) => { if (unsaved) event.preventDefault(); });

  // Signing out leaves nothing on a shared machine; what could not be saved would be lost, so that is asked.
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('[data-signs-out]') || !window.outbox) return;
    const kept = outbox.count();
    if (kept && !confirm(`${kept === 1 ? '1 mark is' : `${kept} marks are`} not saved yet and would be lost. Sign out all the same?`)) event.preventDefault();
    else outbox.clear();
  });
})();
