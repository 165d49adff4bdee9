// Requests and what became of them: one's own, or for the supplier's engineers those of all clients.

import * as api from './api.js';
import { h } from './dom.js';
import { ghosts, head, toast } from './frame.js';
import { notice, trouble } from './notices.js';
import { haptic } from './telegram.js';
import { date, moment, requestStatus, serial } from './words.js';

let known = null;

const state = request => h('span', { class: 'state ' + request.status }, requestStatus(request.status));
const isOpen = request => request.status === 'new' || request.status === 'in_progress';

/** Does something with a request, says how it went, and reads all anew. */
async function act(button, deed, said, refresh, wrong) {
  button.disabled = true;
  wrong.textContent = '';
  try {
    await deed();
    haptic('success');
    toast(said);
    await refresh();
  } catch (problem) {
    haptic('error');
    wrong.textContent = problem.words('Не получилось. Попробуйте ещё раз.');
    button.disabled = false;
    if (problem.status === 409 || problem.kind === 'missing') refresh();
  }
}

function cancelling(request, refresh, wrong) {
  let sure = 0;
  const button = h('button', { class: 'plain danger', type: 'button', onclick: () => {
    if (Date.now() - sure < 5000) {
      act(button, () => api.cancel(request.id), `Заявка № ${request.number} отменена`, refresh, wrong);
    } else {
      sure = Date.now();
      button.textContent = 'Точно отменить?';
      haptic('warning');
      setTimeout(() => { button.textContent = 'Отменить заявку'; }, 5000);
    }
  } }, 'Отменить заявку');
  return button;
}

/** A day by the reader's own calendar, as a date input wants it; the server decides by the account's. */
const localDay = at => [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(part => String(part).padStart(2, '0')).join('-');

function finishing(request, refresh, wrong) {
  const id = 'result-' + request.id;
  const result = h('textarea', { id, rows: 3, maxlength: 2000, 'aria-describedby': id + '-wrong' });
  const next = h('input', { id: id + '-next', type: 'date', min: localDay(new Date()) });
  const blank = h('p', { class: 'wrong', id: id + '-wrong' });
  const ready = h('button', { class: 'primary', type: 'submit' }, 'Выполнено');
  const form = h('form', { class: 'finish', hidden: true, novalidate: true, onsubmit: event => {
    event.preventDefault();
    blank.textContent = result.value.trim() ? '' : 'Напишите, что сделано';
    if (blank.textContent) {
      result.focus();
      return;
    }
    const outcome = { result: result.value.trim() };
    if (next.value) outcome.next_maintenance = next.value;
    act(ready, () => api.done(request.id, outcome), `Заявка № ${request.number} выполнена`, refresh, wrong);
  } }, h('div', { class: 'field' }, h('label', { for: id }, 'Что сделано'), result, blank),
  h('div', { class: 'field' }, h('label', { for: id + '-next' }, 'Следующее ТО, если меняется'), next), ready);
  const open = h('button', { class: 'secondary', type: 'button', onclick: () => {
    form.hidden = false;
    open.hidden = true;
    result.focus();
  } }, 'Завершить…');
  return [open, form];
}

function card(request, person, refresh) {
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const machine = request.machine || {};
  const deeds = [];
  if (person.user.staff && request.status === 'new') {
    const take = h('button', { class: 'secondary', type: 'button',
      onclick: () => act(take, () => api.take(request.id), `Заявка № ${request.number} в работе`, refresh, wrong) }, 'Взять в работу');
    deeds.push(take);
  }
  if (person.user.staff && isOpen(request)) deeds.push(...finishing(request, refresh, wrong));
  if (!person.user.staff && request.status === 'new') deeds.push(cancelling(request, refresh, wrong));
  return h('li', { class: 'group request' + (isOpen(request) ? '' : ' closed') },
    h('div', { class: 'top' }, h('span', { class: 'soft' }, `№ ${request.number} · ${moment(request.created_at)}`), state(request)),
    h('h2', {}, machine.name || 'Оборудование'),
    h('p', { class: 'soft' }, [machine.serial && serial(machine.serial), request.client, request.photos && `Фото: ${request.photos}`].filter(Boolean).join(' · ')),
    h('p', { class: 'text' }, request.description),
    request.phone && h('a', { class: 'phone', href: 'tel:' + request.phone.replace(/[^+\d]/g, '') }, request.phone),
    request.result && h('div', { class: 'outcome' }, h('b', {}, `Результат${request.done_at ? ', ' + date(request.done_at) : ''}`), h('p', {}, request.result)),
    deeds.length ? h('div', { class: 'deeds' }, deeds) : null, wrong);
}

/** The open ones first; within both as the relay tells them, the newest first. */
export async function requests(frame, place, person) {
  const refresh = () => requests(frame, place, person);
  const title = person.user.staff ? 'Заявки клиентов' : 'Мои заявки';
  const showAll = told => {
    const open = told.filter(isOpen);
    const closed = told.filter(request => !isOpen(request));
    const cards = some => h('ul', { class: 'cards' }, some.map(request => card(request, person, refresh)));
    frame.show(title, head(title, told.length && !open.length ? 'Открытых заявок нет' : null),
      told.length ? [open.length ? cards(open) : null, closed.length ? [h('h2', { class: 'title' }, 'Завершённые'), cards(closed)] : null]
        : notice('list', 'Заявок пока нет', person.user.staff ? 'Когда клиент вызовет инженера, заявка появится здесь.'
          : 'Вызвать инженера можно из паспорта оборудования.'));
  };
  if (known) showAll(known);
  else frame.show(title, head(title), ghosts(2));
  try {
    const now = (await api.requests()).requests;
    if (JSON.stringify(now) !== JSON.stringify(known)) showAll(now);
    known = now;
  } catch (problem) {
    if (!known || problem.kind === 'signin') frame.show(title, head(title), trouble(problem, refresh));
  }
}
