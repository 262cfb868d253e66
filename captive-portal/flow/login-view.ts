import type { OfferedMethod } from '../../core/contract/portal/site.ts';
import { minuteOfDay } from '../../core/domain/portal/day.ts';
import { closesAtOf } from '../../core/domain/portal/decide.ts';
import type { Refusal } from '../../core/domain/portal/grant.ts';
import type { OpenPortalGateway } from '../../core/stores/inventory/portal/gateways.ts';
import type { Entering, Method } from '../method.ts';
import { FIELD, type LoginPage, loginPage, refusalNotice, type ShownWay } from '../pages/login-page.ts';
import { noticePage } from '../pages/notice-page.ts';
import { type Language, refusalText, wordsOf } from '../pages/words.ts';
import { type Answer, page } from './answer.ts';
import { asGateway, type Flow, footOf, gatewayPath, lanHost, placeName } from './context.ts';
import type { PortalPlace } from './directory.ts';
import { type FormState, kept, newNonce, sealState } from './form-state.ts';

/** Somebody who is shown the login page of a gateway. */
export type Visit = {
  readonly gateway: OpenPortalGateway;
  readonly place: PortalPlace;
  readonly arrival: FormState['arrival'];
  readonly arrivedAt: number;
  readonly language: Language;
};

export type Shown = {
  readonly notice?: LoginPage['notice'];
  /** What a way in said to what was filled in. */
  readonly refused?: { readonly method: string; readonly refusal: Refusal; readonly field?: string } | null;
  readonly step?: FormState['step'];
  /** What a way in says of its next step. */
  readonly stepNotice?: string | null;
  readonly form?: URLSearchParams;
};

/** What a way in may know of the visit. */
export async function enteringOf(
  { parts, directory }: Flow,
  { gateway, place, arrival, language }: Visit,
  offered: OfferedMethod,
  step: string | null,
): Promise<Entering> {
  // Where a gateway does not name the device, what it sent stands for it through all pages of this arrival.
  const device = arrival.clientMac ?? `arrival ${gateway.id} ${JSON.stringify(arrival.opaque)}`;
  return {
    site: place.portal,
    plan: await directory.plan(offered.planId ?? place.portal.planId),
    gateway: asGateway(gateway),
    settings: offered.settings,
    macHash: parts.keys.hash('mac', device),
    language,
    step,
  };
}

type Way = { readonly offered: OfferedMethod; readonly method: Method; readonly entering: Entering };

/** The ways in of a site that this installation knows, in the site's order. */
async function waysOf(flow: Flow, visit: Visit, step: FormState['step']): Promise<Way[]> {
  const ways = visit.place.portal.methods.map(async (offered) => {
    const method = flow.parts.methods.get(offered.kind);
    if (method === undefined) return null;
    const own = step?.method === offered.kind ? step.text : null;
    return { offered, method, entering: await enteringOf(flow, visit, offered, own) };
  });
  return (await Promise.all(ways)).filter((way) => way !== null);
}

/** The login page: the terms, the ways in, and what there is to say. */
export async function showLogin(flow: Flow, visit: Visit, shown: Shown = {}): Promise<Answer> {
  const { clock, parts, sealed, directory } = flow;
  const { gateway, place, arrival, arrivedAt, language } = visit;
  const { refused = null, step = null, stepNotice = null, form = new URLSearchParams() } = shown;
  const [terms, ways] = await Promise.all([directory.terms(), waysOf(flow, visit, step)]);
  const now = clock();
  const closings = ways.map(({ entering: { plan } }) =>
    plan === null ? Number.POSITIVE_INFINITY : closesAtOf(plan, now, parts.zone),
  );
  const opening = ways.find((_, index) => closings[index] === null)?.entering.plan?.opensAt ?? undefined;
  if (ways.length > 0 && closings.every((closing) => closing === null)) return closed(flow, visit, opening);

  const state = sealState(sealed, {
    gatewayId: gateway.id,
    arrival: kept(arrival),
    arrivedAt,
    nonce: newNonce(),
    terms: { version: terms.version, language },
    step,
  });
  const closesAt = closings.find((closing) => closing !== null) ?? Number.POSITIVE_INFINITY;
  const action = gatewayPath(gateway.ref);
  const other = language === 'id' ? 'en' : 'id';
  const host = lanHost(gateway);
  const document = loginPage({
    language,
    ...placeName(place, language),
    site: place.portal,
    termsText: language === 'en' ? terms.textEn : terms.textId,
    ways: ways.map((way) => shownWay(way, { refused, stepNotice, step, form }, language)),
    openWay: refused?.method ?? step?.method ?? null,
    state,
    action,
    notice: shown.notice ?? noticeOf(refused, ways.length, language),
    closesAt: Number.isFinite(closesAt) ? minuteOfDay(closesAt, parts.zone) : null,
    form,
    foot: footOf(flow, place, `${action}?${FIELD.state}=${state}&${FIELD.language}=${other}`),
  });
  return page(200, document, host === null ? [] : [`${host}:*`]);
}

/** A refusal of a field stands beside it, in the way's own form; any other stands above. */
function noticeOf(refused: Shown['refused'], ways: number, language: Language): LoginPage['notice'] {
  if (ways === 0) return refusalNotice(language, 'portal-off');
  if (!refused || refused.field !== undefined) return null;
  return refusalNotice(language, refused.refusal);
}

function shownWay(
  { offered, method, entering }: Way,
  { refused, stepNotice, step, form }: Required<Pick<Shown, 'stepNotice' | 'step' | 'form'>> & Pick<Shown, 'refused'>,
  language: Language,
): ShownWay {
  const isRefused = refused?.method === offered.kind && refused !== null && refused !== undefined;
  return {
    id: offered.kind,
    title: method.title[language],
    form: method.form(entering, {
      refused: isRefused
        ? { refusal: refused.refusal, ...(refused.field === undefined ? {} : { field: refused.field }) }
        : null,
      notice: step?.method === offered.kind ? stepNotice : null,
      form,
    }),
  };
}

function closed(flow: Flow, { gateway, place, language }: Visit, opensAt: number | undefined): Answer {
  const t = wordsOf(language);
  const { place: name } = placeName(place, language);
  const other = language === 'id' ? 'en' : 'id';
  return page(
    200,
    noticePage({
      language,
      title: t.closedTitle,
      texts: [refusalText(language, 'closed', { opensAt }), t.freeWifi(name)],
      foot: footOf(flow, place, `${gatewayPath(gateway.ref)}?${FIELD.language}=${other}`),
    }),
  );
}
