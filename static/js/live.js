// Keeps a page as others leave it: looks every few seconds while somebody is there, and says what came as "fresh".
// Parts marked data-live are put in the place of the old ones unless somebody is at work in them.
(() => {
  'use strict';
  const EVERY = 4000; // milliseconds between two looks
  const REST = 30 * 60 * 1000; // milliseconds without a hand on it; then the session may end as it would without us
  let touched = performance.now();
  let looking = false;
  // An answer to a form stands under the form's address; what it shows is looked at under its own.
  const place = document.querySelector('[data-looks-at]')?.dataset.looksAt ?? location.href;
  let shown = ''; // the tag of what this page shows whole; where nothing is new, the answer is just that
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => { touched = performance.now(); }, true);

  async function look() {
    if (looking || document.hidden || !navigator.onLine || performance.now() - touched > REST) return;
    looking = true;
    try {
      const headers = { Accept: 'text/html', 'X-Refresh': 'live', ...(shown && { 'If-None-Match': shown }) };
      const answer = await fetch(place, { headers, signal: AbortSignal.timeout(8000) });
      if (answer.redirected) signedOut();
      else if (answer.ok) {
        const isWhole = tell(new DOMParser().parseFromString(await answer.text(), 'text/html'));
        shown = isWhole ? answer.headers.get('ETag') ?? '' : '';
      }
    } catch { /* no connection: the next look finds out */ }
    looking = false;
  }
  const timer = setInterval(look, EVERY);
  document.addEventListener('visibilitychange', look);

  function signedOut() {
    clearInterval(timer);
    notify('You were signed out. Sign in again to see what goes on.');
  }

  const served = new Map(); // part's id → its text as the server sent it last
  for (const part of document.querySelectorAll('[data-live]')) served.set(part.id, part.outerHTML);

  const isInUse = (part) => part.querySelector('input:checked, select:focus, input:focus');
  // Answers whether everything new stands in the page now. A listener that leaves something out prevents the default.
  function tell(page) {
    let isWhole = document.dispatchEvent(new CustomEvent('fresh', { detail: page, cancelable: true }));
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = page.getElementById(part.id);
      if (!fresh || fresh.outerHTML === served.get(part.id)) continue;
      if (isInUse(part)) {
        isWhole = false;
        continue;
      }
      served.set(part.id, fresh.outerHTML);
      exchange(part, document.adoptNode(fresh));
    }
    return isWhole;
  }

  // What was chosen in the excusing form, and the place of the focus, stay.
  function exchange(part, fresh) {
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const again = focused && (focused.getAttribute('href') ? `[href="${CSS.escape(focused.getAttribute('href'))}"]` : focused.value && `[value="${CSS.escape(focused.value)}"]`);
    for (const field of part.querySelectorAll('select[id], input[id]')) {
      const same = fresh.querySelector(`#${CSS.escape(field.id)}`);
      if (same) same.value = field.value;
    }
    part.replaceWith(fresh);
    if (again) fresh.querySelector(again)?.focus();
  }
})();
