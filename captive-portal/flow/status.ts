import { DAY, MINUTE } from '../../core/domain/clock.ts';
import { CITIZEN_REPORTS } from '../../core/domain/report.ts';
import type { OpenPortalGateway } from '../../core/stores/inventory/portal/gateways.ts';
import type { Login } from '../../core/stores/inventory/portal/logins.ts';
import { FIELD } from '../pages/login-page.ts';
import { noticePage } from '../pages/notice-page.ts';
import { statusPage } from '../pages/status-page.ts';
import { type Language, wordsOf } from '../pages/words.ts';
import { type Answer, type PortalRequest, page, seeOther } from './answer.ts';
import {
  asGateway,
  entryUrl,
  type Flow,
  familyOf,
  footOf,
  isSafe,
  statusPath,
  statusUrlOf,
  THROUGH,
} from './context.ts';
import type { PortalPlace } from './directory.ts';
import { said } from './said.ts';
import { endStay, stayOf } from './stay.ts';

/** Somebody's own page is kept for a week after the login. */
const KEPT_MS = 7 * DAY;
/** The first look after the login tells when it was online; a later one tells nothing. */
const FIRST_LOOK_MS = 5 * MINUTE;

type Own = {
  readonly login: Login;
  readonly gateway: OpenPortalGateway;
  readonly place: PortalPlace;
  readonly token: string;
  readonly language: Language;
};

/** The page of one login: what is left, the way out, and a word on the line. */
export async function statusPages(
  flow: Flow,
  token: string,
  action: string | null,
  request: PortalRequest,
): Promise<Answer> {
  const { language, method, form } = request;
  const loginId = flow.tokens.read(token);
  const login = loginId === null ? null : await flow.parts.inventory.portal.logins.get(loginId);
  if (login === null || flow.clock() - login.issuedAt > KEPT_MS) return said(flow, 404, 'notFound', language);
  const [gateway, place] = await Promise.all([
    flow.directory.gatewayById(login.gatewayId),
    flow.directory.place(login.siteId),
  ]);
  if (gateway === null || place === null) return said(flow, 404, 'notFound', language);
  const own: Own = { login, gateway, place, token, language };
  if (action === null && method === 'GET') return await show(flow, own, request.query);
  if (action === '/keluar' && method === 'POST') return await leave(flow, own);
  if (action === '/lapor' && method === 'POST') return await report(flow, own, form);
  // A reload of what a form answered.
  if (action === '/keluar' || action === '/lapor') return seeOther(statusUrlOf(flow, token, language));
  return said(flow, 404, 'notFound', language);
}

async function show(flow: Flow, own: Own, query: URLSearchParams): Promise<Answer> {
  const { login, gateway, place, token, language } = own;
  const cameThrough = query.get(THROUGH) === '1';
  const stay = await stayOf(flow, gateway, login, cameThrough);
  const now = flow.clock();
  if (stay.kind === 'online') {
    flow.bounces.online(gateway.id, login.macHash);
    const since = stay.since - login.arrivedAt;
    if (flow.firstLooks.isFirst(login.id) && now - stay.since < FIRST_LOOK_MS) flow.counts.online(gateway, since);
  }
  const url = statusPath(token);
  const other = new URLSearchParams({
    ...(cameThrough ? { [THROUGH]: '1' } : {}),
    [FIELD.language]: language === 'id' ? 'en' : 'id',
  });
  const document = statusPage({
    language,
    stay,
    line: { state: place.site.state, since: place.site.since },
    now,
    zone: flow.parts.zone,
    url,
    query: cameThrough ? { [THROUGH]: '1' } : {},
    entryUrl: entryUrl(flow, gateway),
    isReported: query.get('lapor') === '1',
    foot: footOf(flow, place, `${url}?${other}`),
  });
  return page(200, document, formHosts(flow, gateway));
}

/** The way out leads over the gateway, where it has one. */
function formHosts(flow: Flow, gateway: OpenPortalGateway): readonly string[] {
  const url = logoutUrl(flow, gateway);
  return url === null ? [] : [`${new URL(url).hostname}:*`];
}

function logoutUrl(flow: Flow, gateway: OpenPortalGateway): string | null {
  const url = familyOf(flow, gateway)?.logoutUrl?.(asGateway(gateway)) ?? null;
  return url !== null && isSafe(flow, gateway, url) ? url : null;
}

async function leave(flow: Flow, own: Own): Promise<Answer> {
  const { login, gateway, place, language } = own;
  const t = wordsOf(language).status;
  const way = logoutUrl(flow, gateway);
  const ended = await endStay(flow, gateway, login, way === null);
  if (way !== null) return seeOther(way);
  const entry = entryUrl(flow, gateway);
  return page(
    200,
    noticePage({
      language,
      title: ended ? t.leftTitle : t.over,
      texts: [ended ? null : t.leftAtReentry],
      link: entry === null ? null : { url: entry, text: t.enterAgain },
      foot: footOf(flow, place, null),
    }),
  );
}

/**
 * Counted for the gateway's device and for the site, where officers and engineers see that people meet trouble that no
 * probe sees. Who reported is kept nowhere: one device counts once an hour, as far as memory reaches.
 */
async function report(flow: Flow, own: Own, form: URLSearchParams): Promise<Answer> {
  const what = CITIZEN_REPORTS.find((id) => id === form.get('apa'));
  if (what === undefined) return said(flow, 400, 'badRequest', own.language);
  const { id: gatewayId, siteId } = own.gateway;
  if (flow.reports.isNew(`${siteId} ${own.login.macHash}`)) {
    flow.counts.reported(own.gateway);
    const { inventory, log } = flow.parts;
    log.info({ gatewayId, siteId, what }, 'somebody reported a problem with the Wi-Fi');
    // Whoever reports is thanked all the same: the count of the device has it.
    await inventory.citizenReports
      .add(siteId, what, flow.clock())
      .catch((error: unknown) => log.warn({ siteId, reason: String(error) }, 'a report could not be stored'));
  }
  return seeOther(statusUrlOf(flow, own.token, own.language, { lapor: '1' }));
}
