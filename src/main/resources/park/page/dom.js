// Everything shown was written by people: it comes on the page as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element; `props` are attributes, `on…` are listeners, null and false are left out. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  Object.entries(props || {}).forEach(([name, value]) => {
    if (value === null || value === undefined || value === false) return;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  });
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

/** A drawing of the page's own set. It says nothing to who cannot see it. */
export function icon(name, className) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', '#i-' + name);
  svg.setAttribute('class', 'icon' + (className ? ' ' + className : ''));
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

export const $ = id => document.getElementById(id);

/** What outlives the page; where the browser keeps nothing, it lives as long as the page does. */
const memory = new Map();
export const kept = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (e) { return memory.get(key) || null; }
  },
  write(key, value) {
    memory.set(key, value);
    try { localStorage.setItem(key, JSON.stringify(value)); } catch (e) { /* in memory then */ }
  },
  forget(key) {
    memory.delete(key);
    try { localStorage.removeItem(key); } catch (e) { /* was in memory only */ }
  },
};
