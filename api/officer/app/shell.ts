import { createHash } from 'node:crypto';
import { html, type Markup } from '../markup.ts';
import { type PageLanguage, pageOf, textsOf } from '../page.ts';
import { SCRIPT } from '../style.ts';
import { APP_STYLE } from './style.ts';

export const APP_PATH = '/desa';
export const REFRESH_S = 60;

/** Who looks, and in which language. */
export type Viewer = {
  readonly language: PageLanguage;
  /** Name of the telephone's store for this person; null before they are signed in. */
  readonly keeper: string | null;
  readonly helpPhone: string | null;
};

/** Nobody learns the account from it, and no other account has the same. */
export const keeperOf = (accountId: string): string =>
  createHash('sha256').update(`simpul officer app ${accountId}`).digest('base64url').slice(0, 16);

/** An address of the app in the language of the page. */
export function appUrl(language: PageLanguage, path = '', query: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams({ ...query, ...(language === 'en' && { l: 'en' }) }).toString();
  return `${APP_PATH}${path}${asked === '' ? '' : `?${asked}`}`;
}

type Screen = {
  readonly title: string;
  readonly body: Markup;
  /** Path and query of this page below the app's. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Of what is shown, UTC ms; it is renewed each minute then. */
  readonly asOf?: { readonly at: number; readonly timeZone: string };
};

/** A page of the app: it brings its style, and is kept on the telephone where somebody is signed in. */
export function appPage({ language, keeper }: Viewer, { title, body, path, query = {}, asOf }: Screen): string {
  const t = textsOf(language);
  const other = language === 'id' ? 'en' : 'id';
  const head = html`<link rel="apple-touch-icon" href="/apple-touch-icon.png"><link rel="manifest" href="${appUrl(language, '/app.webmanifest')}"><meta name="theme-color" content="#1f3a8a">${
    keeper === null ? null : html`<meta name="keeper" content="${keeper}">`
  }${
    asOf === undefined
      ? null
      : html`<meta name="as-of" content="${asOf.at}" data-zone="${asOf.timeZone}"><noscript><meta http-equiv="refresh" content="${REFRESH_S}"></noscript>`
  }`;
  const foot =
    keeper === null
      ? null
      : html`<form method="post" action="${appUrl(language, '/keluar')}" class="out" data-loses="${t.app.signOutLoses('#')}"><button>${t.app.signOut}</button></form>`;
  return pageOf({
    language,
    title,
    body,
    otherLanguage: appUrl(other, path, query),
    script: SCRIPT,
    app: { style: APP_STYLE, head, foot },
  });
}
