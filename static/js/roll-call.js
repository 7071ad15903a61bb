// Ticks off at once and sends by the outbox, so that a bad connection loses nothing; what other wardens tick is shown
// in its place. Nothing moves under a finger: the missing come first again when the page is sorted again.
(() => {
  'use strict';
  const list = document.getElementById('roll-call');
  if (!list || !window.outbox || 'closed' in list.dataset) return;
  const register = list.dataset.place;
  const rowOf = (student) => document.getElementById(`t-${student}`);
  const state = document.getElementById('save-state');
  const saved = state.textContent;

  function fill(row, isThere) {
    const button = row.querySelector('.tick-off');
    row.dataset.there = isThere ? 'yes' : 'no';
    button.setAttribute('aria-pressed', String(isThere));
    button.value = isThere ? 'no' : 'yes';
  }

  list.addEventListener('submit', (event) => {
    event.preventDefault();
    const row = event.target.closest('li');
    const isThere = row.dataset.there !== 'yes';
    fill(row, isThere);
    outbox.put({ register, student: row.dataset.student, values: { is_there: isThere ? 'yes' : 'no' } });
    show();
  });

  document.addEventListener('mark', ({ detail }) => {
    if (detail.register !== register) return;
    if (detail.state === 'saved' && detail.html) replace(rowOf(detail.student), detail.html);
    if (detail.state === 'denied') {
      notify('This tick could not be saved. The list may be closed.');
      location.reload();
    }
    show();
  });

  function replace(row, html) {
    if (!row) return;
    const here = row.contains(document.activeElement);
    const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('li');
    row.replaceWith(document.adoptNode(fresh));
    if (here) fresh.querySelector('button')?.focus();
  }

  function show() {
    const rows = [...list.querySelectorAll('.ticks > li')];
    const count = (name, n) => { document.querySelector(`[data-count=${name}]`).textContent = n; };
    const missing = rows.filter((row) => 'expected' in row.dataset && row.dataset.there !== 'yes').length;
    count('there', rows.filter((row) => row.dataset.there === 'yes').length);
    count('missing', missing);
    document.querySelector('[data-count=missing]').parentElement.classList.toggle('is-bad', missing > 0);
    document.getElementById('close')?.classList.toggle('btn-primary', missing === 0);
    const kept = outbox.of(register);
    const failed = kept.some((mark) => mark.failed) || (kept.length && !navigator.onLine);
    for (const row of rows) row.classList.toggle('is-kept', kept.some((mark) => mark.student === row.dataset.student));
    state.classList.toggle('is-bad', Boolean(failed));
    state.textContent = failed ? `${kept.length === 1 ? '1 tick is' : `${kept.length} ticks are`} not sent yet, kept here, trying again. You can go on.` : saved;
  }
  addEventListener('online', show);
  addEventListener('offline', show);

  document.addEventListener('fresh', ({ detail: page }) => {
    const fresh = page.getElementById('roll-call');
    if (!fresh || 'closed' in fresh.dataset) return location.reload();
    const underway = new Set(outbox.of(register).map((mark) => mark.student));
    for (const row of fresh.querySelectorAll('.ticks > li')) {
      const old = rowOf(row.dataset.student);
      const newer = old && Number(row.dataset.version) > Number(old.dataset.version);
      if (newer && !underway.has(row.dataset.student)) replace(old, row.outerHTML);
    }
    show();
  });

  // What an earlier visit could not send stands in its line again, and is sent again.
  const kept = outbox.of(register);
  for (const { student, values } of kept) if (rowOf(student)) fill(rowOf(student), values.is_there === 'yes');
  if (kept.length) outbox.flush(register);
  show();
})();
