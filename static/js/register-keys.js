// The register by keyboard. Arrows and Enter go from student to student, a code's letter chooses it, digits are minutes.
(() => {
  'use strict';
  if (!window.register) return;
  const { roll, chosen, field, focusOn } = window.register;

  const step = (row, by) => focusOn(by > 0 ? row.nextElementSibling : row.previousElementSibling);

  // The remark is typed over the codes, until the field is left.
  function remark(row) {
    row.classList.add('is-noting');
    field(row, 'remark').focus();
  }
  roll.addEventListener('focusout', ({ target }) => {
    if (target.name?.startsWith('remark')) target.closest('li').classList.remove('is-noting');
  });
  roll.addEventListener('click', (event) => {
    const link = event.target.closest('.remark');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    remark(link.closest('li'));
  });

  // The letter that is printed on the key, whatever alphabet the keyboard writes.
  const lettersOf = ({ key, code }) => [key.toLowerCase(), /^Key[A-Z]$/.test(code) ? code[3].toLowerCase() : ''];

  function choose(row, event) {
    const letters = lettersOf(event);
    const input = [...row.querySelectorAll('.codes input')].find((it) => letters.includes(it.dataset.key));
    if (!input || row.querySelector('.clash')) return false;
    const before = input.checked;
    input.checked = input.type === 'radio' || !before;
    input.focus();
    // Present, shown from the start, becomes a mark when somebody says so.
    if (input.checked !== before || row.dataset.version === '0') input.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }

  function typeMinutes(row, digit) {
    if (chosen(row)?.dataset.asks !== 'minutes') return false;
    const minutes = field(row, 'minutes');
    minutes.value = digit;
    minutes.focus();
    minutes.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }

  // Keys that work in a row's text fields as well.
  function move(row, { key, target }) {
    if (key === 'Enter' && !target.matches('a, button')) {
      if (row.nextElementSibling) step(row, 1);
      else focusOn(row);
    } else if ((key === 'ArrowDown' || key === 'ArrowUp') && target.type !== 'time') {
      step(row, key === 'ArrowDown' ? 1 : -1);
    } else if (key === 'Escape' && row.matches('.is-noting')) {
      row.classList.remove('is-noting');
      focusOn(row);
    } else return false;
    return true;
  }

  function command(row, event) {
    const { key } = event;
    if (key === 'Home' || key === 'End') focusOn(key === 'Home' ? roll.firstElementChild : roll.lastElementChild);
    else if (/^\d$/.test(key)) return typeMinutes(row, key);
    else if (key === '.') window.register.openSheet(row);
    else if (choose(row, event)) return true;
    else if (lettersOf(event).includes('r')) remark(row);
    else return false;
    return true;
  }

  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const row = target.closest('.roll > li');
    if (!row && target === document.body && event.key === 'ArrowDown') {
      focusOn(roll.firstElementChild);
      event.preventDefault();
    } else if (row && (move(row, event) || (!isText(target) && isSingleKey(event) && command(row, event)))) {
      event.preventDefault();
    }
  });
})();
