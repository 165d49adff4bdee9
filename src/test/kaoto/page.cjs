// The browser that Kaoto's code expects around it.
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('<!doctype html><html><body></body></html>', { url: 'http://localhost/' });
window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {} });
global.window = window;
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in global)) {
    try { global[name] = window[name]; } catch (e) { /* not to be had outside of a page */ }
  }
}
