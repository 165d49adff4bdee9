// What states and dates are called.

export const NO_DATA = 'нет данных';
export const NOT_LINKED = '⚠️ Вы не привязаны ни к одной компании. Обратитесь к администратору.';
export const EMPTY = 'В вашем парке пока нет зарегистрированного оборудования.';
export const SOON = '⚠️ СКОРО!';
export const LATE = 'Просрочено';
export const NOT_FOUND = 'Паспорт не найден';

const MACHINE = { operational: 'Работает', maintenance: 'На обслуживании', repair: 'В ремонте', offline: 'Отключён' };
const REQUEST = { new: 'Новая', in_progress: 'В работе', done: 'Выполнена', cancelled: 'Отменена' };
const FORMS = { one: 'день', few: 'дня', many: 'дней', other: 'дня' };
const plural = new Intl.PluralRules('ru');
const sameYear = new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
const otherYear = new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long', year: 'numeric' });

export const machineStatus = status => MACHINE[status] || status || NO_DATA;
export const requestStatus = status => REQUEST[status] || status;

/** `2026-12-01`, or a moment that begins so, as `01.12.2026`. */
export function date(iso) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso || '');
  return parts ? `${parts[3]}.${parts[2]}.${parts[1]}` : iso || NO_DATA;
}

/** A moment in the reader's own time: `20 ноября, 14:05`. */
export function moment(iso) {
  const at = new Date(iso);
  if (isNaN(at)) return NO_DATA;
  return (at.getFullYear() === new Date().getFullYear() ? sameYear : otherYear).format(at).replace(' в ', ', ');
}

const days = count => `${count} ${FORMS[plural.select(count)]}`;

/** How far a date is. */
export function distance(count) {
  if (count === null || count === undefined) return '';
  if (count === 0) return 'сегодня';
  if (count === 1) return 'завтра';
  return count > 0 ? `через ${days(count)}` : `${days(-count)} назад`;
}

/** `SN 12-345`; a serial number that says so itself is not told twice. */
export const serial = number => /^(sn|зав)/i.test(number) ? number : `SN ${number}`;
