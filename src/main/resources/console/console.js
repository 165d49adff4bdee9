'use strict';
// What the doors tell is shown through textContent only.

const $ = id => document.getElementById(id);
const EVERY = 5000;
const clock = new Intl.DateTimeFormat('ru-RU', { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' });
const EDITS = {
  OFF: ['off', 'выключены'], RUNNING: ['', 'в силе'], REFUSED: ['bad', 'не принята'], WAITING: ['wait', 'ждёт'], FAILED: ['bad', 'не удалась'], TAKEN_BACK: ['bad', 'отменена'],
};
const ACCOUNTS = {
  ok: ['', 'работает'], degraded: ['wait', 'настройка неверна'], refused: ['bad', 'отклоняет записи'], slowed: ['wait', 'просит реже'], 'auth-required': ['bad', 'нужен доступ'], unpaid: ['bad', 'не оплачен'],
  blocked: ['bad', 'заблокирован'], down: ['wait', 'не отвечает'], unexpected: ['bad', 'отвечает не то'],
};
const ROUTES = { Started: ['', 'работает'], Stopped: ['bad', 'остановлен'], Suspended: ['wait', 'приостановлен'] };
const OWED = { 'mail.lead-copy': 'копия на почту', 'crm.lead-notes': 'примечания к сделке' };

function el(tag, className, text, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  node.append(...children.filter(Boolean));
  return node;
}

const state = ([className, word]) => el('span', 'state ' + className, word);
const moment = iso => iso ? clock.format(new Date(iso)) : '';

function age(seconds) {
  if (seconds < 60) return 'до минуты';
  if (seconds < 3600) return Math.floor(seconds / 60) + ' мин';
  return seconds < 172800 ? Math.floor(seconds / 3600) + ' ч' : Math.floor(seconds / 86400) + ' дн';
}

class Refused extends Error {}

async function ask(path, wish, method) {
  const options = { headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' }, cache: 'no-store' };
  if (wish !== undefined || method) {
    const token = document.cookie.split('; ').find(one => one.startsWith('RELAY-XSRF='));
    options.method = method || 'POST';
    options.headers['Content-Type'] = 'application/json';
    options.headers['X-XSRF-TOKEN'] = token ? token.substring('RELAY-XSRF='.length) : '';
    if (wish !== undefined) options.body = JSON.stringify(wish);
  }
  // whole: a browser that was given the password in the address asks for nothing relative to it
  const answer = await fetch(location.origin + path, options);
  if (answer.status === 401) location.assign('/console/login');
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(json.title || (answer.status === 403 ? 'на это нет прав, или страница устарела: обновите её' : 'ответ ' + answer.status));
  return json;
}

/* Draws a table anew only when something changed: what is focused or selected stays. */
const drawn = new Map();
function rows(table, items, draw) {
  const told = JSON.stringify(items);
  if (drawn.get(table) === told) return;
  drawn.set(table, told);
  table.tBodies[0].replaceChildren(...items.map(item => el('tr', '', null, ...draw(item))));
}

const cell = (content, className) => typeof content === 'object' && content !== null ? el('td', className, null, content) : el('td', className, content);

function both(first, second, className) {
  const node = el('td', className, null, el('span', '', first));
  if (second) node.append(el('span', 'more', second));
  return node;
}

/* First what would be done, then the question, then the deed. */
async function replay(wish, button) {
  button.disabled = true;
  $('told').hidden = true;
  try {
    const told = await ask('/api/admin/replay', { ...wish, dryRun: true });
    const kept = told.kept ? '\nНе будет повторено: ' + told.kept : '';
    const doubt = told.mayHaveArrived
      ? '\nМогло уже дойти и повторено не будет: ' + told.mayHaveArrived + '. Проверьте в CRM, прежде чем повторять это через API.' : '';
    $('ask-text').textContent = 'Будет повторено: ' + told.replayed + kept + doubt + '\nКлючи остаются прежними, второй раз ничего не произойдёт.';
    $('ask-title').textContent = 'Повторить?';
    $('ask-yes').textContent = 'Повторить';
    $('ask-yes').disabled = told.replayed === 0;
    if (await sure()) {
      await ask('/api/admin/replay', { ...wish, dryRun: false });
      await look();
    }
  } catch (e) {
    tell(e);
  } finally {
    button.disabled = false;
  }
}

function sure() {
  const dialog = $('ask');
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(done => dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true }));
}
/* A question of its own words. */
async function agreed(title, text, yes) {
  $('ask-title').textContent = title;
  $('ask-text').textContent = text;
  $('ask-yes').textContent = yes;
  $('ask-yes').disabled = false;
  return sure();
}
$('ask-yes').addEventListener('click', () => $('ask').close('yes'));
$('ask-no').addEventListener('click', () => $('ask').close(''));

function button(text, act) {
  const node = el('button', '', text);
  node.type = 'button';
  node.addEventListener('click', () => act(node));
  return node;
}

async function pause(kind, verb, node) {
  node.disabled = true;
  $('told').hidden = true;
  try {
    await ask('/api/admin/kinds/' + encodeURIComponent(kind) + '/' + verb, {});
    await look();
  } catch (e) {
    tell(e);
  } finally {
    node.disabled = false;
  }
}

function showRoutes(told) {
  const [className, word] = EDITS[told.state] || ['', told.state];
  $('edit-state').className = 'state ' + className;
  $('edit-state').textContent = word;
  $('edit-message').replaceChildren(el('span', '', told.message), el('span', 'since', ' · ' + moment(told.since)));
  $('findings').hidden = told.findings.length === 0;
  rows($('findings'), told.findings, one => [cell(one.file + ':' + one.line + ':' + one.column, 'code'), cell(one.message)]);
  const running = told.routes.filter(route => route.status === 'Started').length;
  $('routes-count').textContent = 'работает ' + running + ' из ' + told.routes.length;
  rows($('routes').querySelector('table'), told.routes, route => {
    const name = both(route.id, route.description);
    name.firstChild.className = 'code';
    return [name, cell(state(ROUTES[route.status] || ['wait', route.status])), cell(route.inflight, 'number'), cell(route.total, 'number'),
      cell(route.failed, 'number')];
  });
}

function showAccounts(list) {
  rows($('accounts'), list, one => [cell(one.name), cell(state(ACCOUNTS[one.state] || ['bad', one.state])),
    both(one.cause || '–', [one.remedy, one.pausedUntil && 'Вызовы ждут до ' + moment(one.pausedUntil)].filter(Boolean).join('. ')),
    cell(moment(one.since), 'since')]);
}

function showQueue(told) {
  const lines = new Map();
  const line = (kind, account) => {
    const key = kind + ' ' + account;
    if (!lines.has(key)) lines.set(key, { kind, account, pending: 0, failed: 0, dead: 0, oldest: 0, paused: null });
    return lines.get(key);
  };
  told.queue.forEach(one => {
    const there = line(one.kind, one.account || '');
    there[one.state] += one.count;
    there.oldest = Math.max(there.oldest, one.oldestSeconds);
  });
  told.paused.forEach(one => {
    const ofKind = [...lines.values()].filter(there => there.kind === one.kind);
    (ofKind.length ? ofKind : [line(one.kind, '')]).forEach(there => { there.paused = one.since; });
  });
  const list = [...lines.values()].sort((a, b) => a.kind.localeCompare(b.kind) || a.account.localeCompare(b.account));
  $('queue-empty').hidden = list.length > 0;
  $('queue').hidden = list.length === 0;
  // the age runs on: a row is drawn anew for it once a minute
  rows($('queue'), list.map(one => ({ ...one, oldest: age(one.oldest) })), one => {
    const kind = both(one.kind === 'inbox' ? 'входящие события' : one.kind, one.paused && 'на паузе с ' + moment(one.paused));
    const actions = el('td', 'actions');
    const wish = one.kind === 'inbox' ? { what: 'events', states: ['dead'] } : { what: 'effects', kinds: [one.kind], states: ['dead'] };
    if (one.dead) actions.append(button('Повторить отложенное', node => replay(one.account ? { ...wish, account: one.account } : wish, node)));
    actions.append(one.paused ? button('Продолжить', node => pause(one.kind, 'resume', node))
      : button('Пауза', node => pause(one.kind, 'pause', node)));
    return [kind, cell(one.account || '–'), cell(one.pending, 'number'), cell(one.failed, 'number'), cell(one.dead, 'number'),
      cell(one.oldest, 'number'), actions];
  });
}

function again(what, id) {
  return button('Повторить', node => replay({ what, ids: [id], states: ['dead'] }, node));
}

const doubt = one => one.mayHaveArrived ? 'могло уже дойти: проверьте, прежде чем повторять' : '';

function showLeads(list) {
  $('leads-count').textContent = list.length || '';
  $('leads').hidden = list.length === 0;
  $('leads-empty').hidden = list.length > 0;
  rows($('leads'), list, one => {
    const lead = both(one.lead, [one.source, one.amoLead && 'сделка ' + one.amoLead].filter(Boolean).join(' · '));
    lead.firstChild.className = 'code';
    return [lead, cell(OWED[one.kind] || 'сделка в CRM'), both(one.reason, doubt(one)), cell(moment(one.created), 'since'),
      el('td', 'actions', null, again('effects', one.effect))];
  });
}

/* What an older version set aside for a refusal that may have been the settings' fault. */
function showBuried(count) {
  $('buried').hidden = !count;
  $('buried').replaceChildren('До обновления отложено из-за отказа amoCRM: ' + count + '. Возможно, дело было в настройках, а не в заявках. ',
    button('Повторить их', node => replay({ what: 'effects', cause: 'crm-refused' }, node)));
}

function showDead(list) {
  $('dead-count').textContent = list.length === 100 ? '100 новейших' : list.length || '';
  $('dead').hidden = list.length === 0;
  $('dead-empty').hidden = list.length > 0;
  rows($('dead'), list, one => [both(one.kind, one.account), cell(one.subject || '–', 'code'), both(one.reason, doubt(one)), cell(one.attempts, 'number'),
    cell(moment(one.since), 'since'), el('td', 'actions', null, again(one.what === 'event' ? 'events' : 'effects', one.id))]);
}

function showTiles(routes, accounts, queue) {
  const sum = wanted => queue.filter(one => wanted.includes(one.state)).reduce((all, one) => all + one.count, 0);
  const edit = EDITS[routes.state] || ['', routes.state];
  const troubled = accounts.filter(one => one.state !== 'ok');
  const dead = sum(['dead']);
  const tile = (className, value, label) => el('li', className, null, el('b', '', value), el('span', '', label));
  $('tiles').replaceChildren(
    tile(edit[0], edit[1], routes.findings.length ? 'правка маршрутов, ошибок: ' + routes.findings.length : 'правки маршрутов'),
    tile(troubled.length ? 'bad' : '', (accounts.length - troubled.length) + ' из ' + accounts.length, 'аккаунтов работает'),
    tile('', sum(['pending', 'failed']), 'ждёт'),
    tile(dead ? 'bad' : '', dead, 'отложено, нужен человек'));
}

/* Stays until the next deed. */
function tell(failure) {
  const text = failure instanceof Refused ? failure.message : 'релей не отвечает';
  $('told').textContent = 'Не сделано: ' + text;
  $('told').hidden = false;
}

function say(text, bad) {
  $('status').textContent = text;
  $('status').classList.toggle('lost', Boolean(bad));
}

async function look() {
  try {
    const [routes, accounts, queue, dead, leads] = await Promise.all(['/api/admin/routes', '/api/admin/accounts', '/api/admin/queue',
      '/api/admin/queue/dead?limit=100', '/api/admin/leads/set-aside'].map(path => ask(path)));
    showTiles(routes, accounts.accounts, queue.queue);
    showRoutes(routes);
    showAccounts(accounts.accounts);
    showQueue(queue);
    showLeads(leads.leads);
    showDead(dead.dead);
    showBuried(dead.refusedBeforeUpgrade);
    say('Обновлено в ' + new Date().toLocaleTimeString('ru-RU'));
  } catch (e) {
    say(e instanceof Refused ? e.message : 'Релей не отвечает, показано прежнее', true);
  }
}

const ROLES = [['viewer', 'смотрит'], ['operator', 'действует'], ['admin', 'настраивает']];

async function deed(act) {
  $('told').hidden = true;
  try {
    await act();
  } catch (e) {
    tell(e);
  }
  await showPeople();
}

const put = person => ask('/api/admin/people', person);

function roleOf(one) {
  const select = el('select', '', null, ...ROLES.map(([value, word]) => {
    const option = el('option', '', word);
    option.value = value;
    return option;
  }));
  select.setAttribute('aria-label', 'Роль: ' + one.name);
  select.value = one.role;
  select.addEventListener('change', () => deed(() => put({ name: one.name, role: select.value })));
  return select;
}

function newPassword(one) {
  const dialog = $('new-password');
  const field = dialog.querySelector('input');
  $('new-password-title').textContent = 'Пароль: ' + one.name;
  field.value = '';
  dialog.returnValue = '';
  dialog.showModal();
  dialog.addEventListener('close', () => {
    const password = field.value;
    field.value = '';
    if (dialog.returnValue === 'yes' && password) deed(() => put({ name: one.name, role: one.role, password }));
  }, { once: true });
}

async function remove(one) {
  if (await agreed('Убрать ' + one.name + '?', 'Человек больше не войдёт, его входы закончатся.', 'Убрать')) {
    await deed(() => ask('/api/admin/people/' + encodeURIComponent(one.name), undefined, 'DELETE'));
  }
}

/* Drawn after a deed only: nobody's list is taken away under the hand. */
async function showPeople() {
  const told = await ask('/api/admin/people').catch(tell);
  if (!told) return;
  drawn.delete($('people-list'));
  rows($('people-list'), told.people, one => {
    const own = one.name === 'admin';
    const actions = el('td', 'actions');
    if (!own) {
      actions.append(button('Пароль…', () => newPassword(one)),
        button(one.locked ? 'Разблокировать' : 'Заблокировать', () => deed(() => put({ name: one.name, role: one.role, locked: !one.locked }))),
        button('Убрать', () => remove(one)));
    }
    return [cell(one.name, 'code'), cell(own ? 'настраивает, пароль — RELAY_ADMIN_PASSWORD' : roleOf(one)),
      cell(state(one.locked ? ['bad', 'заблокирован'] : ['', 'открыт'])), cell(moment(one.changed), 'since'), actions];
  });
  $('people').hidden = false;
}

$('person').addEventListener('submit', event => {
  event.preventDefault();
  const form = event.target;
  const person = { name: form.elements.name.value, role: form.elements.role.value, password: form.elements.password.value };
  $('told').hidden = true;
  put(person).then(() => { form.reset(); return showPeople(); }, tell);
});

/* Who only looks is shown no buttons; the doors refuse in any case. */
async function greet() {
  try {
    const me = await ask('/api/admin/me');
    $('me').textContent = me.name;
    document.body.classList.toggle('viewer', me.role === 'viewer');
    if (me.role === 'admin') await showPeople();
  } catch (e) {
    say(e instanceof Refused ? e.message : 'Релей не отвечает', true);
  }
}

$('leave').addEventListener('click', async () => {
  await ask('/console/logout', {}).catch(() => {});
  location.assign('/console/login?logout');
});

async function watch() {
  if (!document.hidden) await look();
  setTimeout(watch, EVERY);
}
document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
greet();
watch();
