'use strict';
// Everything on this page was written by strangers: it is shown through textContent only.

const $ = id => document.getElementById(id);
const WON = 142;
const FIELD = { serial: 712629, model: 712631, telegram_id: 712633 };
const clock = new Intl.DateTimeFormat('ru-RU', { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const money = new Intl.NumberFormat('ru-RU');

function el(tag, className, text, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  node.append(...children.filter(Boolean));
  return node;
}

async function post(path, body) {
  const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const text = await answer.text();
  let json = {};
  try { json = JSON.parse(text); } catch (e) { /* told by the status */ }
  return { ok: answer.ok, status: answer.status, json };
}

/* Keeps one node an item, in order, and draws anew only those that changed: what is typed or opened elsewhere stays. */
const drawn = new Map();
let first = true;
function lay(parent, items, key, draw) {
  const nodes = items.map(item => {
    const id = key(item);
    const told = JSON.stringify(item);
    const old = drawn.get(id);
    if (old && old.told === told) return old.node;
    const node = draw(item, old && old.node);
    node.classList.toggle('changed', !first);
    drawn.set(id, { told, node });
    return node;
  });
  if (nodes.length === parent.children.length && nodes.every((node, i) => parent.children[i] === node)) return;
  const focused = document.activeElement;
  parent.replaceChildren(...nodes);
  if (focused && parent.contains(focused)) focused.focus();
}

/* A holder that is made once and kept: a pipeline, a stage, a chat. */
const held = new Map();
function holder(id, make) {
  if (!held.has(id)) held.set(id, make());
  return held.get(id);
}

function put(parent, nodes) {
  if (nodes.length === parent.children.length && nodes.every((node, i) => parent.children[i] === node)) return;
  parent.replaceChildren(...nodes);
}

function value(lead, id) {
  return lead.fields.filter(field => field.id === id).map(field => field.value).join(', ');
}

function list(fields) {
  if (!fields.length) return null;
  const dl = el('dl');
  fields.forEach(field => dl.append(el('dt', '', field.name), el('dd', '', field.value)));
  return dl;
}

function open(name, old) {
  const details = el('details');
  details.dataset.name = name;
  const before = old && old.querySelector(`details[data-name="${name}"]`);
  details.open = Boolean(before && before.open);
  return details;
}

function winning(lead, old) {
  const form = el('form', 'winning');
  const before = {};
  if (old) old.querySelectorAll('.winning input').forEach(input => { before[input.name] = input.value; });
  const grid = el('div', 'inputs');
  const input = (name, label, className, hint) => {
    const box = el('input');
    box.name = name;
    box.autocomplete = 'off';
    box.placeholder = hint;
    box.value = before[name] || value(lead, FIELD[name]);
    grid.append(el('label', className, label, box));
  };
  input('serial', 'Серийные номера', 'both', 'SN-1001, SN-1002');
  input('model', 'Модель', '', '16К20');
  input('telegram_id', 'Telegram ID', '', '700100');
  const details = open('win', old);
  details.append(el('summary', '', 'Станок и клиент'), grid);
  const button = el('button', 'win', 'Успешно реализовано');
  const trouble = el('p', 'small');
  form.append(details, button, trouble);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    button.disabled = true;
    const answer = await post(`/sandbox/api/leads/${lead.id}/win`, Object.fromEntries(new FormData(form)));
    button.disabled = false;
    trouble.textContent = answer.ok ? '' : 'Не получилось: ' + (answer.json.detail || answer.status);
    refresh();
  });
  return form;
}

function again(lead, pipelines) {
  const pipeline = pipelines.find(one => one.id === lead.pipeline_id);
  const stage = pipeline.statuses.find(one => one.type === 0);
  const button = el('button', 'again', `Вернуть на этап «${stage.name}»`);
  button.addEventListener('click', async () => {
    button.disabled = true;
    await post(`/sandbox/api/leads/${lead.id}/move`, { pipeline_id: pipeline.id, status_id: stage.id });
    refresh();
  });
  return button;
}

function card(lead, old, pipelines) {
  const node = el('article', 'card');
  node.append(el('div', 'top', null, el('span', 'name', lead.name), el('span', 'price', lead.price ? money.format(lead.price) + ' ₽' : '')));
  const tags = lead.tags.map(tag => tag.name).join(', ');
  node.append(el('div', 'small', `№ ${lead.id} · ${clock.format(lead.created_at * 1000)}${tags ? ' · ' + tags : ''}`));
  lead.contacts.forEach(contact => {
    const ways = contact.fields.map(field => field.value).join(', ');
    node.append(el('div', '', contact.name + (ways ? ' · ' + ways : '')));
  });
  node.append(...[list(lead.fields)].filter(Boolean));
  if (lead.notes.length) {
    const notes = open('notes', old);
    notes.append(el('summary', '', `Примечания: ${lead.notes.length}`), ...lead.notes.map(text => el('pre', '', text)));
    node.append(notes);
  }
  if (lead.tasks.length) {
    const tasks = open('tasks', old);
    tasks.append(el('summary', '', `Задачи: ${lead.tasks.length}`),
      ...lead.tasks.map(task => el('pre', '', `${task.done ? 'Выполнена' : 'До ' + task.till}: ${task.text}`)));
    node.append(tasks);
  }
  node.append(lead.status_id === WON ? again(lead, pipelines) : winning(lead, old));
  return node;
}

function showLeads(state) {
  const parts = state.pipelines.map(pipeline => {
    const part = holder('pipeline' + pipeline.id, () => {
      const box = el('div');
      return { node: el('div', 'pipeline', null, el('h3', '', pipeline.name), box), box };
    });
    const stages = pipeline.statuses.map(stage => {
      const leads = state.leads.filter(lead => lead.pipeline_id === pipeline.id && lead.status_id === stage.id);
      const group = holder(`stage${pipeline.id}-${stage.id}`, () => {
        const dot = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        const circle = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
        dot.setAttribute('class', 'dot');
        dot.setAttribute('viewBox', '0 0 10 10');
        for (const [name, at] of [['cx', 5], ['cy', 5], ['r', 4.5], ['fill', stage.color], ['stroke', '#8894a4']]) circle.setAttribute(name, at);
        dot.append(circle);
        const cards = el('div', 'cards');
        const count = el('span', 'count');
        return { node: el('div', 'stage', null, el('h3', '', null, dot, stage.name, count), cards), cards, count };
      });
      group.count.textContent = leads.length;
      lay(group.cards, leads, lead => 'lead' + lead.id, (lead, old) => card(lead, old, state.pipelines));
      return leads.length ? group.node : null;
    }).filter(Boolean);
    put(part.box, stages.length ? stages : [holder('none' + pipeline.id, () => el('p', 'empty', 'Сделок пока нет'))]);
    return part.node;
  });
  put($('leads'), parts);
}

function showChats(state) {
  const chats = [...new Set(state.messages.map(message => message.chatId).reverse())];
  put($('chats'), chats.length ? chats.map(id => {
    const chat = holder('chat' + id, () => {
      const box = el('div');
      const park = el('a', '', 'Мой парк');
      park.href = '/park?user=' + encodeURIComponent(id);
      park.target = '_blank';
      return { node: el('div', 'chat', null, el('h3', '', `Чат ${id} · `, park), box), box };
    });
    lay(chat.box, state.messages.filter(message => message.chatId === id), message => 'message' + message.messageId, message =>
      el('div', 'bubble', message.text, el('time', '', clock.format(message.date * 1000))));
    return chat.node;
  }) : [holder('nochat', () => el('p', 'empty', 'Сообщений пока нет. Выиграйте сделку, у которой заполнен Telegram ID.'))]);
}

function showMails(state) {
  if (!state.mails.length) {
    put($('mails'), [holder('nomail', () => el('p', 'empty', 'Писем пока нет. Копия каждой заявки придёт сюда.'))]);
    return;
  }
  lay($('mails'), state.mails, mail => 'mail' + mail.id, (mail, old) => {
    const text = open('text', old);
    if (!old) text.open = true;
    text.append(el('summary', '', 'Текст письма'), el('pre', '', mail.text));
    return el('article', 'mail', null, el('div', 'subject', mail.subject), el('div', 'small', `${mail.from} → ${mail.to}`),
      el('time', '', clock.format(mail.date * 1000)), text);
  });
}

function showStatus(state) {
  const hooks = state.hooks.latest;
  const bad = hooks.filter(hook => hook.status < 100 || hook.status >= 300).length;
  $('status').className = '';
  $('status').textContent = `Вызовов API: ${money.format(state.calls)}\nВебхуков в очереди: ${money.format(state.hooks.waiting)}`
    + (bad ? `, не приняты ${bad} из последних ${hooks.length}` : '');
  $('lead-count').textContent = money.format(state.totals.leads);
  $('message-count').textContent = money.format(state.totals.messages);
  $('mail-count').textContent = money.format(state.totals.mails);
}

const PLACE = { crm: 'amoCRM', telegram: 'Telegram', smtp: 'Почта' };
const FAULTS = {
  error500: '500, не сделав', error500_after: '500, сделав', error504_after: '504, сделав', drop_before: 'обрыв до работы',
  drop_after: 'обрыв после работы', html403: '403 страницей', error429: '429', slow: 'медленный ответ', nonsense: '200 с чужой страницей',
  unauthorized: '401', payment: '402, не оплачено', redirect: '302 на чужой адрес', filters_ignored: 'фильтр не действует',
  uri_too_long: '414, длинный адрес', too_heavy: '504, много номеров', forbidden: '403, бот заблокирован', not_found: '400, не нажимал «Запустить»',
  unauthorized: '401, токен не тот', migrated: '400, чат переехал',
  refuse_recipient: '550 получателю', refuse_all: '421 всем', hang: 'молчание', down: 'сервер выключен',
};
let faultNames = null;
function offerFaults() {
  const place = $('fault').elements.at.value;
  $('fault').elements.fault.replaceChildren(...((faultNames || {})[place] || []).map(name => {
    const option = el('option', '', FAULTS[name] || name);
    option.value = name;
    return option;
  }));
}

function span(ms) {
  return ms % 3600000 === 0 ? ms / 3600000 + ' ч' : ms % 60000 === 0 ? ms / 60000 + ' мин' : ms / 1000 + ' с';
}

// an edit of routes/ that is not in effect: where it is wrong, and what to do
function showRoutes(routes) {
  const bad = ['REFUSED', 'FAILED', 'WAITING', 'TAKEN_BACK'].includes(routes.state);
  $('routes').hidden = !bad;
  if (bad) {
    $('routes').firstElementChild.textContent = 'Правка маршрутов ещё не действует: ' + routes.message;
    put($('routes').lastElementChild, routes.findings.map(finding => el('li', '', finding)));
  }
}

function showTrouble(state) {
  if (!faultNames) {
    faultNames = state.fault_names;
    offerFaults();
  }
  const refused = state.accounts.reduce((sum, one) => sum + one.refused + one.blocked, 0);
  $('trouble-count').textContent = (state.faults.length ? `сбоев: ${state.faults.length}` : 'сбоев нет') + (refused ? `, отказов: ${refused}` : '');
  put($('faults'), state.faults.map(fault => el('li', '', `${PLACE[fault.at]}${fault.account && fault.account !== 'a' ? ' ' + fault.account : ''}: `
    + `${FAULTS[fault.fault] || fault.fault}, ${fault.percent} % от «${fault.on}», сработал ${fault.hits} из ${fault.seen}`)));
  const rows = [];
  state.accounts.forEach(one => {
    const windows = one.windows.length ? one.windows : [null];
    windows.forEach((window, i) => {
      const row = el('tr', '', null, el('td', '', i ? '' : one.account),
        el('td', '', window ? `${window.limit} за ${span(window.span_ms)}` : 'без лимита'), el('td', '', window ? window.used : ''),
        el('td', window && window.fullest > window.limit ? 'over' : '', window ? window.fullest : ''));
      row.append(...(i ? ['', '', '', ''] : [one.passed, one.refused, one.blocked, one.blocked_for_ms ? 'ещё ' + Math.ceil(one.blocked_for_ms / 1000) + ' с' : 'нет'])
        .map(text => el('td', '', text)));
      rows.push(row);
    });
  });
  $('limits').tBodies[0].replaceChildren(...rows);
}

let last = '';
let timer = 0;
let running = null;
async function load() {
  try {
    const answer = await fetch('/sandbox/api/state');
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    if (text !== last) {
      last = text;
      const state = JSON.parse(text);
      showLeads(state);
      showChats(state);
      showMails(state);
      showStatus(state);
      showTrouble(state);
      showRoutes(state.routes);
      first = false;
    }
  } catch (e) {
    last = '';
    $('status').className = 'lost';
    $('status').textContent = 'Нет связи с песочницей, повторяем…';
  }
}
function refresh() {
  clearTimeout(timer);
  running = running || load().finally(() => { running = null; timer = setTimeout(refresh, 1000); });
}

const EXTRA = {
  site: {},
  cart_order: { items: [{ id: '1', name: 'Ремень 16К20', price: 1250.5, quantity: 2 }], total: 2501 },
  diagnostics: { serial_number: 'SN-1001', machine_type: '16К20', tg_user_id: 700100 },
};

$('send').addEventListener('submit', async event => {
  event.preventDefault();
  const lead = Object.fromEntries(new FormData(event.target));
  const button = event.target.querySelector('button');
  button.disabled = true;
  try {
    const answer = await post('/api/ingest/leads', { ...lead, meta: EXTRA[lead.source] });
    const problems = (answer.json.errors || answer.json.fields || []).map(one => one.message || one.detail || String(one));
    $('sent').className = answer.ok ? '' : 'bad';
    $('sent').textContent = answer.ok ? `Принято, номер заявки ${answer.json.lead_id}`
      : [answer.json.detail || answer.json.title || `Не принято: ответ ${answer.status}`, ...problems].join('\n');
  } catch (e) {
    $('sent').className = 'bad';
    $('sent').textContent = 'Нет связи с сервером';
  }
  button.disabled = false;
  refresh();
});

$('fault').elements.at.addEventListener('change', () => {
  $('fault').elements.on.value = '*';
  offerFaults();
});
$('fault').addEventListener('submit', async event => {
  event.preventDefault();
  const wish = Object.fromEntries(new FormData(event.target));
  const answer = await post('/sandbox/api/faults', { ...wish, percent: Number(wish.percent) });
  $('fault-answer').textContent = answer.ok ? '' : answer.json.detail || `Не вышло: ответ ${answer.status}`;
  refresh();
});
$('calm').addEventListener('click', async () => {
  await fetch('/sandbox/api/faults', { method: 'DELETE' });
  refresh();
});
$('unblock').addEventListener('click', async () => {
  await Promise.all(((last && JSON.parse(last).accounts) || []).map(one => fetch('/sandbox/api/limits?account=' + one.account, { method: 'DELETE' })));
  refresh();
});

refresh();
