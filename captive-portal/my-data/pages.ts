import { MINUTE } from '../../core/domain/clock.ts';
import { termsParts } from '../../core/domain/portal/terms-text.ts';
import type { Zone } from '../../core/domain/zone.ts';
import type { OwnData } from '../../core/services/portal/my-data.ts';
import { methodWords } from '../method-words.ts';
import { type Html, html } from '../pages/html.ts';
import { documentOf, type Foot } from '../pages/layout.ts';
import { type Language, refusalText } from '../pages/words.ts';
import { button, field } from '../ways/field.ts';
import { myDataWords } from './words.ts';

export const PATH = '/data-saya';
/** Names of the forms' fields. `state` is sealed. */
export const FIELD = { state: 's', act: 'a', number: 'phone-number', code: 'phone-code', language: 'l' } as const;
export const ACTS = ['send', 'check', 'news', 'withdraw', 'erase'] as const;
export type Act = (typeof ACTS)[number];

type Shown = { readonly language: Language; readonly foot: Foot; readonly state: string };

function form({ language, state }: Shown, act: Act, inside: Html): Html {
  return html`<form method="post" action="${PATH}"><input type="hidden" name="${FIELD.state}" value="${state}"><input type="hidden" name="${FIELD.act}" value="${act}"><input type="hidden" name="${FIELD.language}" value="${language}">${inside}</form>`;
}

const whole = ({ language, foot }: Shown, body: Html): Html => {
  const { title } = myDataWords(language);
  return documentOf({ language, title, foot, body: html`<h1>${title}</h1>${body}` });
};

/** Where it begins: whose data. */
export function numberPage(
  shown: Shown & { readonly isWrong?: boolean; readonly number?: string; readonly problem?: string | null },
): Html {
  const { language } = shown;
  const words = myDataWords(language);
  const phone = methodWords(language).phone;
  const ask = html`${field({
    name: FIELD.number,
    label: phone.number,
    hint: phone.numberHint,
    error: shown.isWrong === true ? phone.noMobile : null,
    value: shown.number ?? '',
    type: 'tel',
    inputmode: 'tel',
    autocomplete: 'tel',
    maxlength: 24,
  })}${button(phone.send)}`;
  const problem = shown.problem ?? null;
  return whole(
    shown,
    html`${problem !== null && html`<p class="e" role="alert">${problem}</p>`}<p>${words.intro}</p><p>${words.introCode}</p>${form(shown, 'send', ask)}`,
  );
}

/** The same for every number, whether a code left or not. */
export function codePage(shown: Shown & { readonly isWrong: boolean }): Html {
  const { language, isWrong } = shown;
  const words = myDataWords(language);
  const phone = methodWords(language).phone;
  const ask = html`${field({
    name: FIELD.code,
    label: phone.code,
    hint: phone.codeHint,
    error: isWrong ? refusalText(language, 'wrong-code') : null,
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: 10,
  })}${button(words.show)}`;
  return whole(
    shown,
    html`${!isWrong && html`<p class="n" role="status">${phone.sent}</p>`}${form(shown, 'check', ask)}<p class="q">${phone.again} <a href="${PATH}?l=${language}">${words.startAgain}</a></p>`,
  );
}

/** Nothing can be done here; why, and where to begin again. */
export function stopPage(shown: Omit<Shown, 'state'> & { readonly text: string; readonly canRestart: boolean }): Html {
  const { language, text, canRestart } = shown;
  const words = myDataWords(language);
  return whole(
    { ...shown, state: '' },
    html`<p>${text}</p>${canRestart && html`<a class="f" href="${PATH}?l=${language}">${words.startAgain}</a>`}`,
  );
}

export type DataPage = Shown & {
  readonly data: OwnData;
  readonly zone: Zone;
  /** Text of the newest consent. */
  readonly agreedText: string | null;
  /** What was just done. */
  readonly done: string | null;
};

export const dayText = (at: number, language: Language, { timeZone }: Zone): string =>
  new Intl.DateTimeFormat(myDataWords(language).locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    at,
  );

export function dataPage(shown: DataPage): Html {
  const { language, data, zone, agreedText, done } = shown;
  const words = myDataWords(language);
  const day = (at: number): string => dayText(at, language, zone);
  const isEmpty = data.sessions.length === 0 && data.consents.length === 0;
  const canWithdraw = data.consents.some(({ withdrawnAt }) => withdrawnAt === null);
  const hasNews = data.consents.some(({ news, withdrawnAt }) => news && withdrawnAt === null);
  return whole(
    shown,
    html`${done !== null && html`<p class="n" role="status">${done}</p>`}<p>${isEmpty ? words.nothing : words.whatIsKept}</p>${
      !isEmpty && html`${sessionsOf(shown, day)}${consentsOf(shown, day)}`
    }${agreedText !== null && html`<details><summary>${words.text}</summary>${agreed(agreedText)}</details>`}${requestsOf(shown, day)}${
      hasNews && form(shown, 'news', html`<button>${words.news}</button>`)
    }${
      canWithdraw &&
      html`<details class="w"><summary>${words.withdraw}</summary><p>${words.withdrawText}</p>${form(shown, 'withdraw', html`<button>${words.withdrawYes}</button>`)}</details>`
    }${
      !isEmpty &&
      data.erasing === null &&
      html`<details class="w"><summary>${words.erase}</summary><p>${words.eraseText}</p>${form(shown, 'erase', html`<button>${words.eraseYes}</button>`)}</details>`
    }`,
  );
}

function agreed(text: string): Html {
  const { summary, paragraphs } = termsParts(text);
  return html`${[...summary, ...paragraphs].map((line) => html`<p class="q">${line}</p>`)}`;
}

function sessionsOf({ data, language }: DataPage, day: (at: number) => string): Html {
  const words = myDataWords(language);
  const number = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 1 });
  if (data.sessions.length === 0) return html`<h2>${words.sessions}</h2><p>${words.noSessions}</p>`;
  const rows = data.sessions.map(({ siteName, startedAt, endedAt, seconds, octets }) => {
    const minutes = Math.round((seconds * 1_000) / MINUTE);
    const lasted = words.hours(Math.floor(minutes / 60), minutes % 60);
    return html`<dt>${day(startedAt)}<br>${siteName ?? ''}</dt><dd>${endedAt === null ? words.online : lasted}<br>${words.megabytes(number.format(octets / 1e6))}</dd>`;
  });
  const isCut = data.totalSessions > data.sessions.length;
  return html`<h2>${words.sessions}</h2>${
    isCut && html`<p class="q">${words.moreSessions(data.sessions.length, data.totalSessions)}</p>`
  }<dl>${rows}</dl>`;
}

function consentsOf({ data, language }: DataPage, day: (at: number) => string): Html {
  const words = myDataWords(language);
  if (data.consents.length === 0) return html`<h2>${words.consents}</h2><p>${words.noConsents}</p>`;
  const rows = data.consents.map(({ id, at, termsVersion, siteName, news, withdrawnAt }) => {
    const state = withdrawnAt === null ? words.inForce : words.withdrawn(day(withdrawnAt));
    return html`<dt>${day(at)}<br>${words.consent(termsVersion, siteName ?? '')}</dt><dd>${state}${news && html`<br>${words.withNews}`}<br><small>${words.proof} ${id}</small></dd>`;
  });
  return html`<h2>${words.consents}</h2><dl>${rows}</dl>`;
}

function requestsOf({ data, language, zone }: DataPage, day: (at: number) => string): Html | false {
  const words = myDataWords(language);
  if (data.requests.length === 0) return false;
  const short = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeZone: zone.timeZone });
  const rows = data.requests.map(
    ({ kind, askedAt, dueAt, doneAt }) =>
      html`<dt>${day(askedAt)}<br>${words.kinds[kind]}</dt><dd>${doneAt === null ? words.dueBy(short.format(dueAt)) : words.doneOn(short.format(doneAt))}</dd>`,
  );
  return html`<h2>${words.requests}</h2><dl>${rows}</dl>`;
}
