import type { OpenPortalGateway } from '../../core/stores/inventory/portal/gateways.ts';
import type { Arrival } from '../gateway.ts';
import { FIELD } from '../pages/login-page.ts';
import { noticePage } from '../pages/notice-page.ts';
import { type Language, wordsOf } from '../pages/words.ts';
import { type Answer, found, type PortalRequest, page } from './answer.ts';
import {
  asGateway,
  entryUrl,
  type Flow,
  familyOf,
  footOf,
  gatewayPath,
  gatewayRequest,
  isSafe,
  statusUrlOf,
} from './context.ts';
import type { PortalPlace } from './directory.ts';
import { readState } from './form-state.ts';
import { gatewayWords } from './gateway-words.ts';
import { showLogin, type Visit } from './login-view.ts';
import { onlineLogin } from './stay.ts';

/** A request at a gateway's login address that is no form of ours: the gateway itself, or a browser that it sent. */
export async function arrive(flow: Flow, gateway: OpenPortalGateway, request: PortalRequest): Promise<Answer> {
  const { language } = request;
  const place = await flow.directory.place(gateway.siteId);
  const family = familyOf(flow, gateway);
  if (place === null || family === null || !place.portal.enabled) return switchedOff(flow, gateway, place, language);

  const state = request.query.get(FIELD.state);
  if (state !== null) {
    const read = readState(flow.sealed, state, flow.clock());
    if (read.kind === 'stale') return stalePage(flow, gateway, place, language, 200);
    if (read.kind === 'state' && read.state.gatewayId === gateway.id) {
      const { arrival, arrivedAt, step } = read.state;
      return await showLogin(flow, { gateway, place, arrival, arrivedAt, language }, { step });
    }
  }
  const arrival = await family.arrive(asGateway(gateway), gatewayRequest(flow, request), flow.familyTools);
  if (arrival === null) return noArrival(flow, gateway, place, language);
  return await welcome(flow, { gateway, place, arrival, arrivedAt: flow.clock(), language }, arrival, request);
}

/** What a gateway asks for itself; null: this is a browser's. */
export async function serveGateway(
  flow: Flow,
  gateway: OpenPortalGateway,
  request: PortalRequest,
): Promise<Answer | null> {
  const family = familyOf(flow, gateway);
  const answer = await family?.serve?.(asGateway(gateway), gatewayRequest(flow, request), flow.familyTools);
  if (answer === null || answer === undefined) return null;
  const { status, contentType, body, location } = answer;
  if (location !== undefined && !isSafe(flow, gateway, location)) {
    flow.parts.log.error({ gatewayId: gateway.id, family: gateway.family }, 'a gateway would lead browsers elsewhere');
    return null;
  }
  return { kind: 'text', status, contentType, body, ...(location === undefined ? {} : { location }) };
}

async function welcome(flow: Flow, visit: Visit, arrival: Arrival, request: PortalRequest): Promise<Answer> {
  const { gateway, place, language } = visit;
  const macHash = arrival.clientMac === null ? null : flow.parts.keys.hash('mac', arrival.clientMac);
  if (arrival.isOnline) {
    const loginId = macHash === null ? null : await onlineLogin(flow, gateway, macHash);
    if (macHash !== null) flow.bounces.online(gateway.id, macHash);
    return loginId === null
      ? alreadyOnline(flow, place, language)
      : found(statusUrlOf(flow, flow.tokens.tokenOf(loginId), language));
  }
  flow.counts.arrived(gateway);
  if (arrival.refusal !== null) flow.counts.failed(gateway);
  if (macHash !== null && flow.bounces.isGoingRound(gateway.id, macHash)) {
    flow.counts.failed(gateway);
    flow.parts.log.warn(
      { gatewayId: gateway.id, siteId: gateway.siteId },
      'a gateway sends back whom it should let in',
    );
    return goingRound(flow, visit, request);
  }
  const notice = arrival.refusal === null ? null : { text: gatewayWords(arrival.refusal, language), isError: true };
  return await showLogin(flow, visit, { notice });
}

function goingRound(flow: Flow, { gateway, place, language }: Visit, request: PortalRequest): Answer {
  const t = wordsOf(language);
  const again = entryUrl(flow, gateway) ?? `${request.path}?${request.rawQuery}`;
  return page(
    200,
    noticePage({
      language,
      title: t.loop.title,
      texts: [t.loop.text, t.loop.todo],
      link: { url: again, text: t.loop.again },
      foot: footOf(flow, place, null),
    }),
  );
}

export function alreadyOnline(flow: Flow, place: PortalPlace, language: Language): Answer {
  const t = wordsOf(language).status;
  return page(200, noticePage({ language, title: t.online, texts: [t.usable], foot: footOf(flow, place, null) }));
}

function noArrival(flow: Flow, gateway: OpenPortalGateway, place: PortalPlace, language: Language): Answer {
  const t = wordsOf(language);
  const entry = entryUrl(flow, gateway);
  return page(
    200,
    noticePage({
      language,
      title: t.noArrival.title,
      texts: [entry === null ? t.noArrival.noButton : t.noArrival.text],
      link: entry === null ? null : { url: entry, text: t.openAgain },
      foot: footOf(flow, place, languageLink(gateway, language)),
    }),
  );
}

/** The page was open for too long, or what it brought back is not ours. */
export function stalePage(
  flow: Flow,
  gateway: OpenPortalGateway,
  place: PortalPlace,
  language: Language,
  status: number,
): Answer {
  const t = wordsOf(language);
  const entry = entryUrl(flow, gateway);
  return page(
    status,
    noticePage({
      language,
      title: t.staleTitle,
      texts: [t.stale],
      link: entry === null ? null : { url: entry, text: t.openAgain },
      foot: footOf(flow, place, null),
    }),
  );
}

export function switchedOff(
  flow: Flow,
  gateway: OpenPortalGateway,
  place: PortalPlace | null,
  language: Language,
): Answer {
  const t = wordsOf(language);
  return page(
    200,
    noticePage({
      language,
      title: t.off.title,
      texts: [t.refusals['portal-off'] as string],
      foot: footOf(flow, place, languageLink(gateway, language)),
    }),
  );
}

const languageLink = (gateway: OpenPortalGateway, language: Language): string =>
  `${gatewayPath(gateway.ref)}?${FIELD.language}=${language === 'id' ? 'en' : 'id'}`;
