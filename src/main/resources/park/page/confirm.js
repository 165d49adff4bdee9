// Telegram's word is old: desktop and Apple clients keep it for days. The person proves anew who it is, and goes on where it was.

import * as api from './api.js';
import { h } from './dom.js';
import * as telegram from './telegram.js';

let open = null;

/** Asks for the bot's code, or the phone; true once it is confirmed, false where the person would rather not. One window for all that wait. */
export function confirm() {
  if (!open) open = new Promise(resolve => show(resolve)).finally(() => { open = null; });
  return open;
}

function show(resolve) {
  const before = document.activeElement;
  const code = h('input', { id: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 7, 'aria-describedby': 'code-wrong' });
  const said = h('p', { class: 'wrong', id: 'code-wrong', role: 'alert' });
  const main = h('button', { class: 'primary', type: 'submit' }, 'Подтвердить');
  const share = telegram.canShareContact() && h('button', { class: 'secondary', type: 'button', onclick: () => prove(contact) }, 'Поделиться телефоном');
  const leave = h('button', { class: 'secondary', type: 'button', onclick: () => end(false) }, 'Не сейчас');
  const window = h('div', { class: 'over', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'confirm' },
    h('form', { novalidate: true, onsubmit: event => { event.preventDefault(); prove(typed); } }, h('h2', { id: 'confirm' }, 'Подтвердите, что это вы'),
      h('p', {}, 'Telegram давно не подтверждал, кто вы. Бот прислал вам код: введите его. Всё, что вы написали, сохранено и уйдёт само.'),
      h('div', { class: 'field' }, h('label', { for: 'code' }, 'Код из чата с ботом'), code, said), main, share, leave));

  function end(confirmed) {
    window.remove();
    if (before) before.focus();
    resolve(confirmed);
  }

  async function typed() {
    return code.value.replace(/\D/g, '') ? { code: code.value } : null;
  }

  async function contact() {
    const signed = await telegram.shareContact();
    return signed && { contact: signed };
  }

  async function prove(how) {
    said.textContent = '';
    main.disabled = true;
    try {
      const proof = await how();
      if (proof) {
        await api.confirmBy(proof);
        telegram.haptic('success');
        end(true);
        return;
      }
      said.textContent = how === typed ? 'Введите код' : 'Телефон не передан.';
    } catch (problem) {
      said.textContent = problem.words('Не получилось подтвердить. Попробуйте ещё раз.');
      telegram.haptic('error');
    }
    main.disabled = false;
  }

  document.body.append(window);
  code.focus();
}
