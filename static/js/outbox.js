// Keeps every mark until the server has it: through a lost connection, a reloaded page, a lost answer.
//
// A mark is one row of a register as the person left it: ids, codes, numbers and the remark, nothing else. It is stored
// before it is sent and removed when the server has answered for exactly what was sent. One request a row is under way
// at a time, and the last value wins. Sending twice is safe: the server answers a mark it already has with that mark.
//
// What becomes of a mark is told by a "mark" event on the document, detail = { register, student, state, html }:
//   saving · saved · unsaved (will be sent again) · disputed (409) · refused (422) · denied (given up, html says why)
(() => {
  'use strict';
  const user = document.body.dataset.user;
  if (!user) return;

  const PREFIX = 'belfry:mark:';
  const OLD = 24 * 60 * 60 * 1000; // milliseconds that another person's marks stay on a shared machine
  const PATIENCE = 10 * 1000; // milliseconds for one answer
  const LONGEST_WAIT = 60; // seconds between two tries

  const marks = new Map(); // storage key → mark
  const underway = new Map(); // storage key → promise of its request
  const typing = new Map(); // storage key → timer of a value that is still being typed
  let tries = 0;
  let retry = null;
  let leaving = false;

  const keyOf = ({ register, student }) => `${PREFIX}${user}:${register}:${student}`;
  const tell = ({ register, student }, state, html) =>
    document.dispatchEvent(new CustomEvent('mark', { detail: { register, student, state, html } }));

  // Without storage a mark is kept as long as the page is open.
  function keep(key, mark) {
    marks.set(key, mark);
    try {
      localStorage.setItem(key, JSON.stringify(mark));
      mark.lasting = true;
    } catch {
      mark.lasting = false;
    }
  }

  function forget(key) {
    marks.delete(key);
    try { localStorage.removeItem(key); } catch { /* no storage, nothing to forget */ }
  }

  function stored(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  function storedKeys() {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
  }

  function load() {
    for (const key of storedKeys()) {
      const mark = stored(key);
      if (!mark) forget(key);
      else if (key.startsWith(`${PREFIX}${user}:`)) marks.set(key, { ...mark, lasting: true, failed: true });
      else if (Date.now() - mark.at > OLD) forget(key);
    }
  }

  // Another tab has sent it, or has a newer one, since this page read it.
  const overtaken = (key, mark) => mark.lasting && stored(key)?.serial !== mark.serial;

  function send(key) {
    if (!underway.has(key)) underway.set(key, carry(key).finally(() => underway.delete(key)));
    return underway.get(key);
  }

  // Sends until the server has answered for the newest value.
  async function carry(key) {
    let sent = null;
    while (!leaving && marks.has(key) && marks.get(key).serial !== sent) {
      const mark = marks.get(key);
      clearTimeout(typing.get(key));
      typing.delete(key);
      if (overtaken(key, mark)) {
        marks.delete(key);
        tell(mark, 'saved');
        return;
      }
      sent = mark.serial;
      tell(mark, 'saving');
      const answer = await request(mark);
      if (marks.has(key)) settle(key, sent, answer);
    }
  }

  // A headcount of a fire roll or a trip is ticked off in the same way; its register begins with what it is.
  const placeOf = ({ register, student }) =>
    register.startsWith('roll-calls/') ? `/${register}/ticks/${student}` : `/registers/${register}/marks/${student}`;

  async function request({ register, student, values }) {
    try {
      const answer = await fetch(placeOf({ register, student }), {
        method: 'PUT',
        headers: { 'HX-Request': 'true' },
        body: new URLSearchParams(values),
        redirect: 'manual',
        keepalive: true, // a mark made in the moment of leaving still goes
        signal: AbortSignal.timeout(PATIENCE),
      });
      return { status: answer.status, headers: answer.headers, html: await answer.text() };
    } catch {
      return { status: 0, html: '' };
    }
  }

  // What an answer means. A value newer than the sent one is not touched; carry sends it next.
  function settle(key, sent, { status, headers, html }) {
    const mark = marks.get(key);
    const newer = mark.serial !== sent;
    // Some networks answer everything with a page of their own: without a version it is not our answer.
    const version = /data-version="(\d+)"/.exec(html)?.[1];
    if (status === 200 && version) {
      connected();
      if (newer) keep(key, { ...mark, values: { ...mark.values, version } });
      else { forget(key); tell(mark, 'saved', html); }
    } else if ((status === 409 || status === 422) && version) {
      connected();
      if (!newer) hold(key, mark, status === 409 ? 'disputed' : 'refused', html);
    } else if (status === 401) {
      signIn(headers);
    } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      forget(key);
      tell(mark, 'denied', html);
    } else {
      keep(key, { ...mark, failed: true });
      tell(mark, 'unsaved');
      later(Number(headers?.get('Retry-After')) || 0);
    }
  }

  // The person has to decide first.
  function hold(key, mark, state, html) {
    keep(key, { ...mark, state, failed: false });
    tell(mark, state, html);
  }

  function signIn(headers) {
    leaving = true; // what is kept is sent when the same person is back
    location.assign(headers.get('HX-Redirect') ?? '/sign-in');
  }

  function connected() {
    if (tries === 0) return;
    tries = 0;
    setTimeout(drain);
  }

  function later(seconds) {
    if (retry && !seconds) return;
    clearTimeout(retry);
    const wait = Math.max(seconds, Math.min(LONGEST_WAIT, 2 ** tries));
    tries += 1;
    retry = setTimeout(drain, wait * 1000 * (0.75 + Math.random() / 2)); // spread: a whole school comes back at once
  }

  // One after the other, and no further when one finds no way.
  async function drain() {
    clearTimeout(retry);
    retry = null;
    for (const [key, mark] of [...marks]) {
      if (mark.state || typing.has(key)) continue;
      await send(key);
      if (marks.get(key)?.failed) return;
    }
  }

  window.outbox = {
    /** Keeps a mark and sends it, after `delay` milliseconds when it is still being typed. */
    put({ register, student, values }, delay = 0) {
      const key = keyOf({ register, student });
      const at = Date.now();
      keep(key, { register, student, values, at, serial: `${at}.${Math.random()}` });
      clearTimeout(typing.get(key));
      if (delay) typing.set(key, setTimeout(() => send(key), delay));
      else send(key);
    },

    /** Sends what was being typed, because the field was left. */
    hasten(mark) {
      if (typing.has(keyOf(mark))) send(keyOf(mark));
    },

    /** How many marks of this person the server does not have yet. */
    count: () => marks.size,

    /** The marks of a register that the server does not have yet. */
    of: (register) => [...marks.values()].filter((mark) => mark.register === register),

    /** Lets go of a mark, because the other person's is kept. */
    drop: (register, student) => forget(keyOf({ register, student })),

    /** Sends what a register still has, also what was disputed or refused, and says whether all of it is saved now. */
    async flush(register) {
      const open = () => window.outbox.of(register).map(keyOf);
      for (const key of open()) keep(key, { ...marks.get(key), state: undefined });
      await Promise.all(open().map(send));
      return open().length === 0;
    },

    /** Tries again now what could not be sent. */
    retry: drain,

    /** Forgets this person's marks: the machine may be a shared one. */
    clear() {
      leaving = true;
      for (const key of [...marks.keys()]) forget(key);
    },
  };

  load();
  addEventListener('pageshow', () => setTimeout(drain));
  addEventListener('online', drain);
  addEventListener('offline', () => marks.forEach((mark) => mark.state || tell(mark, 'unsaved')));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) [...typing.keys()].forEach(send);
    else drain();
  });
  addEventListener('beforeunload', (event) => {
    const open = [...marks.values()].some((mark) => mark.failed || mark.state);
    if (open && !leaving) event.preventDefault();
  });
})();
