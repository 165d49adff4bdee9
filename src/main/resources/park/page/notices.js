// Views in which there is nothing to show but what to do next.

import * as api from './api.js';
import { h, icon } from './dom.js';
import { head, setAction, toast, turn } from './frame.js';
import * as telegram from './telegram.js';
import { NOT_FOUND, NOT_LINKED } from './words.js';

/** A drawing, a line, what to do about it. */
export function notice(drawn, title, text, ...more) {
  return h('section', { class: 'notice' }, h('span', { class: 'round' }, icon(drawn)), h('h2', {}, title), text && h('p', {}, text), more);
}

const button = (text, press, className = 'primary') => h('button', { class: className, type: 'button', onclick: press }, text);

/** What became of a call that did not succeed. */
export function trouble(problem, again) {
  if (problem.kind === 'signin') return expired();
  const [title, text] = problem.words('Не получилось. Попробуйте ещё раз.').split(/\. (.*)/);
  return notice('cloud', title.replace(/\.$/, ''), text, button('Повторить', again));
}

/** The signature is too old, or is none. */
export function expired() {
  return notice('clock', 'Вход не подтверждён',
    'Страница открыта слишком давно или не из Telegram. Закройте «Мой парк» и откройте его снова из бота.',
    telegram.canClose() && button('Закрыть', telegram.close));
}

export function notFound() {
  return notice('look', NOT_FOUND, 'Проверьте серийный номер. В «Моём парке» видно только оборудование вашей компании.',
    button('К списку оборудования', () => turn('list', { depth: 0 })));
}

/** Outside of Telegram nobody is known. */
export function outside() {
  const steps = ['Откройте Telegram на телефоне или компьютере.', 'Найдите бота, который прислал вам сообщение об оборудовании.',
    'Нажмите в его меню «🏭 Мой Парк».'];
  return [head('Мой парк'), notice('plane', 'Откройте эту страницу в Telegram',
    'Здесь паспорта вашего оборудования, сроки обслуживания и вызов инженера. Кто вы, страница узнаёт от Telegram: пароль не нужен.',
    h('ol', { class: 'steps' }, steps.map(step => h('li', {}, step))))];
}

/** Telegram knows the person, the relay does not know whose machines are theirs. */
export function notLinked(linked) {
  const said = h('p', { class: 'wrong', role: 'alert' });
  const share = button('Поделиться телефоном', async () => {
    said.textContent = '';
    if (!telegram.canShareContact()) {
      said.textContent = telegram.inTelegram ? 'Обновите Telegram: эта версия не умеет передавать телефон.'
        : 'Телефон можно передать только внутри Telegram.';
      return;
    }
    share.disabled = true;
    try {
      const contact = await telegram.shareContact();
      if (!contact) said.textContent = 'Телефон не передан. Без него компания не узнает вас.';
      else await linkBy({ contact }, linked);
    } catch (problem) {
      said.textContent = linkTrouble(problem);
      telegram.haptic('error');
    }
    share.disabled = false;
  });
  return h('section', { class: 'notice' }, h('span', { class: 'round' }, icon('link')), h('p', { class: 'lead' }, NOT_LINKED),
    h('p', {}, 'Если ваш телефон указан в договоре, поделитесь им: компания найдётся сама. Или откройте ссылку-приглашение от менеджера.'),
    share, said);
}

/** Links the person by a proof of Telegram's or the manager's; then calls `linked`. */
export async function linkBy(proof, linked) {
  const answer = await api.link(proof);
  telegram.haptic('success');
  toast(answer && answer.client ? `Готово: ${answer.client}` : 'Готово');
  await linked();
}

export const linkTrouble = problem => problem.words('Компания не нашлась. Обратитесь к администратору.');

/** A whole page that is a notice. */
export function fill(frame, ...nodes) {
  setAction(null);
  frame.show('Мой парк', ...nodes);
}
