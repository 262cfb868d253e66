import { type Reports, reportForm } from './report-form.ts';

const WORKER = '/desa/sw.js';
const SCOPE = '/desa';
const KEPT = 'desa-kept-';
const REFRESH_MS = 60_000;
const STALE_REFRESH_MS = 15_000;
const PATIENCE_MS = 10_000;

type Policy = { createScriptURL(url: string): string };
type TrustedTypes = { createPolicy(name: string, rules: Policy): Policy };

/** The one address of a script that the page may name (Trusted Types). */
function workerUrl(): string {
  const types = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes;
  return types === undefined
    ? WORKER
    : types.createPolicy('simpul-officer', { createScriptURL: () => WORKER }).createScriptURL(WORKER);
}

async function install(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const isNew = navigator.serviceWorker.controller === null;
  await navigator.serviceWorker.register(workerUrl(), { scope: SCOPE });
  const { active } = await navigator.serviceWorker.ready;
  if (isNew) active?.postMessage('keep-me');
}

/** Of what is shown, in words: `14.05 (2 jam yang lalu)`. */
function ageText(at: number, timeZone: string): string {
  const { lang } = document.documentElement;
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(lang, { timeZone, ...options }).format(at);
  const hour = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const moment = Date.now() - at > 86_400_000 ? `${part({ day: 'numeric', month: 'short' })} ${hour}` : hour;
  const minutes = Math.floor((Date.now() - at) / 60_000);
  if (minutes < 1) return moment;
  const ago = new Intl.RelativeTimeFormat(lang);
  const [count, unit] =
    minutes < 60
      ? [minutes, 'minute' as const]
      : minutes < 1_440
        ? [Math.floor(minutes / 60), 'hour' as const]
        : [Math.floor(minutes / 1_440), 'day' as const];
  return `${moment} (${ago.format(-count, unit)})`;
}

/** Renews the page by itself while it is looked at; on a dead line it says how old it is. */
function keepFresh(asOf: HTMLMetaElement): void {
  const root = document.documentElement;
  const age = document.querySelector('[data-age]');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const sayAge = (): void => {
    if (age !== null) age.textContent = ageText(Number(asOf.content), asOf.dataset['zone'] ?? 'Asia/Jakarta');
  };
  const isStale = (): boolean => root.hasAttribute('data-stale');
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), isStale() ? STALE_REFRESH_MS : REFRESH_MS);
  };
  const isWriting = (): boolean => document.querySelector('details[open]') !== null;

  async function look(): Promise<void> {
    if (document.visibilityState !== 'visible' || isWriting()) return wait();
    try {
      const answer = await fetch(location.href, {
        method: 'HEAD',
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.status < 500 && !isWriting()) {
        // Without what was just said in its query.
        const address = new URL(location.href);
        address.searchParams.delete('ok');
        return location.replace(address);
      }
    } catch {
      root.setAttribute('data-stale', '');
    }
    sayAge();
    wait();
  }

  sayAge();
  wait();
  addEventListener('online', () => void look());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void look();
  });
}

/** Nothing of whoever leaves stays on the telephone; what has not been sent is named first. */
function signOutForm(form: HTMLFormElement, reports: Reports | null): void {
  let isSure = false;
  async function leave(): Promise<void> {
    const left = (await reports?.flush().catch(() => 0)) ?? 0;
    const button = form.querySelector('button');
    if (left > 0 && !isSure && button !== null) {
      button.textContent = (form.dataset['loses'] ?? '').replace('#', String(left));
      isSure = true;
      return;
    }
    await reports?.forget().catch(() => undefined);
    if ('caches' in globalThis)
      for (const name of await caches.keys()) if (name.startsWith(KEPT)) await caches.delete(name);
    form.submit();
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void leave();
  });
}

/** @param keeper name of this person's store on the telephone */
export function startApp(keeper: string): void {
  void install().catch(() => undefined);
  const form = document.querySelector<HTMLFormElement>('.report form');
  const sent = (): void => {
    const address = new URL(location.href);
    address.searchParams.set('ok', 'lapor');
    location.replace(address);
  };
  const reports = form === null ? null : reportForm(form, keeper, sent);
  const out = document.querySelector<HTMLFormElement>('form.out');
  if (out !== null) signOutForm(out, reports);
  const asOf = document.querySelector<HTMLMetaElement>('meta[name=as-of]');
  if (asOf !== null) keepFresh(asOf);
}
