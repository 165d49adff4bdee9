// The relay's doors. Every failure is a Problem that says what kind it is, so that a view can tell the person what to do.

import { kept } from './dom.js';

const PATIENCE = 20000;
const PATIENCE_WITH_A_FILE = 90000;
const LATER = [408, 425, 429, 500, 502, 503, 504];
const TICKET = 'park-ticket';
let signed = '';
let confirm = async () => false;

/** Everything from here on is asked in this person's name. */
export function signIn(initData) {
  signed = initData;
}

/** Who asks the person to prove anew who it is, where Telegram's word is old. */
export function confirmWith(ask) {
  confirm = ask;
}

/** `kind`: offline, later, signin, confirm, missing, invalid (with `fields`) or other. */
export class Problem extends Error {
  constructor(kind, status, body) {
    super(kind);
    this.kind = kind;
    this.status = status;
    this.detail = body && (body.detail || body.title) || '';
    this.fields = body && Array.isArray(body.errors) ? body.errors : [];
  }

  /** What is wrong and what to do about it, in words; `otherwise` where the relay has not said why. */
  words(otherwise) {
    if (this.kind === 'offline') return 'Нет связи. Проверьте интернет и попробуйте ещё раз.';
    if (this.kind === 'confirm') return 'Подтвердите, что это вы: код в чате с ботом. Потом повторите.';
    if (this.kind === 'signin') return 'Прошло слишком много времени. Закройте «Мой парк», откройте снова и повторите.';
    if (this.kind === 'later' && this.status !== 429) return 'Сервис временно недоступен. Попробуйте ещё раз через минуту.';
    return this.fields.map(one => one.message).join(' ') || this.detail || otherwise;
  }

  /** Whether the same may succeed another time, or after signing in anew. */
  get passes() {
    return this.kind === 'offline' || this.kind === 'signin' || this.kind === 'confirm' || this.kind === 'later';
  }
}

function kindOf(status, body) {
  if (status === 401) return body && body.code === 'confirmation-required' ? 'confirm' : 'signin';
  if (status === 404) return 'missing';
  if (status === 400 || status === 422) return 'invalid';
  return LATER.includes(status) ? 'later' : 'other';
}

/** Where Telegram's word is old, the person confirms who it is, and the same is asked again. */
async function ask(path, options, patience) {
  try {
    return await once(path, options, patience);
  } catch (problem) {
    if (problem.kind !== 'confirm' || !await confirm()) throw problem;
    return once(path, options, patience);
  }
}

async function once(path, options = {}, patience = PATIENCE) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  let answer;
  let text;
  try {
    answer = await fetch(path, { ...options, signal: stop.signal, credentials: 'omit', cache: 'no-store',
      headers: { ...options.headers, Authorization: 'tma ' + signed, ...ticket() } });
    text = await answer.text();
  } catch (e) {
    throw new Problem('offline', 0);
  } finally {
    clearTimeout(timer);
  }
  let body = null;
  try { body = JSON.parse(text); } catch (e) { /* told by the status */ }
  if (!answer.ok) throw new Problem(kindOf(answer.status, body), answer.status, body);
  return body;
}

function post(path, body, headers) {
  return ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body || {}) });
}

/** Shown from then on that the person has confirmed who it is. */
function ticket() {
  const shown = kept.read(TICKET);
  return shown ? { 'Park-Ticket': shown } : {};
}

let wished = null;

/** Proves anew who it is, by a code or a contact; whether an answer was lost at once or a while ago, the proof is shown again with the same ticket. */
export async function confirmBy(proof) {
  wished = wished || newKey();
  const wish = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...proof, ticket: wished }) };
  try {
    await once('/api/park/confirm', wish);
  } catch (problem) {
    if (problem.kind !== 'offline') throw problem;
    await once('/api/park/confirm', wish);
  }
  kept.write(TICKET, wished);
  wished = null;
}

const REQUESTS = '/api/service-requests';
const id = encodeURIComponent;

export const me = () => ask('/api/park/me');
export const link = proof => post('/api/park/link', proof);
export const machines = () => ask('/api/park/machines');
export const machine = machineId => ask('/api/park/machines/' + id(machineId));
export const requests = () => ask(REQUESTS);
export const call = (wish, key) => post(REQUESTS, wish, { 'Idempotency-Key': key });
export const take = request => post(`${REQUESTS}/${id(request)}/take`);
export const done = (request, outcome) => post(`${REQUESTS}/${id(request)}/done`, outcome);
export const cancel = request => post(`${REQUESTS}/${id(request)}/cancel`);

export function photo(file) {
  const form = new FormData();
  form.append('photo', file, file.name || 'photo.jpg');
  return ask(REQUESTS + '/photos', { method: 'POST', body: form }, PATIENCE_WITH_A_FILE);
}

/** What Telegram would sign for a test user: in the sandbox only. */
async function stoodIn(path, query) {
  const answer = await fetch(`/sandbox/park/${path}?${new URLSearchParams(query)}`, { cache: 'no-store' });
  if (!answer.ok) throw new Problem(kindOf(answer.status), answer.status);
  return answer.text();
}

export const sandboxInitData = (user, start) => stoodIn('init-data', { user, start });
export const sandboxContact = (user, phone) => phone ? stoodIn('contact', { user, phone }) : null;

/** A key that no other wish has; also on a page without a certificate, where the browser has no randomUUID. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
