// One sheet for all rows: every code, minutes, time, remark, what the row had to cut, and who changed what.
// It works the row's own fields, so it needs no connection but for the history.
(() => {
  'use strict';
  if (!window.register) return;
  const { roll, rowOf, nameOf, chosen, field, focusOn, hasten } = window.register;
  const byId = (id) => document.getElementById(id);
  const sheet = byId('sheet');
  const codes = byId('sheet-codes');
  const asked = sheet.querySelectorAll('[data-for]');
  let student = null;
  const row = () => rowOf(student);

  window.register.openSheet = (of) => {
    const { pathname } = new URL(of.querySelector('.dots, .remark').href);
    student = of.dataset.student;
    byId('sheet-title').textContent = nameOf(of);
    byId('sheet-page').href = pathname;
    drawNotes();
    drawCodes();
    drawFields();
    sheet.showModal();
    codes.querySelector(':checked')?.focus();
    byId('sheet-history').replaceChildren();
    htmx.ajax('GET', pathname, { source: '#sheet-history', target: '#sheet-history', select: '#history > *', swap: 'innerHTML' }).catch(() => {});
  };

  function drawNotes() {
    byId('sheet-notes').replaceChildren(...[...row().querySelectorAll('.roll-note')].map((note) => {
      const line = document.createElement('p');
      line.className = note.matches('.is-bad') ? 'redline' : 'alertline';
      line.append(icon(note.matches('.is-bad') ? 'alert-circle' : 'info-circle', 'icon-s'), note.title || note.textContent.trim());
      return line;
    }));
  }

  function drawCodes() {
    codes.replaceChildren(codes.querySelector('legend'), ...[...row().querySelectorAll('.codes input')].map((input) => {
      const label = document.createElement('label');
      const copy = document.createElement('input');
      copy.className = 'form-check-input';
      copy.type = input.type;
      copy.name = 'sheet-code';
      copy.value = input.id;
      copy.checked = input.checked;
      label.append(copy, input.parentElement.textContent.trim());
      return label;
    }));
  }

  function drawFields() {
    const asks = chosen(row())?.dataset.asks;
    for (const place of asked) {
      const name = place.dataset.for;
      place.hidden = name !== 'remark' && name !== asks;
      place.querySelector('input').value = field(row(), name)?.value ?? '';
    }
  }

  codes.addEventListener('change', ({ target }) => {
    const input = byId(target.value);
    input.checked = target.checked;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    drawFields();
  });
  for (const place of asked) {
    place.addEventListener('input', ({ target }) => {
      const input = field(row(), place.dataset.for);
      input.value = target.value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
  sheet.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !isText(event.target)) return;
    event.preventDefault();
    sheet.close();
  });
  sheet.addEventListener('close', () => {
    hasten(row());
    focusOn(row());
  });

  roll.addEventListener('click', (event) => {
    const link = event.target.closest('.dots');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.register.openSheet(link.closest('li'));
  });
})();
