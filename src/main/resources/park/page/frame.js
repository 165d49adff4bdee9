// What is around a view: where one is and the way back, the main action, the tabs, what is told in passing.

import { $, h, icon } from './dom.js';
import { backButton, haptic, mainButton, whenNative } from './telegram.js';

const view = $('view');
const views = {};
const scrolls = new Map();
let current = null;
let action = null;
let drawing = 0;

/** Registers what draws a view: `draw(frame, state)`. */
export function define(name, draw) {
  views[name] = draw;
}

/** Goes to a view. The address stays: its end is Telegram's; where one is stands in the history's state. */
export function go(name, more = {}) {
  remember();
  history.pushState({ ...more, view: name, depth: depth() + 1 }, '');
  draw(true);
}

/** Goes to a view from which there is no way back to this one. */
export function turn(name, more = {}) {
  history.replaceState({ ...more, view: name, depth: more.depth === undefined ? depth() : more.depth }, '');
  draw(true);
}

export const back = () => history.back();
export const depth = () => (history.state && history.state.depth) || 0;
export const here = () => (history.state && history.state.view) || '';

function remember() {
  if (current) scrolls.set(`${current.depth}${current.view}`, scrollY);
}

/** Draws the view that the history names. */
export function draw(focus) {
  current = history.state || { view: 'list', depth: 0 };
  const turnOf = ++drawing;
  const frame = { isCurrent: () => turnOf === drawing, show: (title, ...nodes) => frame.isCurrent() && show(title, nodes, focus) };
  setAction(null);
  placeBack();
  placeTabs();
  (views[current.view] || views.list)(frame, current);
}

function show(title, nodes, focus) {
  const first = view.dataset.view !== current.view + (current.id || '');
  view.dataset.view = current.view + (current.id || '');
  view.removeAttribute('aria-busy');
  document.title = title;
  const inner = h('div', { class: first ? 'view enter' : 'view' }, nodes);
  view.replaceChildren(inner);
  if (!first) return;
  scrollTo(0, scrolls.get(`${current.depth}${current.view}`) || 0);
  const heading = view.querySelector('h1');
  if (focus && heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

/** The head of a view; with a way back of its own where Telegram shows none. */
export function head(title, below) {
  const own = depth() > 0 && !backButton();
  return h('header', { class: 'head' },
    own && h('button', { class: 'back', type: 'button', onclick: back }, icon('back'), 'Назад'),
    h('h1', {}, title), below && h('p', { class: 'below' }, below));
}

/** The shape of what is coming. */
export const ghosts = count => h('div', { class: 'ghosts', 'aria-hidden': 'true' }, Array.from({ length: count }, () => h('i')));

function placeBack() {
  const button = backButton();
  if (!button) return;
  if (depth() > 0) button.show();
  else button.hide();
}

/** The one thing to do here: `{text, press, busy, off}`, or null. Telegram's own button, or ours where it has none. */
export function setAction(wish) {
  action = wish;
  const button = mainButton();
  const place = $('action');
  place.hidden = !wish || Boolean(button);
  document.body.classList.toggle('acting', Boolean(wish) && !button);
  if (button) placeMain(button);
  else place.replaceChildren(...(wish ? [h('button', { class: 'primary', type: 'button', onclick: press, disabled: wish.off || wish.busy,
    'aria-busy': wish.busy ? 'true' : null }, wish.text)] : []));
}

function press() {
  if (!action || action.busy || action.off) return;
  haptic('light');
  action.press();
}

function placeMain(button) {
  if (!action) {
    button.hideProgress();
    button.hide();
    return;
  }
  button.setText(action.text);
  if (action.busy) button.showProgress(false);
  else button.hideProgress();
  if (action.off || action.busy) button.disable();
  else button.enable();
  button.show();
}

const TABS = [['list', 'park', 'Мой парк'], ['requests', 'list', 'Заявки']];
let tabsOn = false;

/** Shows the tabs from now on, at the views that they lead to. */
export function openTabs() {
  tabsOn = true;
  placeTabs();
}

function placeTabs() {
  const on = tabsOn && TABS.some(([name]) => name === here()) && depth() === 0;
  $('tabs').hidden = !on;
  document.body.classList.toggle('tabbed', on);
  if (on) $('tabs').replaceChildren(...TABS.map(([name, drawn, text]) => h('button', { type: 'button',
    'aria-current': name === here() ? 'page' : null, onclick: () => { remember(); haptic('light'); turn(name); } }, icon(drawn), text)));
}

let forgetting = 0;

/** Says something in passing. */
export function toast(text) {
  const place = $('toast');
  place.textContent = text;
  place.classList.add('on');
  clearTimeout(forgetting);
  forgetting = setTimeout(() => place.classList.remove('on'), 4000);
}

addEventListener('popstate', () => draw(true));
history.scrollRestoration = 'manual';
whenNative(app => {
  app.BackButton.onClick(back);
  app.MainButton.onClick(press);
  placeBack();
  const own = view.querySelector('.back');
  if (own && backButton()) own.remove();
  setAction(action);
});
