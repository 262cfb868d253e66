import { AppError } from '../../core/domain/errors.ts';
import { html } from '../pages/html.ts';
import { documentOf } from '../pages/layout.ts';
import { FIELD } from '../pages/login-page.ts';
import { type Language, wordsOf } from '../pages/words.ts';
import { type Answer, found, type PortalPages, type PortalRequest, page } from './answer.ts';
import { arrive, serveGateway } from './arrive.ts';
import { capport } from './capport.ts';
import { asGateway, type Flow, familyOf, footOf, gatewayRequest } from './context.ts';
import { enter } from './enter.ts';
import { said } from './said.ts';
import { statusPages } from './status.ts';

const GATEWAY = /^\/g\/([a-z0-9]{6,16})\/?$/;
const CAPPORT = /^\/capport\/([a-z0-9]{6,16})\/([\w.:-]{1,80})$/;
const STATUS = /^\/s\/([\w-]{20,80})(\/[a-z]{1,16})?$/;
/**
 * What telephones and computers ask for to see whether the internet is there, should a gateway lead it to us: any answer
 * of 200 or 204 might read as "you are online", one of 400 and more as "there is nothing here".
 */
const PROBES = new Set([
  '/generate_204',
  '/gen_204',
  '/hotspot-detect.html',
  '/library/test/success.html',
  '/connecttest.txt',
  '/ncsi.txt',
  '/redirect',
  '/success.txt',
  '/canonical.html',
  '/check_network_status.txt',
]);

/** Answers a request; whatever fails is a page that says what to do. */
export function router(flow: Flow, others: readonly PortalPages[]): (request: PortalRequest) => Promise<Answer> {
  const { log } = flow.parts;

  async function routed(request: PortalRequest): Promise<Answer> {
    const { path, method, language } = request;
    const gatewayRef = GATEWAY.exec(path)?.[1];
    if (gatewayRef !== undefined) return await atGateway(gatewayRef, request);
    const [, token, action] = STATUS.exec(path) ?? [];
    if (token !== undefined) return await statusPages(flow, token, action ?? null, request);
    const [, ref, client] = CAPPORT.exec(path) ?? [];
    if (ref !== undefined && client !== undefined && method === 'GET') return await capport(flow, ref, client);
    if (path === '/' && method === 'GET') return landing(flow, language);
    if (path === '/healthz' && method === 'GET')
      return { kind: 'text', status: 200, contentType: 'text/plain; charset=utf-8', body: 'ok' };
    if (PROBES.has(path)) return found(`${flow.origin}/`);
    for (const pages of others) {
      const answer = await pages(request);
      if (answer !== null) return answer;
    }
    return (await atFixedAddress(request)) ?? said(flow, 404, 'notFound', language);
  }

  async function atGateway(ref: string, request: PortalRequest): Promise<Answer> {
    const gateway = await flow.directory.gatewayByRef(ref);
    if (gateway === null) return said(flow, 404, 'notFound', request.language);
    const served = await serveGateway(flow, gateway, request);
    if (served !== null) return served;
    return await (request.method === 'POST' ? enter(flow, gateway, request) : arrive(flow, gateway, request));
  }

  /** Addresses that a maker fixed for all its gateways. */
  async function atFixedAddress(request: PortalRequest): Promise<Answer | null> {
    if (![...flow.parts.gateways.values()].some(({ claims }) => claims !== undefined)) return null;
    const asked = gatewayRequest(flow, request);
    for (const gateway of await flow.directory.gateways()) {
      if (familyOf(flow, gateway)?.claims?.(asGateway(gateway), asked) !== true) continue;
      const served = await serveGateway(flow, gateway, request);
      if (served !== null) return served;
      return await (request.method === 'POST' ? enter(flow, gateway, request) : arrive(flow, gateway, request));
    }
    return null;
  }

  return async (request) => {
    try {
      return await routed(request);
    } catch (error) {
      const isStore = error instanceof AppError && error.code === 'store-unavailable';
      const isAway = isStore || (error instanceof AppError && error.code === 'too-many-requests');
      // The path may hold what a citizen typed; it stays out of the log.
      const fields = isAway ? { code: error.code } : { err: error };
      log[isAway ? 'warn' : 'error'](fields, 'a page of the portal could not be made');
      return said(flow, isAway ? 503 : 500, 'busy', request.language);
    }
  };
}

/** For people who type the address by hand. */
function landing(flow: Flow, language: Language): Answer {
  const t = wordsOf(language).landing;
  const other = language === 'id' ? 'en' : 'id';
  const body = html`<h1>${t.title}</h1><p>${t.text}</p><ol>${t.steps.map((step) => html`<li>${step}</li>`)}</ol>`;
  const foot = footOf(flow, null, `/?${FIELD.language}=${other}`);
  return page(200, documentOf({ language, title: t.title, body, foot }));
}
