// What the office and others set meanwhile stands in the rows without reloading; nothing of one's own is touched.
(() => {
  'use strict';
  if (!window.register) return;
  const { form, roll, name, rowOf, typing, refresh } = window.register;
  let told = false;

  document.addEventListener('fresh', (event) => {
    const page = event.detail;
    const fresh = page.getElementById('register');
    if (!fresh) return;
    if (fresh.matches('.is-submitted') !== form.matches('.is-submitted')) return anew(event);
    const underway = new Set(outbox.of(name).map((mark) => mark.student));
    for (const row of fresh.querySelectorAll('.roll > li')) {
      const old = rowOf(row.dataset.student);
      if (!old) return anew(event);
      const newer = Number(row.dataset.version) > Number(old.dataset.version);
      if (!newer) continue;
      if (underway.has(row.dataset.student) || typing(old)) event.preventDefault();
      else refresh(old, row.outerHTML);
    }
    if (roll.children.length > fresh.querySelectorAll('.roll > li').length) anew(event);
  });

  // Submitted, taken back, somebody new on the roll: more than rows.
  function anew(event) {
    event.preventDefault();
    if (!outbox.of(name).length && !isText(document.activeElement) && !document.querySelector('dialog[open]')) location.reload();
    else if (!told) notify('Somebody else changed this register meanwhile. Reload the page when you are done.');
    told = true;
  }
})();
