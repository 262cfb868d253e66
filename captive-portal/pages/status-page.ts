import { CITIZEN_REPORTS } from '../../core/domain/report.ts';
import type { State } from '../../core/domain/state.ts';
import type { Zone } from '../../core/domain/zone.ts';
import { lastingText, momentText, octetsText } from './figures.ts';
import { type Html, html, type Piece } from './html.ts';
import { documentOf, type Foot } from './layout.ts';
import { FIELD } from './login-page.ts';
import { type Language, wordsOf } from './words.ts';

/** How a way in stands, as its citizen sees it. */
export type Stay =
  /** The gateway has not taken it up yet. */
  | { readonly kind: 'waiting'; readonly isSlow: boolean }
  | {
      readonly kind: 'online';
      readonly since: number;
      readonly secondsLeft: number | null;
      readonly octetsLeft: number | null;
      /** Null where the gateway tells none. */
      readonly octetsUsed: number | null;
      /** UTC ms; null = it does not close. */
      readonly closesAt: number | null;
    }
  | { readonly kind: 'over' };

export type StatusPage = {
  readonly language: Language;
  readonly stay: Stay;
  /** Of the site; null where it has no equipment that is watched. */
  readonly line: { readonly state: State; readonly since: number | null } | null;
  readonly now: number;
  readonly zone: Zone;
  /** Of this page, without a query. */
  readonly url: string;
  /** What its address carries along beside the language. */
  readonly query: Readonly<Record<string, string>>;
  /** Where a login page is had again; null: not from here. */
  readonly entryUrl: string | null;
  readonly isReported: boolean;
  readonly foot: Foot;
};

/** Looked at again while the gateway opens. */
const REFRESH_S = 4;

export function statusPage(shown: StatusPage): Html {
  const { language, stay, foot, url, entryUrl } = shown;
  const t = wordsOf(language).status;
  const asked = new URLSearchParams({
    ...shown.query,
    ...(language === 'en' && { [FIELD.language]: 'en' }),
  }).toString();
  const again = asked === '' ? url : `${url}?${asked}`;
  const enter = entryUrl !== null && html`<a class="f" href="${entryUrl}">${t.enterAgain}</a>`;
  switch (stay.kind) {
    case 'waiting': {
      const body = html`<h1>${t.waiting}</h1><p role="status">${stay.isSlow ? t.slow : t.waitingText}</p>${line(shown)}${
        stay.isSlow ? enter : html`<a class="b" href="${again}">${t.refresh}</a>`
      }`;
      const refresh = { seconds: stay.isSlow ? 5 * REFRESH_S : REFRESH_S, url: again };
      return documentOf({ language, title: t.waiting, body, foot, refresh });
    }
    case 'over':
      return documentOf({
        language,
        title: t.over,
        foot,
        body: html`<h1>${t.over}</h1><p>${t.overText}</p>${line(shown)}${enter}${report(shown)}`,
      });
    case 'online':
      return documentOf({ language, title: t.online, foot, body: online(shown, stay, again) });
  }
}

function online(shown: StatusPage, stay: Stay & { kind: 'online' }, again: string): Html {
  const { language, now, zone, url } = shown;
  const t = wordsOf(language).status;
  const { since, secondsLeft, octetsLeft, octetsUsed, closesAt } = stay;
  const row = (name: string, value: Piece): Html => html`<dt>${name}</dt><dd>${value}</dd>`;
  return html`<h1><span class="u" aria-hidden="true">● </span>${t.online}</h1><p>${t.usable}</p><dl>${row(
    t.since,
    `${momentText(since, now, zone, language)} (${lastingText(now - since, language)})`,
  )}${row(t.timeLeft, secondsLeft === null ? t.noLimit : lastingText(secondsLeft * 1_000, language))}${
    octetsLeft !== null && row(t.dataLeft, octetsText(octetsLeft, language))
  }${octetsUsed !== null && row(t.dataUsed, octetsText(octetsUsed, language))}${
    closesAt !== null && row(t.closes, momentText(closesAt, now, zone, language))
  }</dl>${line(shown)}<a class="b" href="${again}">${t.refresh}</a><form method="post" action="${url}/keluar">${languageField(
    language,
  )}<button>${t.logOut}</button></form>${report(shown)}`;
}

/** Shapes stand for the state too, for who does not see its colour. */
const SHAPES: Readonly<Record<State, string>> = { up: '●', degraded: '▲', down: '■', unknown: '○' };

function line({ language, line: state, now, zone }: StatusPage): Piece {
  if (state === null) return null;
  const t = wordsOf(language).status;
  const tone = state.state === 'up' ? 'u' : state.state === 'unknown' ? 'q' : 'v';
  const since =
    state.since !== null && (state.state === 'down' || state.state === 'degraded')
      ? t.lineSince(momentText(state.since, now, zone, language))
      : null;
  return html`<p><span class="${tone}" aria-hidden="true">${SHAPES[state.state]} </span>${t.line[state.state]} ${since}</p>`;
}

function report({ language, url, isReported }: StatusPage): Html {
  const t = wordsOf(language).status;
  if (isReported) return html`<p class="n" role="status">${t.reported}</p>`;
  return html`<details class="w"><summary>${t.report}</summary><form method="post" action="${url}/lapor">${languageField(
    language,
  )}<fieldset><legend>${t.reportAsk}</legend>${CITIZEN_REPORTS.map(
    (id) => html`<label><input type="radio" name="apa" value="${id}" required>${t.reports[id]}</label>`,
  )}</fieldset><button>${t.sendReport}</button></form></details>`;
}

const languageField = (language: Language): Piece =>
  language === 'en' && html`<input type="hidden" name="${FIELD.language}" value="en">`;
