// Submitting a register and taking it back. First everything that is kept goes, then the form as it is.
(() => {
  'use strict';
  if (!window.register) return;
  const { form, name, rowOf } = window.register;
  const byId = (id) => document.getElementById(id);
  const TEN_SECONDS = 10000;
  let cleared = false;
  let busy = false;

  form.addEventListener('submit', async (event) => {
    if (cleared) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    cleared = await outbox.flush(name) && await reachable();
    busy = false;
    if (cleared) form.requestSubmit(event.submitter);
    else explain();
  });

  // Without a connection the page stays, instead of the browser's own error.
  const reachable = () => fetch('/live', { cache: 'no-store', signal: AbortSignal.timeout(5000) }).then((answer) => answer.ok, () => false);

  function explain() {
    const open = outbox.of(name).find((mark) => mark.state);
    if (!open) {
      notify('Not submitted: no connection. Everything is kept here; submit again when it is back.');
      return;
    }
    notify('Not submitted yet: a mark needs you first.');
    rowOf(open.student)?.querySelector('.clash button, [aria-invalid=true]')?.focus();
  }

  // Undo is loud for ten seconds; the same button stays, quietly, as long as the server offers it.
  const offer = byId('undo-offer');
  const loud = offer && !offer.matches('.is-over');
  if (loud) setTimeout(() => offer.classList.add('is-over'), TEN_SECONDS);

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || document.querySelector('dialog[open]')) return;
    if (event.key === 'Enter') byId('submit')?.click();
    else if (event.key === 'z' && loud && !isText(event.target)) byId('undo').requestSubmit();
    else return;
    event.preventDefault();
  });
})();
