import { randomUUID } from 'node:crypto';
import { DAY } from '../../../core/domain/clock.ts';
import { OFFICER_REPORTS } from '../../../core/domain/report.ts';
import { zoneOf } from '../../../core/domain/zone.ts';
import type { OfficerSheet, SheetSite } from '../../read-models/officer-sheet.ts';
import { formatFor } from '../format.ts';
import { html, type Markup } from '../markup.ts';
import { SHAPES, textsOf, wayOut } from '../page.ts';
import { adviceOf, placeOf, stepOf } from '../screens.ts';
import type { OfficerTexts } from '../texts/id.ts';
import { appPage, appUrl, type Viewer } from './shell.ts';

export type VillageShown = Viewer & {
  readonly sheet: OfficerSheet;
  /** Where the questions of an open incident are; null where there are none. */
  readonly questionsUrl: string | null;
  /** What was just kept. */
  readonly kept: 'report' | 'announcement' | null;
  /** Whether there are other villages to go back to. */
  readonly hasOthers: boolean;
};

/** The village on one screen: two states, what to do, whom to call, and below what else is known. */
export function villagePage(shown: VillageShown): string {
  const { sheet, language, kept, hasOthers } = shown;
  const t = textsOf(language);
  const { app } = t;
  const f = formatFor(sheet.village.code, sheet.asOf, t);
  const place = placeOf(sheet, t);
  const asks = isAsked(sheet) ? shown.questionsUrl : null;
  const body = html`${deadLine(t)}${
    kept === null ? null : html`<p class="kept" role="status">${kept === 'report' ? app.reportKept : app.saved}</p>`
  }<h1>${place}</h1><p class="age">${app.asOf(f.moment(sheet.asOf))}</p>${states(sheet, t, f)}
<div class="now"><h2>${app.now}</h2><p>${todo(sheet, t)}</p>${
    asks === null ? null : html`<a class="button first online" href="${asks}">${app.answer}</a>`
  }</div>
${reportForm(shown, t, asks === null)}${wayOut(shown.helpPhone, t)}
${citizens(sheet, t, f)}${figures(sheet, t, f)}${changes(sheet, t, f)}${own(sheet, t, f)}${announcement(shown, t)}${
  hasOthers ? html`<p><a class="tap" href="${appUrl(language)}">${app.villages}</a></p>` : null
}`;
  return appPage(shown, {
    title: t.title(place),
    body,
    path: `/${sheet.village.code}`,
    asOf: { at: sheet.asOf, timeZone: zoneOf(sheet.village.code).timeZone },
  });
}

type Format = ReturnType<typeof formatFor>;

/** Shown by the telephone alone, when what follows comes from its own store. */
export const deadLine = ({ app }: OfficerTexts): Markup =>
  html`<p class="dead" role="status"><strong>${app.stale} <span data-age></span>.</strong><br>${app.staleNote}</p>`;

const wordOf = ({ kind, name }: Pick<SheetSite, 'kind' | 'name'>, { app }: OfficerTexts): string =>
  kind === 'village-office' || kind === 'village-public' ? app.kind[kind] : name;

function states({ sites }: OfficerSheet, t: OfficerTexts, f: Format): Markup {
  if (sites.length === 0) return html`<p class="hint">${t.app.unseen}</p>`;
  const rows = sites.map(
    (site) => html`<li><svg class="${site.state}" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[site.state]}</svg>
<div><span class="what">${wordOf(site, t)}</span><strong class="${site.state}">${t.state[site.state]}</strong>${
      site.since === null ? null : html`<span class="quiet">${f.since(site.since)}</span>`
    }</div></li>`,
  );
  return html`<ul class="states big">${rows}</ul>`;
}

/** Something only whoever stands there can see. */
const isAsked = ({ incident }: OfficerSheet): boolean =>
  incident !== null && !incident.isOver && !incident.isPlanned && !incident.isElsewhere && stepOf(incident) !== 'done';

/** One sentence, the most pressing one. */
function todo({ sites, incident, citizens: reported }: OfficerSheet, { app, advice }: OfficerTexts): string {
  const has = (state: SheetSite['state']): boolean => sites.some((site) => site.state === state);
  if (sites.length === 0) return app.advice.empty;
  if (has('down')) {
    if (incident?.isPlanned) return app.advice.planned;
    if (incident?.isElsewhere) return app.advice.elsewhere;
    if (incident !== null && !incident.isOver && stepOf(incident) === 'done') return advice[adviceOf(incident)];
    return incident?.isHandled ? app.advice.handled : app.advice.check;
  }
  if (has('degraded')) return app.advice.weak;
  if (has('unknown')) return app.advice.unseen;
  return reported.some(({ attention }) => attention !== null) ? app.advice.reported : app.advice.well;
}

/**
 * Opens in place, so that it is there on a dead line too. Its name is of this one report: sent twice, kept once.
 * @param isFirst whether nothing else is asked for more
 */
function reportForm({ sheet, language }: VillageShown, t: OfficerTexts, isFirst: boolean): Markup {
  const { app } = t;
  const kinds = OFFICER_REPORTS.map(
    (kind) => html`<label><input type="radio" name="kind" value="${kind}" required>${app.reportKind[kind]}</label>`,
  );
  const places = sheet.sites.map(
    (site) => html`<label><input type="radio" name="site" value="${site.id}">${wordOf(site, t)}</label>`,
  );
  return html`<details class="report"><summary class="${isFirst ? 'button first' : 'button'}">${app.report}</summary>
<form method="post" enctype="multipart/form-data" action="${appUrl(language, `/${sheet.village.code}/lapor`)}" data-sending="${t.photo.sending}" data-waiting="${app.waiting}" data-note="${app.waitingNote}" data-refused="${app.refused}" data-drop="${app.drop}" data-send="${app.send}">
<input type="hidden" name="id" value="${randomUUID()}"><input type="hidden" name="age" value="0">
<fieldset class="pick"><legend>${app.reportWhat}</legend>${kinds}</fieldset>${
    sheet.sites.length < 2
      ? null
      : html`<fieldset class="row"><legend>${app.reportWhere}</legend><label><input type="radio" name="site" value="" checked>${app.everywhere}</label>${places}</fieldset>`
  }<label class="button first" for="photo">${app.withPhoto}</label><input type="file" id="photo" name="photo" accept="image/*" capture="environment"><button class="send">${app.sendPlain}</button></form></details><div class="outbox" role="status"></div>`;
}

function citizens({ citizens: sites }: OfficerSheet, { app }: OfficerTexts, f: Format): Markup | null {
  if (sites.length === 0) return null;
  const rows = sites.flatMap(({ kinds, lastAt, siteName }) => {
    const [first] = kinds;
    return first === undefined
      ? []
      : [
          html`<li><span>${siteName}: ${app.citizenLine(f.number(first.people), app.citizenKind[first.kind], f.moment(lastAt))}</span></li>`,
        ];
  });
  return html`<section class="citizens"><h2>${app.citizens}</h2><ul class="list">${rows}</ul></section>`;
}

function figures({ sites, devicesToday }: OfficerSheet, t: OfficerTexts, f: Format): Markup {
  const { app } = t;
  const row = (term: string, value: string): Markup => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
  const told = sites.filter(({ clients }) => clients !== null);
  const online = told.reduce((sum, { clients }) => sum + (clients ?? 0), 0);
  return html`<section class="figures"><h2>${app.figures}</h2><dl class="facts">${
    told.length === 0 ? null : row(app.online, app.onlineNow(f.number(online)))
  }${devicesToday === null ? null : row(app.today, app.devices(f.number(devicesToday)))}${sites.map((site) =>
    row(app.uptime(wordOf(site, t)), lived(site, app, f)),
  )}</dl></section>`;
}

/** A share says little to whoever waits: the time that it was off says it. */
function lived({ availability }: SheetSite, app: OfficerTexts['app'], f: Format): string {
  if (availability === null) return app.notMeasured;
  const deadMs = (1 - availability) * 30 * DAY;
  return deadMs < 60_000
    ? app.livedWhole
    : app.lived(f.number(Math.floor(availability * 1_000) / 10), f.lasting(deadMs));
}

function changes(sheet: OfficerSheet, t: OfficerTexts, f: Format): Markup {
  const { app } = t;
  const rows = sheet.changes.map(({ siteId, siteName, downAt, backAt }) => {
    const site = sheet.sites.find(({ id }) => id === siteId);
    const name = site === undefined ? siteName : wordOf(site, t);
    const line =
      backAt === null
        ? app.wentDown(name, f.moment(downAt))
        : app.cameBack(name, f.moment(downAt), f.lasting(backAt - downAt));
    return html`<li>${line}</li>`;
  });
  return html`<section class="changes"><h2>${app.changes}</h2>${
    rows.length === 0 ? html`<p class="hint">${app.noChanges}</p>` : html`<ul class="list">${rows}</ul>`
  }</section>`;
}

function own({ ownReports }: OfficerSheet, { app }: OfficerTexts, f: Format): Markup | null {
  if (ownReports.length === 0) return null;
  const rows = ownReports.map(
    ({ kind, at }) =>
      html`<li><span>${app.reportKind[kind]}</span><span class="quiet">${app.sentAt(f.moment(at))}</span></li>`,
  );
  return html`<section><h2>${app.ownReports}</h2><ul class="list">${rows}</ul></section>`;
}

function announcement({ sheet, language }: VillageShown, { app }: OfficerTexts): Markup | null {
  if (sheet.announcement === null) return null;
  return html`<section><h2>${app.announcement}</h2><p class="text">${
    sheet.announcement === '' ? app.noAnnouncement : sheet.announcement
  }</p><a class="tap online" href="${appUrl(language, `/${sheet.village.code}/pengumuman`)}">${app.edit}</a></section>`;
}
