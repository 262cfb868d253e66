import type { MapVillage } from '../../../core/contract/coverage.ts';
import type { RegionCode } from '../../../core/domain/region.ts';
import { html, type Markup } from '../markup.ts';
import { SHAPES, textsOf, wayOut } from '../page.ts';
import { placeOf } from '../screens.ts';
import { appPage, appUrl, type Viewer } from './shell.ts';
import { deadLine } from './village-page.ts';

const MOST_VILLAGES = 30;
const SHAPE = { normal: 'up', partial: 'degraded', down: 'down', unknown: 'unknown' } as const;
const WEIGHT = { down: 0, partial: 1, unknown: 2, normal: 3 } as const;

type Listed = Pick<MapVillage, 'code' | 'name' | 'state'>;

/** The villages of an officer who has several: those with trouble first, the rest by name. */
export function villagesPage(
  viewer: Viewer,
  { villages, q, asOf }: { readonly villages: readonly Listed[]; readonly q: string; readonly asOf: number },
): string {
  const { language } = viewer;
  const t = textsOf(language);
  const { app } = t;
  const wanted = q.trim().toLowerCase();
  const found = villages
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => WEIGHT[a.state] - WEIGHT[b.state] || a.name.localeCompare(b.name, 'id'));
  const rows = found
    .slice(0, MOST_VILLAGES)
    .map(
      ({ code, name, state }) =>
        html`<li><a href="${appUrl(language, `/${code}`)}"><svg class="${SHAPE[state]}" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[SHAPE[state]]}</svg>${placeOf({ village: { code, name } }, t)}<span class="${SHAPE[state]}">${app.villageState[state]}</span></a></li>`,
    );
  const more = found.length - rows.length;
  const search =
    villages.length <= 8
      ? null
      : html`<form method="get" action="${appUrl(language)}" role="search">${
          language === 'en' ? html`<input type="hidden" name="l" value="en">` : null
        }<label for="q">${app.search}</label><input class="field" id="q" name="q" type="search" maxlength="100" value="${q}"><button>${app.searchButton}</button></form>`;
  const body = html`${deadLine(t)}<h1>${app.villages}</h1><p class="hint">${app.villagesHint}</p>${search}${
    rows.length === 0 ? html`<p role="status">${app.noVillage}</p>` : html`<ul class="list">${rows}</ul>`
  }${more > 0 ? html`<p class="quiet">${app.moreVillages(String(more))}</p>` : null}`;
  return appPage(viewer, {
    title: app.villages,
    body,
    path: '',
    query: q === '' ? {} : { q },
    asOf: { at: asOf, timeZone: 'Asia/Jakarta' },
  });
}

/** Name and password; `wrong` says what went wrong the time before. */
export function signInPage(viewer: Viewer, wrong: 'wrong' | 'often' | 'away' | null, name = ''): string {
  const { language } = viewer;
  const t = textsOf(language);
  const { app } = t;
  const body = html`<h1>${app.signInTitle}</h1><p class="hint">${app.signInHint}</p>${
    wrong === null ? null : html`<p class="wrong" role="alert">${app[wrong]}</p>`
  }<form method="post" action="${appUrl(language, '/masuk')}"><label for="name">${app.nameField}</label><input class="field" id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="100" value="${name}"><label for="password">${app.password}</label><input class="field" id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"><button class="first">${app.signIn}</button></form>${wayOut(viewer.helpPhone, t)}`;
  return appPage(viewer, { title: `${app.signInTitle} · ${app.name}`, body, path: '/masuk' });
}

export function announcementPage(
  viewer: Viewer,
  {
    village,
    text,
    isWrong,
  }: {
    readonly village: { readonly code: RegionCode; readonly name: string };
    readonly text: string;
    readonly isWrong: boolean;
  },
): string {
  const { language } = viewer;
  const t = textsOf(language);
  const { app } = t;
  const path = `/${village.code}/pengumuman`;
  const body = html`<h1>${app.announcement}</h1><p class="hint">${placeOf({ village }, t)}</p>${
    isWrong ? html`<p class="wrong" role="alert">${app.badText}</p>` : null
  }<form method="post" action="${appUrl(language, path)}"><label for="text">${app.announcementHint}</label><textarea class="field" id="text" name="text" maxlength="500">${text}</textarea><button class="first">${app.save}</button></form><a class="button" href="${appUrl(language, `/${village.code}`)}">${app.back}</a>`;
  return appPage(viewer, { title: app.announcement, body, path });
}

/** Something that is said in two sentences, with the way on. */
export function noticePage(
  viewer: Viewer,
  {
    title,
    text,
    path,
    back,
  }: { readonly title: string; readonly text: string; readonly path: string; readonly back: string | null },
): string {
  const t = textsOf(viewer.language);
  const way: Markup | null = back === null ? null : html`<a class="button first" href="${back}">${t.again}</a>`;
  const body = html`<h1>${title}</h1><p class="hint">${text}</p><div class="actions">${way}${wayOut(viewer.helpPhone, t)}</div>`;
  return appPage(viewer, { title, body, path });
}
