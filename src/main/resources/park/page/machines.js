// The list of one's machines, and a machine's passport.

import * as api from './api.js';
import { h, icon } from './dom.js';
import { ghosts, go, head, setAction } from './frame.js';
import { notFound, notice, notLinked, trouble } from './notices.js';
import { haptic, openLink } from './telegram.js';
import { date, distance, EMPTY, LATE, machineStatus, NO_DATA, serial, SOON } from './words.js';

const FRESH = 10000;
const known = { list: null, at: 0, passports: new Map() };

/** Forgets what was read: somebody else, or more, is to be shown. */
export function forget() {
  known.list = null;
  known.passports.clear();
}

/** One's machines as the relay tells them; the last answer where there is one and `fresh` is not asked for. */
export async function readList(fresh) {
  if (fresh || !known.list) {
    known.list = await api.machines();
    known.at = Date.now();
  }
  return known.list;
}

export const status = machine => h('span', { class: 'status ' + machine.status }, h('i', { class: 'dot' }), machineStatus(machine.status));
const isLate = machine => machine.days !== null && machine.days < 0;
const soon = machine => machine.soon ? h('span', { class: 'soon' }, SOON) : isLate(machine) && h('span', { class: 'soon past' }, LATE);

function row(machine) {
  return h('li', {}, h('button', { class: 'row', type: 'button', onclick: () => { haptic('light'); go('passport', { id: machine.id }); } },
    h('span', { class: 'grow' },
      h('span', { class: 'name' }, machine.name || NO_DATA),
      h('span', { class: 'line' }, status(machine), h('span', { class: 'soft' }, serial(machine.serial))),
      h('span', { class: 'line' }, h('span', {}, `След. ТО ${date(machine.next_maintenance)}`), soon(machine))),
    icon('next', 'chevron')));
}

/** The list; what was read before is shown at once and refreshed behind it. */
export async function list(frame, person, linked) {
  const showList = told => {
    if (!person.client && !told.client && !told.machines.length) {
      frame.show('Мой парк', head('Мой парк'), person.user.staff
        ? notice('park', 'Вы инженер поставщика', 'Заявки клиентов — на вкладке «Заявки».') : notLinked(linked));
    } else if (!told.machines.length) {
      frame.show('Мой парк', head('Мой парк', told.client), notice('park', EMPTY, 'Оно появится здесь сразу после покупки.'));
    } else {
      frame.show('Мой парк', head('Мой парк', told.client), h('ul', { class: 'group rows' }, told.machines.map(row)));
    }
  };
  const before = known.list;
  if (before) showList(before);
  else frame.show('Мой парк', head('Мой парк'), ghosts(3));
  if (before && Date.now() - known.at < FRESH) return;
  try {
    const now = await readList(true);
    if (JSON.stringify(now) !== JSON.stringify(before)) showList(now);
  } catch (problem) {
    if (!before || problem.kind === 'signin') frame.show('Мой парк', head('Мой парк'), trouble(problem, () => list(frame, person, linked)));
  }
}

const pair = (name, value) => h('div', { class: 'pair' }, h('dt', {}, name), h('dd', { class: value ? null : 'none' }, value || NO_DATA));
const part = (title, ...nodes) => h('section', {}, h('h2', { class: 'title' }, title), nodes);

/** A configuration is a text; one that is a JSON object is shown by its names. */
function configuration(text) {
  let told = text;
  try { told = typeof text === 'string' ? JSON.parse(text) : text; } catch (e) { /* a text */ }
  if (!told || typeof told !== 'object' || Array.isArray(told)) return [pair('Конфигурация', text && String(text))];
  return Object.entries(told).map(([name, value]) => pair(name, typeof value === 'object' ? JSON.stringify(value) : String(value)));
}

function history(entries) {
  if (!entries || !entries.length) return h('p', { class: 'group none' }, NO_DATA);
  return h('ol', { class: 'group history' }, entries.map(entry => h('li', {},
    h('time', { datetime: entry.date }, date(entry.date)), h('strong', {}, entry.title || 'Обслуживание'),
    entry.description && h('p', {}, entry.description))));
}

/** Only addresses of the web are links. */
function documents(files) {
  const safe = (files || []).filter(file => /^https?:\/\//i.test(file.url));
  if (!safe.length) return h('p', { class: 'group none' }, NO_DATA);
  return h('ul', { class: 'group rows' }, safe.map(file => h('li', {}, h('a', { class: 'row', href: file.url, target: '_blank', rel: 'noopener noreferrer',
    onclick: event => { if (openLink(file.url)) event.preventDefault(); } },
  icon('file', 'lead-icon'), h('span', { class: 'grow' }, file.title || file.url), icon('next', 'chevron')))));
}

function showPassport(frame, machine) {
  const left = distance(machine.days);
  frame.show(machine.name || 'Паспорт', head(machine.name || NO_DATA, serial(machine.serial)),
    h('div', { class: 'tiles' },
      h('div', { class: 'tile' }, h('small', {}, 'Состояние'), status(machine)),
      h('div', { class: 'tile' }, h('small', {}, 'След. ТО'), h('b', { class: machine.next_maintenance ? null : 'none' }, date(machine.next_maintenance)),
        left && h('small', {}, left), soon(machine))),
    part('Паспорт', h('dl', { class: 'group' }, pair('Модель', machine.model), pair('Серийный номер', machine.serial),
      configuration(machine.configuration), pair('Зарегистрирован', machine.registered && date(machine.registered)))),
    part('История обслуживания', history(machine.history)),
    part('Документы', documents(machine.documents)));
  if (frame.isCurrent()) setAction({ text: 'Вызвать инженера', press: () => go('call', { id: machine.id }) });
}

/** A machine as it is known from the list or its passport, or null. */
export const glimpse = id => known.passports.get(id) || (known.list && known.list.machines.find(machine => machine.id === id)) || null;

/** A machine's passport; one of somebody else's is not found. */
export async function passport(frame, state) {
  const before = known.passports.get(state.id);
  const seen = glimpse(state.id);
  if (before) showPassport(frame, before);
  else frame.show('Паспорт', head(seen ? seen.name : 'Паспорт', seen && serial(seen.serial)), ghosts(2));
  try {
    if (!state.id) throw new api.Problem('missing', 404);
    const machine = await api.machine(state.id);
    known.passports.set(state.id, machine);
    if (JSON.stringify(machine) !== JSON.stringify(before)) showPassport(frame, machine);
  } catch (problem) {
    if (problem.kind === 'missing' || problem.kind === 'invalid') {
      known.passports.delete(state.id);
      if (frame.isCurrent()) setAction(null);
      frame.show('Паспорт', head('Паспорт'), notFound());
    } else if (!before || problem.kind === 'signin') {
      if (frame.isCurrent()) setAction(null);
      frame.show('Паспорт', head('Паспорт'), trouble(problem, () => passport(frame, state)));
    }
  }
}

/** Which of one's own machines a link's start parameter means; null for any other. */
export async function find(parameter) {
  const wanted = parameter.replace(/^(sn|service)_/, '').toLowerCase();
  const found = (await readList()).machines.find(machine => String(machine.serial).toLowerCase() === wanted);
  return found ? found.id : null;
}
