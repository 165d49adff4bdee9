// «Вызвать инженера»: what is typed is kept until the relay has said that it has it.

import * as api from './api.js';
import { h, icon, kept } from './dom.js';
import { ghosts, head, setAction, turn } from './frame.js';
import { glimpse, readList } from './machines.js';
import { notFound, trouble } from './notices.js';
import { photos } from './photos.js';
import { guard, haptic } from './telegram.js';
import { serial } from './words.js';

const A_DAY = 24 * 3600 * 1000;

/** A draft has the key of the request that it will be: sent twice, it is one request. */
function draft(name) {
  const old = kept.read(name);
  return old && Date.now() - old.at < A_DAY ? old : { key: api.newKey(), description: '', phone: '', photos: [], at: Date.now() };
}

function failure(problem) {
  if (problem.kind === 'missing') return 'Этого оборудования нет в вашем парке.';
  return problem.words('Заявка не принята. Проверьте, что написано, и отправьте ещё раз.') + (problem.passes ? ' Всё, что вы написали, сохранено.' : '');
}

function field(id, label, control, hint) {
  control.id = id;
  control.setAttribute('aria-describedby', `${id}-hint ${id}-wrong`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), control,
    h('p', { class: 'wrong', id: `${id}-wrong` }), hint && h('p', { class: 'hint', id: `${id}-hint` }, hint));
}

/** The form for a machine. */
export async function call(frame, state, person) {
  let machine = glimpse(state.id);
  if (!machine) {
    frame.show('Вызвать инженера', head('Вызвать инженера'), ghosts(2));
    try {
      machine = (await readList()).machines.find(one => one.id === state.id);
    } catch (problem) {
      frame.show('Вызвать инженера', head('Вызвать инженера'), trouble(problem, () => call(frame, state, person)));
      return;
    }
    if (!machine) frame.show('Паспорт', head('Паспорт'), notFound());
  }
  if (machine && frame.isCurrent()) form(frame, machine, `call:${person.user.id}:${machine.id}`);
}

function form(frame, machine, name) {
  const wish = draft(name);
  const description = h('textarea', { rows: 5, maxlength: 2000, placeholder: 'Например: не включается шпиндель, на экране ошибка 414', required: true });
  const phone = h('input', { type: 'tel', inputmode: 'tel', autocomplete: 'tel', maxlength: 50, placeholder: '+7 (999) 123-45-67' });
  const general = h('p', { class: 'banner', role: 'alert', hidden: true });
  let busy = false;
  description.value = wish.description;
  phone.value = wish.phone;
  let pictures = null;
  pictures = photos(wish.photos, keep);

  function keep() {
    Object.assign(wish, { description: description.value, phone: phone.value, photos: pictures ? pictures.ids() : wish.photos, at: Date.now() });
    const typed = Boolean(wish.description.trim() || wish.photos.length);
    if (typed) kept.write(name, wish);
    guard(typed);
    offer();
  }

  function offer() {
    if (!frame.isCurrent()) return;
    const pending = Boolean(pictures && pictures.pending());
    setAction({ text: busy ? 'Отправляем…' : pending ? 'Фото отправляются…' : 'Отправить заявку', busy: busy || pending, press: send });
  }

  function mark(control, text) {
    document.getElementById(`${control.id}-wrong`).textContent = text || '';
    if (text) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  }

  function tell(problem) {
    const controls = { description, phone };
    const told = problem.fields.filter(one => controls[one.field]);
    told.forEach(one => mark(controls[one.field], one.message));
    const rest = problem.fields.filter(one => !controls[one.field]).map(one => one.message);
    general.textContent = told.length && !rest.length ? '' : rest.join(' ') || failure(problem);
    general.hidden = !general.textContent;
    haptic('error');
    if (told.length) controls[told[0].field].focus();
    else general.scrollIntoView({ block: 'center' });
  }

  async function send() {
    general.hidden = true;
    mark(phone);
    mark(description, description.value.trim() ? '' : 'Опишите, что случилось');
    if (!description.value.trim()) {
      description.focus();
      haptic('error');
      return;
    }
    busy = true;
    keep();
    const body = { machine_id: machine.id, description: wish.description.trim(), photos: wish.photos };
    if (wish.phone.trim()) body.phone = wish.phone.trim();
    try {
      const request = await api.call(body, wish.key);
      kept.forget(name);
      guard(false);
      haptic('success');
      if (frame.isCurrent()) turn('sent', { number: request && request.number, machine: machine.name });
    } catch (problem) {
      busy = false;
      offer();
      if (frame.isCurrent()) tell(problem);
    }
  }

  description.addEventListener('input', () => { mark(description); keep(); });
  phone.addEventListener('input', () => { mark(phone); keep(); });
  frame.show('Вызвать инженера', head('Вызвать инженера', `${machine.name} · ${serial(machine.serial)}`), general,
    h('form', { novalidate: true, onsubmit: event => { event.preventDefault(); send(); } },
      field('description', 'Что случилось', description),
      field('phone', 'Телефон для связи', phone, 'Необязательно. Инженер ответит и в Telegram.'),
      h('div', { class: 'field' }, h('span', { class: 'label' }, 'Фото'), pictures.node,
        h('p', { class: 'hint' }, 'До пяти снимков. Они придут и в ваш чат с ботом.'))));
  offer();
}

/** The relay has the request. */
export function sent(frame, state) {
  frame.show('Заявка принята', h('section', { class: 'notice' }, h('span', { class: 'round good' }, icon('tick')),
    h('h1', {}, state.number ? `Заявка № ${state.number} принята` : 'Заявка принята'),
    h('p', {}, `${state.machine}. Инженер свяжется с вами. Что с заявкой, видно в разделе «Заявки» и в чате с ботом.`)));
  if (frame.isCurrent()) setAction({ text: 'К заявкам', press: () => turn('requests', { depth: 0 }) });
}
