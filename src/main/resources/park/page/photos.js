// Photos of a request: made smaller here, sent one by one, kept by the id that Telegram gives them.

import * as api from './api.js';
import { h, icon } from './dom.js';
import { toast } from './frame.js';

const MOST = 5;
const EDGE = 1600;
const SMALL_ENOUGH = 600 * 1024;
const LARGEST = 10 * 1024 * 1024;
const TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** A phone's photo is many times larger than an engineer needs. What the browser cannot read goes as it is. */
async function smaller(file) {
  if (file.size <= SMALL_ENOUGH || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = h('canvas', { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
    return blob && blob.size < file.size ? new File([blob], 'photo.jpg', { type: 'image/jpeg' }) : file;
  } catch (e) {
    return file;
  }
}

function why(problem) {
  if (problem.kind === 'invalid' || problem.status === 413) return problem.detail || 'Это фото не принято: нужен JPEG, PNG или WebP до 10 МБ.';
  return `Фото не отправлено. ${problem.words('Нажмите на него, чтобы повторить.')}`;
}

/** The photos of a form: `node` shows them, `ids()` are those sent, `pending()` whether some are on the way; `changed` is called after each step. */
export function photos(ids, changed) {
  const items = ids.map(id => ({ id, url: null, state: 'sent' }));
  const node = h('div', { class: 'photos' });
  let queue = Promise.resolve();

  function draw() {
    const tiles = items.map((item, at) => h('div', { class: 'photo ' + item.state },
      item.url ? h('img', { src: item.url, alt: `Фото ${at + 1}` }) : icon('camera'),
      item.state === 'failed' && h('button', { class: 'again', type: 'button', 'aria-label': `Отправить фото ${at + 1} ещё раз`, onclick: () => send(item) }, icon('again')),
      item.state === 'sending' && h('span', { class: 'spin', role: 'img', 'aria-label': 'Фото отправляется' }),
      h('button', { class: 'drop', type: 'button', 'aria-label': `Убрать фото ${at + 1}`, onclick: () => drop(item) }, h('span', {}, icon('cross')))));
    if (items.length < MOST) {
      tiles.push(h('label', { class: 'photo add' }, icon('camera'), h('span', {}, 'Добавить'),
        h('input', { type: 'file', accept: TYPES.join(','), multiple: true, onchange: event => { add(event.target.files); } })));
    }
    node.replaceChildren(...tiles);
    changed();
  }

  function drop(item) {
    items.splice(items.indexOf(item), 1);
    if (item.url) URL.revokeObjectURL(item.url);
    draw();
  }

  function add(files) {
    const room = MOST - items.length;
    if (files.length > room) toast(`Не больше ${MOST} фото`);
    Array.from(files).slice(0, room).forEach(file => {
      if (file.type && !TYPES.includes(file.type)) {
        toast('Нужно фото JPEG, PNG или WebP');
        return;
      }
      const item = { file, url: URL.createObjectURL(file), id: null, state: 'sending' };
      items.push(item);
      send(item);
    });
  }

  function send(item) {
    item.state = 'sending';
    draw();
    queue = queue.then(async () => {
      if (!items.includes(item)) return;
      try {
        const file = await smaller(item.file);
        if (file.size > LARGEST) throw new api.Problem('invalid', 413);
        item.id = (await api.photo(file)).file_id;
        item.state = 'sent';
      } catch (problem) {
        item.state = 'failed';
        toast(why(problem));
      }
      draw();
    });
  }

  draw();
  return { node, ids: () => items.filter(item => item.state === 'sent').map(item => item.id), pending: () => items.some(item => item.state === 'sending') };
}
