import type { OfficerQuestion, OfficerReply } from '../../core/domain/officer.ts';
import { OFFICER_QUESTIONS } from '../../core/domain/officer.ts';
import type { OfficerIncident } from '../../core/services/officer/officer-incident.ts';
import { OFFICER_PATH } from '../../core/services/officer/officer-link.ts';
import { formatFor } from './format.ts';
import { html, type Markup } from './markup.ts';
import { type PageLanguage, pageOf, statesOf, textsOf, wayOut } from './page.ts';
import { SCRIPT } from './style.ts';
import type { OfficerTexts } from './texts/id.ts';

export const STEPS = ['lamp', 'plug', 'photo', 'done'] as const;
export type Step = (typeof STEPS)[number];

export type Shown = {
  readonly seen: OfficerIncident;
  readonly token: string;
  readonly language: PageLanguage;
  readonly now: number;
  readonly helpPhone: string | null;
};

const REFRESH_S = 60;

export const addressOf = (token: string, language: PageLanguage, step?: Step): string => {
  const query = [...(step === undefined ? [] : [`s=${step}`]), ...(language === 'id' ? [] : [`l=${language}`])];
  return `${OFFICER_PATH}${token}${query.length === 0 ? '' : `?${query.join('&')}`}`;
};

const answerTo = ({ answers }: OfficerIncident, question: OfficerQuestion): OfficerReply | null =>
  answers.find((known) => known.question === question)?.answer ?? null;

/** What comes after a step. Whose lamp is lit is not asked about the plug. */
export function stepAfter(step: Step, seen: OfficerIncident): Step {
  if (step === 'lamp') return answerTo(seen, 'lamp') === 'on' ? 'photo' : 'plug';
  return step === 'plug' ? 'photo' : 'done';
}

/** The first that is not answered yet. */
export function stepOf(seen: OfficerIncident): Step {
  const lamp = answerTo(seen, 'lamp');
  if (lamp === null) return 'lamp';
  if (lamp !== 'on' && answerTo(seen, 'plug') === null) return 'plug';
  return seen.photos === 0 ? 'photo' : 'done';
}

/** The page of an incident: what is asked next, or how it stands. */
export function incidentPage(shown: Shown, asked: Step | null): string {
  const { seen, token, language, now, helpPhone } = shown;
  const t = textsOf(language);
  const { since } = formatFor(seen.village.code, now, t);
  const states = statesOf(seen.sites, t, since);
  const place = placeOf(seen, t);
  const heading = html`<h1>${place}</h1>`;
  const page = (step: Step | undefined, body: Markup, more: { refreshS?: number; script?: string } = {}): string =>
    pageOf({
      language,
      title: t.title(place),
      body,
      otherLanguage: addressOf(token, language === 'id' ? 'en' : 'id', step),
      ...more,
    });
  const told = ({ title, text }: { readonly title: string; readonly text: string }): Markup =>
    html`${heading}<h2>${title}</h2><p>${text}</p>${states}<div class="actions">${wayOut(helpPhone, t)}</div>`;

  if (seen.isDownAgain) return page(undefined, told(t.downAgain), { refreshS: REFRESH_S });
  if (seen.isOver) return page(undefined, told(seen.isBack ? t.over : t.closed));
  if (seen.isPlanned) return page(undefined, told(t.planned), { refreshS: REFRESH_S });
  const step = asked ?? stepOf(seen);
  const top = html`${heading}${states}${step === 'done' ? null : stepLine(step, seen, t)}<h2>${
    step === 'done' ? t.done.title : t[step].ask
  }</h2>`;
  switch (step) {
    case 'lamp':
    case 'plug':
      return page(step, html`${top}${question(shown, step, t)}`);
    case 'photo':
      return page(step, html`${top}${photoForm(shown, t)}`, { script: SCRIPT });
    case 'done':
      return page(step, html`${top}${thanks(shown, t)}`, { refreshS: REFRESH_S });
  }
}

/** Wards of towns have a code whose village part begins with 1, villages one with 2 (Permendagri 72/2019). */
export const placeOf = ({ village }: Pick<OfficerIncident, 'village'>, t: OfficerTexts): string =>
  /\.1\d{3}$/.test(village.code) ? t.ward(village.name) : t.village(village.name);

const stepLine = (step: Step, seen: OfficerIncident, t: OfficerTexts): Markup => {
  const steps = answerTo(seen, 'lamp') === 'on' ? ['lamp', 'photo'] : ['lamp', 'plug', 'photo'];
  return html`<p class="quiet step">${t.step(String(Math.max(1, steps.indexOf(step) + 1)), String(steps.length))}</p>`;
};

function question({ token, language }: Shown, step: OfficerQuestion, t: OfficerTexts): Markup {
  const words: { readonly [reply: string]: string } = t[step].answers;
  const buttons = OFFICER_QUESTIONS[step].map(
    (reply) => html`<button name="answer" value="${reply}">${words[reply] ?? reply}</button>`,
  );
  return html`<p class="hint">${t[step].hint}</p>
<form method="post" action="${addressOf(token, language)}"><input type="hidden" name="question" value="${step}">${buttons}</form>`;
}

function photoForm({ token, language }: Shown, t: OfficerTexts): Markup {
  const action = `${OFFICER_PATH}${token}/photo${language === 'id' ? '' : `?l=${language}`}`;
  return html`<p class="hint">${t.photo.hint}</p>
<form method="post" enctype="multipart/form-data" action="${action}" data-sending="${t.photo.sending}"><label class="button first" for="photo">${t.photo.take}</label><input type="file" id="photo" name="photo" accept="image/*" capture="environment" required><button>${t.photo.send}</button></form>
<a class="button" href="${addressOf(token, language, 'done')}">${t.photo.skip}</a>`;
}

function thanks({ seen, token, language, helpPhone }: Shown, t: OfficerTexts): Markup {
  const row = (step: Exclude<Step, 'done'>, said: string | null): Markup | null =>
    said === null
      ? null
      : html`<div><dt>${t[step].short}</dt><dd>${said} <a href="${addressOf(token, language, step)}">${
          step === 'photo' ? t.photo.more : t.done.change
        }</a></dd></div>`;
  const saidTo = (step: OfficerQuestion): string | null => {
    const reply = answerTo(seen, step);
    const words: { readonly [reply: string]: string } = t[step].answers;
    return reply === null ? null : (words[reply] ?? reply);
  };
  return html`<p>${t.advice[adviceOf(seen)]}</p>${seen.isHandled ? html`<p>${t.handled}</p>` : null}
<h3>${t.done.yourAnswers}</h3><dl class="said">${row('lamp', saidTo('lamp'))}${row('plug', saidTo('plug'))}${row('photo', t.photo.sent(String(seen.photos)))}</dl>
<div class="actions">${wayOut(helpPhone, t)}</div><p class="quiet">${t.done.refresh}</p>`;
}

/** What to do now, by what was answered. */
export function adviceOf(seen: OfficerIncident): keyof OfficerTexts['advice'] {
  const plug = answerTo(seen, 'plug');
  const lamp = answerTo(seen, 'lamp');
  if (lamp === 'on') return 'leave-it';
  if (plug === 'no-power') return 'wait-for-power';
  if (plug === 'out') return 'plug-in';
  return lamp === 'off' && plug === 'in' ? 'try-socket' : 'wait';
}

export type ProblemKind = keyof OfficerTexts['problem'];

/** A page that says what is wrong and where to go. */
export function problemPage(
  kind: ProblemKind,
  language: PageLanguage,
  {
    helpPhone,
    back,
    here,
  }: { readonly helpPhone: string | null; readonly back: string | null; readonly here: string | null },
): string {
  const t = textsOf(language);
  const { title, text } = t.problem[kind];
  return pageOf({
    language,
    title,
    body: html`<h1>${title}</h1><p class="hint">${text}</p><div class="actions">${
      back === null ? null : html`<a class="button first" href="${back}">${t.again}</a>`
    }${wayOut(helpPhone, t)}</div>`,
    otherLanguage: here,
  });
}
