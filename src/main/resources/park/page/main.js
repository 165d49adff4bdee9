// «Мой парк»: who has opened the page, and what they see first.

import * as api from './api.js';
import { call, sent } from './call.js';
import { confirm } from './confirm.js';
import { $, h, kept } from './dom.js';
import { back, define, depth, draw, ghosts, go, head, here, openTabs, toast, turn } from './frame.js';
import { find, forget, list, passport, readList } from './machines.js';
import { fill, linkBy, linkTrouble, notFound, outside, trouble } from './notices.js';
import { requests } from './requests.js';
import * as telegram from './telegram.js';

const SANDBOX_USER = '700100200';
const sandbox = document.documentElement.dataset.sandbox !== undefined;
let person = null;
let said = null;

define('list', (frame, state) => list(frame, person, linked));
define('passport', (frame, state) => passport(frame, state));
define('call', (frame, state) => call(frame, state, person));
define('sent', (frame, state) => sent(frame, state));
define('requests', (frame, state) => requests(frame, state, person));
define('lost', frame => fill(frame, head('Паспорт'), notFound()));
define('outside', frame => fill(frame, ...outside()));
define('trouble', frame => fill(frame, head('Мой парк'), trouble(said, start)));

/** Outside of Telegram the sandbox signs for a test user, who stands in the address: `?user=…`, `?user=none` for nobody. */
async function signature() {
  if (telegram.initData || !sandbox) return telegram.initData;
  const address = new URLSearchParams(location.search);
  const user = address.get('user') || SANDBOX_USER;
  $('badge').hidden = false;
  $('badge').replaceChildren(h('span', {}, user === 'none' ? 'песочница' : `песочница · пользователь ${user}`));
  if (user === 'none') return '';
  telegram.pretend(() => api.sandboxContact(user, address.get('phone') || prompt('Песочница: какой телефон у этого пользователя?')));
  return api.sandboxInitData(user, address.get('startapp') || '');
}

async function linked() {
  forget();
  person = await api.me();
  openTabs();
  draw(false);
}

/** An invitation is shown once: the parameter stays in the address, and a used one leads nowhere. */
async function invite(token) {
  const name = 'invited:' + token;
  if (kept.read(name)) return;
  try {
    await linkBy({ invitation: token }, async () => {
      forget();
      person = await api.me();
    });
    kept.write(name, true);
  } catch (problem) {
    if (problem.kind !== 'offline' && problem.kind !== 'later') kept.write(name, true);
    if (!person.client) toast(linkTrouble(problem));
  }
}

/** The view that the link or the person's work asks for; a reload stays where it was. */
async function first(parameter) {
  if (here() && here() !== 'trouble' && here() !== 'outside') return draw(false);
  turn(person.user.staff && !person.client ? 'requests' : 'list', { depth: 0 });
  if (/^(sn|service)_/.test(parameter)) {
    const id = await find(parameter);
    if (id) go('passport', { id });
    else go('lost');
  }
}

async function start() {
  try {
    const signed = await signature();
    if (!signed) {
      turn('outside', { depth: 0 });
      return;
    }
    api.signIn(signed);
    const parameter = telegram.startParameter(signed);
    [person] = await Promise.all([api.me(), readList(true).catch(() => null)]);
    if (parameter.startsWith('inv_')) await invite(parameter.slice(4));
    if (person.client || person.user.staff) openTabs();
    await first(parameter);
  } catch (problem) {
    if (!(problem instanceof api.Problem)) throw problem;
    said = problem;
    turn('trouble', { depth: 0 });
  }
}

telegram.dress();
api.confirmWith(confirm);
start();
telegram.greet();
