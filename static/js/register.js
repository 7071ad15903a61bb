// The register's rows: what a change means, what is shown about saving, what to do with the server's answer.
// The rows are the only state. outbox.js sends what a row holds; keys, sheet and submission work through window.register.
(() => {
  'use strict';
  const form = document.getElementById('register');
  if (!form || !window.outbox) return;
  const register = form.dataset.register;
  const roll = form.querySelector('.roll');
  const byId = (id) => document.getElementById(id);
  const rowOf = (student) => byId(`s-${student}`);
  const nameOf = (row) => row.querySelector('.roll-name small, .roll-name bdi').textContent;
  const chosen = (row) => row.querySelector('.codes :checked');
  const TYPED = 700; // milliseconds without a key until typed text is sent

  // A row's fields: field[student] in the form, field alone on the way to the server.
  const fieldsOf = (row) => [...row.querySelectorAll('input[name]')].map((input) => [input.name.split('[')[0], input]);
  const field = (row, name) => fieldsOf(row).find(([it]) => it === name)?.[1];

  function valuesOf(row) {
    const values = {};
    for (const [name, input] of fieldsOf(row)) {
      if (input.type === 'checkbox') values[name] = input.checked ? input.value : '0';
      else if (input.type !== 'radio' || input.checked) values[name] = input.value.trim();
    }
    const asks = chosen(row)?.dataset.asks;
    for (const name of ['minutes', 'left']) if (name in values && asks !== name) values[name] = '';
    return values;
  }

  function fill(row, values) {
    for (const [name, input] of fieldsOf(row)) {
      if (!(name in values)) continue;
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = input.value === values[name];
      else input.value = values[name];
    }
  }

  function save(row, delay) {
    answers.delete(row.dataset.student);
    outbox.put({ register, student: row.dataset.student, values: valuesOf(row) }, delay);
    show();
  }

  // Text is kept with each key and sent when it rests or is left. What change says of text is not read: browsers also
  // say it of a field that is just being replaced, in a row that is no longer whole.
  roll.addEventListener('input', ({ target }) => {
    if (target.name && isText(target)) save(target.closest('li'), TYPED);
  });
  roll.addEventListener('change', ({ target }) => {
    const row = target.closest('li');
    if (target.name && !isText(target)) {
      prefill(row);
      save(row);
    } else hasten(row);
  });
  const hasten = (row) => outbox.hasten({ register, student: row.dataset.student });

  // Minutes late from the clock, by the server's time: a wrong clock on the laptop does no harm.
  const now = () => performance.timeOrigin + performance.now();
  const skew = Date.parse(form.dataset.now) - now();
  function prefill(row) {
    const minutes = field(row, 'minutes');
    if (chosen(row)?.dataset.asks !== 'minutes' || minutes.value) return;
    const late = Math.floor((now() + skew - Date.parse(form.dataset.starts)) / 60000);
    if (late >= 1 && late <= 999) minutes.value = late;
  }

  // What became of a mark.
  let somethingSaved = false;
  document.addEventListener('mark', ({ detail }) => {
    const { student, state, html } = detail;
    if (detail.register !== register) return;
    let row = rowOf(student);
    if (state === 'denied') deny(html);
    else if (row && html) row = replace(row, student, state, html);
    if (row) stamp(row, state);
    if (state === 'saved') somethingSaved = true;
    show();
  });

  const typing = (row) => row.contains(document.activeElement) && isText(document.activeElement);

  function replace(row, student, state, html) {
    if (state === 'saved' && typing(row)) return keepTyping(row, student, html);
    const here = row.contains(document.activeElement);
    htmx.swap(row, html, { swapStyle: 'outerHTML', swapDelay: 0, settleDelay: 0 });
    const fresh = rowOf(student);
    if (here && state !== 'saved') fresh.querySelector('.clash button, [aria-invalid=true]')?.focus();
    return fresh;
  }

  // Where text has the caret nothing is taken away; the server's row takes its place when the field is left.
  const answers = new Map(); // student → the server's row
  function keepTyping(row, student, html) {
    row.dataset.version = /data-version="(\d+)"/.exec(html)[1];
    field(row, 'version').value = row.dataset.version;
    answers.set(student, html);
    return row;
  }
  roll.addEventListener('focusout', ({ target }) => {
    const { student } = target.closest('li').dataset;
    setTimeout(() => {
      if (!answers.has(student) || typing(rowOf(student))) return;
      stamp(replace(rowOf(student), student, 'saved', answers.get(student)), 'saved');
      answers.delete(student);
    });
  });

  function deny(html) {
    const notices = byId('notices');
    const before = notices.childElementCount;
    htmx.swap(notices, html, { swapStyle: 'beforeend', swapDelay: 0, settleDelay: 0 }, { select: '.notice' });
    if (notices.childElementCount === before) notify('This mark could not be saved. Reload the page to see what stands.');
  }

  const SAYS = {
    saving: ['', 'loader-2', 'Saving'],
    saved: ['is-ok', 'check', 'Saved'],
    unsaved: ['is-bad', 'cloud-off', 'Not saved · '],
    refused: ['is-bad', 'cloud-off', 'Not saved'],
    denied: ['is-bad', 'cloud-off', 'Not saved'],
  };
  function stamp(row, state) {
    const place = row.querySelector('.save');
    const [tone, name, words] = SAYS[state] ?? [];
    place.className = `save ${tone ?? ''}`;
    place.replaceChildren();
    if (!words) return;
    place.append(icon(name, state === 'saving' ? 'spin' : ''), words);
    if (state === 'unsaved') place.append(retryButton(row));
    if (state === 'saved') setTimeout(() => place.classList.contains('is-ok') && place.replaceChildren(), 3000);
  }

  function retryButton(row) {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.act = 'retry';
    button.textContent = 'Retry';
    button.setAttribute('aria-label', `Retry ${nameOf(row)}`);
    return button;
  }

  // Totals follow what stands in the rows, also without a connection; then the sum of the saving.
  function show() {
    const counts = { here: 0, conflict: roll.querySelectorAll('.here :checked').length };
    for (const row of roll.children) {
      const tone = row.dataset.tone ?? chosen(row)?.dataset.tone ?? 'unmarked';
      counts[tone] = (counts[tone] ?? 0) + 1;
    }
    for (const total of document.querySelectorAll('#totals [data-count]')) {
      const name = total.dataset.count;
      total.textContent = counts[name] ?? 0;
      total.parentElement.hidden = !counts[name] && name !== 'here';
    }
    const kept = outbox.of(register);
    const failed = kept.filter((mark) => mark.failed).length;
    showState(failed, kept.filter((mark) => mark.state).length, kept.length);
    showOffline(failed);
  }

  // For the eye at once; for the ear only when it has come to rest.
  let told = 0;
  function showState(failed, open, kept) {
    let says = [];
    if (failed) says = ['is-bad', 'cloud-off', `${failed === 1 ? '1 change' : `${failed} changes`} not saved,`, ' kept here, trying again'];
    else if (!navigator.onLine) says = ['is-late', 'wifi-off', 'No connection.', ' You can go on'];
    else if (open) says = ['is-bad', 'alert-triangle', open === 1 ? '1 mark needs you' : `${open} marks need you`];
    else if (kept) says = ['', 'loader-2', 'Saving'];
    else if (somethingSaved) says = ['is-ok', 'check', 'All changes saved'];
    const [tone, name, words, more = ''] = says;
    const state = document.createElement('span');
    state.className = `state ${tone}`;
    if (words) state.append(icon(name, name === 'loader-2' ? 'icon-s spin' : 'icon-s'), words);
    byId('save-state').replaceChildren(...(words ? [state, more] : []));
    clearTimeout(told);
    if (words && name !== 'loader-2') told = setTimeout(() => announce(words + more), 1000);
  }

  function showOffline(failed) {
    const strip = byId('offline');
    strip.hidden = navigator.onLine && !failed;
    const kept = failed === 1 ? '1 change is kept here.' : `${failed} changes are kept here.`;
    strip.querySelector('span').textContent = `No connection. ${failed ? kept : 'You can go on.'}`;
  }
  addEventListener('online', show);
  addEventListener('offline', show);

  // Two people, one row.
  form.addEventListener('click', (event) => {
    const button = event.target.closest('[data-act], [name=theirs]');
    if (!button) return;
    event.preventDefault();
    if (button.dataset.act === 'retry') outbox.retry();
    else if (button.dataset.act === 'mine') save(button.closest('li'));
    else keepTheirs(button.closest('li'));
  });

  async function keepTheirs({ id, dataset: { student } }) {
    await htmx.ajax('GET', location.pathname, { source: `#${id}`, target: `#${id}`, select: `#${id}`, swap: 'outerHTML' }).catch(() => {});
    if (rowOf(student).querySelector('.clash')) return; // no connection: still to decide
    outbox.drop(register, student);
    window.register.focusOn(rowOf(student));
    show();
  }

  // What an earlier visit could not save stands in its row again, and is sent again.
  function bringBack() {
    const kept = outbox.of(register);
    for (const { student, values } of kept) {
      const row = rowOf(student);
      if (!row) continue;
      fill(row, values);
      stamp(row, 'unsaved');
    }
    if (kept.length) outbox.flush(register);
    show();
  }

  window.register = {
    form, roll, name: register, rowOf, nameOf, chosen, field, hasten, typing,
    /** Shows what somebody else set meanwhile, where nothing of one's own is under way. */
    refresh(row, html) {
      const here = row.contains(document.activeElement);
      replace(row, row.dataset.student, 'refreshed', html);
      if (here) window.register.focusOn(rowOf(row.dataset.student));
      show();
    },
    /** Puts the focus where a row is worked: on the choice, else on its code. */
    focusOn(row) {
      (row?.querySelector('.clash button') ?? (row && chosen(row)) ?? row?.querySelector('.codes input, .here input'))?.focus();
    },
  };
  bringBack();
  // Gone back to by the browser, the page would hold old versions.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
})();
