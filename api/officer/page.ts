import type { OfficerSite } from '../../core/services/officer/officer-incident.ts';
import { html, Markup } from './markup.ts';
import { STYLE } from './style.ts';
import { en } from './texts/en.ts';
import { id, type OfficerTexts } from './texts/id.ts';

export type PageLanguage = 'id' | 'en';
export const textsOf = (language: PageLanguage): OfficerTexts => (language === 'en' ? en : id);
export const languageOf = (asked: unknown): PageLanguage => (asked === 'en' ? 'en' : 'id');

export type Page = {
  readonly language: PageLanguage;
  readonly title: string;
  readonly body: Markup;
  /** Of the page in the other language; null where it has no address. */
  readonly otherLanguage: string | null;
  readonly refreshS?: number | undefined;
  /** Address of the script; the page works without it. */
  readonly script?: string | undefined;
  /** Of a page that is kept on the telephone: its style, what else stands in its head, and where signing out is. */
  readonly app?: { readonly style: string; readonly head: Markup; readonly foot: Markup | null } | undefined;
};

/** A whole page as text: no picture, no font and no style of its own to load. */
export function pageOf({ language, title, body, otherLanguage, refreshS, script, app }: Page): string {
  const t = textsOf(language);
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">${
    refreshS === undefined ? null : html`<meta http-equiv="refresh" content="${refreshS}">`
  }<title>${title}</title><link rel="icon" href="data:,"><style>${new Markup(app?.style ?? STYLE)}</style>${app?.head ?? null}${
    script === undefined ? null : html`<script src="${script}" defer></script>`
  }</head>
<body><main>
${body}
<footer><span>Simpul</span>${app?.foot ?? null}${
    otherLanguage === null
      ? null
      : html`<a href="${otherLanguage}" hreflang="${language === 'id' ? 'en' : 'id'}">${t.otherLanguage}</a>`
  }</footer>
</main></body></html>
`;
  return page.html;
}

export const SHAPES = {
  up: html`<circle cx="8" cy="8" r="7"/>`,
  degraded: html`<path d="M8 1 15.5 15H.5z"/>`,
  down: html`<path d="M1 1h14v14H1z"/>`,
  unknown: html`<circle cx="8" cy="8" r="6"/>`,
} as const;

/** Each hotspot with the shape, the colour and the word of its state. */
export function statesOf(sites: readonly OfficerSite[], t: OfficerTexts, since: (at: number) => string): Markup {
  const rows = sites.map(
    (site) =>
      html`<li><svg class="${site.state}" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[site.state]}</svg><div><strong>${site.name}: <span class="${site.state}">${t.state[site.state]}</span></strong>${
        site.since === null ? null : html`<br><span class="quiet">${since(site.since)}</span>`
      }</div></li>`,
  );
  return html`<ul class="states">${rows}</ul>`;
}

/** Whom to ask where this page does not help. */
export const wayOut = (helpPhone: string | null, t: OfficerTexts): Markup =>
  helpPhone === null
    ? html`<p class="quiet">${t.noPhone}</p>`
    : html`<a class="button" href="tel:${helpPhone.replace(/[ -]/g, '')}">${t.call(helpPhone)}</a>`;
