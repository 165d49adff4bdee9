// What Telegram gives a page: who opened it, its colours, its buttons. The page is whole without Telegram's script: who opened it
// and the colours stand in the address, and the script, where it comes at all, only adds Telegram's own buttons and haptics.

const SCRIPT = 'https://telegram.org/js/telegram-web-app.js';
const root = document.documentElement;
const launch = launchParameters();
const waiting = [];
let app = null;

/** The signed data, as the relay checks it; empty outside Telegram. */
export const initData = launch.get('tgWebAppData') || '';
export const inTelegram = Boolean(initData || launch.get('tgWebAppPlatform'));

function launchParameters() {
  const told = new URLSearchParams(location.hash.slice(1));
  if (told.has('tgWebAppData')) return told;
  try {
    // kept there by Telegram's script, for a reload that has lost the end of the address
    const kept = JSON.parse(sessionStorage.getItem('__telegram__initParams'));
    if (kept && kept.tgWebAppData) return new URLSearchParams(kept);
  } catch (e) { /* a browser that keeps nothing */ }
  return told;
}

/** What the link was opened with: `sn_<serial>`, `service_<serial>`, `inv_<token>`. */
export function startParameter(signed) {
  return new URLSearchParams(signed).get('start_param') || '';
}

/** Telegram's colours become the variables that its script would set, at once. */
export function dress() {
  try { paint(JSON.parse(launch.get('tgWebAppThemeParams') || '{}')); } catch (e) { /* the page's own colours stay */ }
}

function paint(colours) {
  Object.entries(colours).filter(([, colour]) => /^#[0-9a-f]{6}$/i.test(colour))
    .forEach(([name, colour]) => root.style.setProperty('--tg-theme-' + name.replace(/_/g, '-'), colour));
  if (colours.bg_color) root.dataset.theme = isDark(colours.bg_color) ? 'dark' : 'light';
}

function isDark(colour) {
  const [red, green, blue] = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
}

/** Tells Telegram that there is something to see, without waiting for its script; then asks for the script. */
export function greet() {
  if (!inTelegram) return;
  tell('web_app_ready');
  tell('web_app_expand');
  if (window.Telegram && window.Telegram.WebApp) {
    arrived();
    return;
  }
  const script = document.createElement('script');
  script.src = SCRIPT;
  script.async = true;
  script.onload = arrived;
  document.head.append(script);
}

function tell(event) {
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(event, '{}');
  else if (window.external && 'notify' in window.external) window.external.notify(JSON.stringify({ eventType: event, eventData: {} }));
}

function arrived() {
  app = window.Telegram && window.Telegram.WebApp;
  if (!app) return;
  app.ready();
  app.expand();
  paint(app.themeParams || {});
  app.onEvent('themeChanged', () => { paint(app.themeParams); colourFrame(); });
  colourFrame();
  waiting.splice(0).forEach(told => told(app));
}

function colourFrame() {
  if (!can('6.1')) return;
  app.setHeaderColor('secondary_bg_color');
  app.setBackgroundColor('secondary_bg_color');
  if (can('7.10')) app.setBottomBarColor('secondary_bg_color');
}

function can(version) {
  return Boolean(app && app.isVersionAtLeast(version));
}

/** Calls back with Telegram's `WebApp` once it is there; perhaps never. */
export function whenNative(told) {
  if (app) told(app);
  else waiting.push(told);
}

/** Telegram's `BackButton`, or null where there is none (yet). */
export const backButton = () => can('6.1') ? app.BackButton : null;

/** Telegram's `MainButton`, or null where there is none (yet). */
export const mainButton = () => app && app.MainButton || null;

/** A tap that is felt: `light`, or how something ended: `success`, `warning`, `error`. */
export function haptic(kind) {
  if (!can('6.1')) return;
  if (kind === 'light') app.HapticFeedback.impactOccurred('light');
  else app.HapticFeedback.notificationOccurred(kind);
}

/** Asks before the page is closed, while there is something to lose. */
export function guard(on) {
  if (!can('6.2')) return;
  if (on) app.enableClosingConfirmation();
  else app.disableClosingConfirmation();
}

let standIn = null;

/** In the sandbox somebody else hands out the signed contact. */
export function pretend(share) {
  standIn = share;
}

export const canShareContact = () => Boolean(standIn) || can('6.9');

/** The signed contact as Telegram hands it out; null where the person declined, or Telegram did not tell. */
export async function shareContact() {
  return standIn ? standIn() : new Promise(resolve => app.requestContact((shared, event) => {
    const signed = event && event.response;
    resolve(shared && signed ? String(signed.response || signed) : null);
  }));
}

export const canClose = () => Boolean(app);
export const close = () => app.close();

/** Opens a document outside of the Mini App; false where the browser shall do so itself. */
export function openLink(url) {
  if (!app) return false;
  app.openLink(url);
  return true;
}
